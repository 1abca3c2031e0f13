"""Files and folders put in the place of others: all of them, or none."""

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import swapping


class Killed(BaseException):
    """The process ends here."""


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def prepared(folder: Path, there: list[tuple[bool, bool]]) -> list[tuple[Path, Path]]:
    """Return pairs of which the new or the current may be missing."""
    new, site = folder / "new", folder / "site"
    for place in (new, site):
        place.mkdir()
    pairs = []
    for number, (has_new, has_current) in enumerate(there):
        pair = new / str(number), site / str(number)
        for path, is_there in zip(pair, (has_new, has_current), strict=True):
            if is_there:
                path.mkdir()
                (path / "inside").write_text(f"{path.parent.name} {number}")
        pairs.append(pair)
    return pairs


THERE = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=4)


@given(there=THERE)
def test_all_are_put_in_place(there, tmp_path_factory):
    folder = tmp_path_factory.mktemp("swap")
    pairs = prepared(folder, there)
    journal = folder / "journal"
    steps = swapping.plan(pairs, folder / "aside")

    swapping.begin(journal, steps)
    swapping.swap(steps)
    swapping.settle(journal)

    assert not journal.exists()
    assert contents(folder / "site") == {
        f"{number}/inside": f"new {number}"
        for number, (has_new, _had) in enumerate(there)
        if has_new
    }


@given(there=THERE, kill=st.integers(0, 8), again=st.integers(0, 8))
def test_killed_anywhere_and_undone_it_is_as_it_was(
    there, kill, again, tmp_path_factory
):
    """Also where the undoing is killed and done once more."""
    folder = tmp_path_factory.mktemp("swap")
    pairs = prepared(folder, there)
    journal = folder / "journal"
    before = contents(folder)
    steps = swapping.plan(pairs, folder / "aside")
    swapping.begin(journal, steps)

    _killed_at(kill, lambda: swapping.swap(steps))
    _killed_at(again, lambda: swapping.undo(journal))
    if journal.exists():
        swapping.undo(journal)

    assert contents(folder) == before


def _killed_at(number: int, run) -> None:
    rename, left = Path.rename, [number]

    def step(self, target):
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        return rename(self, target)

    with mock.patch.object(Path, "rename", step):
        try:
            run()
        except Killed:
            return


def test_a_journal_appears_whole_or_not_at_all(tmp_path):
    pairs = prepared(tmp_path, [(True, True)])
    steps = swapping.plan(pairs, tmp_path / "aside")

    with (
        mock.patch.object(swapping.os, "fsync", side_effect=OSError(28, "full")),
        pytest.raises(OSError, match="full"),
    ):
        swapping.begin(tmp_path / "journal", steps)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "site"]
