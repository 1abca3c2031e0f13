"""The good course on disk, and what `check_content` says of a folder."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from studio.folders.checkable import course_of
from studio.folders.reading import read_written
from tests.studio.folders.checks.good_course import write_good


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_good(tmp_path / "kursus")


@pytest.fixture
def checked():
    """Return a function that gives the lines of problems of a folder."""

    def check(path: Path) -> list[str]:
        err = StringIO()
        try:
            call_command("check_content", str(path), stdout=StringIO(), stderr=err)
        except CommandError:
            return err.getvalue().splitlines()
        assert err.getvalue() == ""
        return []

    return check


@pytest.fixture
def course():
    """Return a function that reads a folder as the checks see it."""
    return lambda path: course_of(read_written(path))
