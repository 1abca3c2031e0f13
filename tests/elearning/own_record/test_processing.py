"""The register of processing activities names every table of personal data once."""

import re
from collections import Counter

from elearning.own_record.tables import TABLES
from tests.sources import ROOT


def registered() -> Counter[str]:
    """Return how often each table stands in the register's last column."""
    text = (ROOT / "docs" / "processing.md").read_text("utf-8")
    register = text.partition("\n## ")[0]
    rows = [line for line in register.splitlines() if line.startswith("| ")]
    cells = [row.strip("| ").split(" | ")[-1] for row in rows[1:]]
    return Counter(name for cell in cells for name in re.split(r", ", cell))


def test_every_table_of_the_copy_stands_in_one_activity():
    assert registered() == Counter(table.name for table in TABLES)
