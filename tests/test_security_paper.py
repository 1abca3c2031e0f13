"""The paper on security names what there is, and every requirement once."""

import re
from collections import Counter

from tests.sources import ROOT

PAPER = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAPER.splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]


def test_every_file_and_every_test_that_is_named_exists():
    named = {name for name in re.findall(r"`([^`]+)`", PAPER) if "/" in name}
    # Not addresses: of the site, or of a kind of server.
    paths = {name for name in named if name[0] != "/" and "://" not in name}

    assert sorted(name for name in paths if not (ROOT / name).exists()) == []


def test_every_row_says_its_state_and_a_failure_says_why():
    states = Counter(state for _number, _level, _asks, state, *_rest in ROWS)

    assert set(states) == {"pass", "fail", "n/a"}
    told = f"**{states['pass']} pass, {states['fail']} fail, "
    told += f"{states['n/a']} do not apply**"
    assert told in " ".join(PAPER.split())
    assert f"of {len(ROWS)}." in PAPER
    assert len({number for number, *_rest in ROWS}) == len(ROWS)
    assert [row[0] for row in ROWS if not row[4]] == []
