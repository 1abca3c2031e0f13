"""Killed at any step: the site and the target are as they were.

Each test counts the steps of a whole run first, then ends the run before each of them.
"""

from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from django.db import connections

from elearning.backups import making, moving, postgres, restoring
from elearning.backups.refusals import BackupRefused
from elearning.backups.restoring import Wish, restore, undo
from lib import swapping
from lib.extra_database import extra_database
from tests.elearning.backups.conftest import NOTHING, everything
from tests.elearning.backups.test_drill import back_up, bring_back


class Killed(BaseException):
    """Nobody expects it, and nobody may take it for an answer."""


class Steps:
    """Counts calls of what changes something, and ends the run at one of them."""

    def __init__(self, kill_at: int = -1) -> None:
        self.kill_at, self.done = kill_at, 0

    def counted(self, function):
        def step(*args, **kwargs):
            if self.done == self.kill_at:
                self.kill_at = -1
                raise Killed
            self.done += 1
            return function(*args, **kwargs)

        return step


def killing(steps: Steps, *places: tuple[object, str]):
    """Return a context in which calls at these places are steps."""
    patches = ExitStack()
    for owner, name in places:
        step = steps.counted(getattr(owner, name))
        if isinstance(owner, type):
            step = _method(step)
        patches.enter_context(mock.patch.object(owner, name, step))
    return patches


def _method(step):
    def method(self, *args, **kwargs):
        return step(self, *args, **kwargs)

    return method


RESTORING = (
    (restoring, "_write"),
    (Path, "rename"),
    (restoring, "call_command"),
    (restoring.facts, "row_counts"),
    (restoring.audit, "broken_seals"),
    (restoring.audit, "record_in"),
    (swapping, "begin"),
    (swapping, "settle"),
)


def runs(run, *places):
    """Yield after a run was killed at each step; `run` begins anew each time."""
    steps = Steps()
    with killing(steps, *places):
        run()
    assert steps.done >= 5
    for number in range(steps.done):
        with killing(Steps(number), *places), pytest.raises(Killed):
            run()
        yield number


def test_a_restore_that_fails_anywhere_leaves_the_site(living, tmp_path, now):
    backup = back_up(living, tmp_path / "backups", now)
    (living.media / "later").write_bytes(b"later")
    before = everything(living)
    first = True

    def run():
        nonlocal first, before
        bring_back(living, backup, now, may_replace=True)
        if first:
            first = False
            before = everything(living)

    for number in runs(run, *RESTORING):
        assert everything(living) == before, number


def test_a_restore_killed_anywhere_is_undone_later(living, tmp_path, now):
    """Nothing runs after a kill: what it left is undone by a command."""
    backup = back_up(living, tmp_path / "backups", now)
    wish = Wish(backup.path, keys=backup.keys, may_replace=True)

    def run():
        with mock.patch.object(swapping, "undo", side_effect=Killed):
            restore(living, wish, now=now, say=NOTHING)

    run()
    before = everything(living)
    interrupted = 0
    for number in runs(run, *RESTORING):
        if living.journal.exists():
            interrupted += 1
            with pytest.raises(BackupRefused, match="--undo"):
                bring_back(living, backup, now, may_replace=True)
        was_there = undo(living)
        assert was_there or not living.journal.exists()
        after = everything(living)
        assert after == before, number
    assert interrupted >= 5


def test_an_undo_killed_anywhere_is_done_again(living, tmp_path, now):
    backup = back_up(living, tmp_path / "backups", now)
    before = everything(living)
    wish = Wish(backup.path, keys=backup.keys, may_replace=True)

    def interrupted():
        with (
            killing(Steps(0), (swapping, "settle")),
            mock.patch.object(swapping, "undo", side_effect=Killed),
            pytest.raises(Killed),
        ):
            restore(living, wish, now=now, say=NOTHING)

    interrupted()
    steps = Steps()
    with killing(steps, (Path, "rename")):
        assert undo(living)
    assert everything(living) == before
    for number in range(steps.done):
        interrupted()
        with killing(Steps(number), (Path, "rename")), pytest.raises(Killed):
            undo(living)
        assert undo(living)
        assert everything(living) == before


MAKING = (
    (making.envelope, "closed"),
    (making.archive.ArchiveWriter, "add_file"),
    (making.archive.ArchiveWriter, "_write_sums"),
    (making, "check"),
    (making.facts, "what_it_says"),
    (Path, "rename"),
)


def test_a_backup_killed_anywhere_leaves_older_ones_and_no_half_one(
    living, tmp_path, now
):
    folder = tmp_path / "backups"
    older = back_up(living, folder, now)
    minute = iter(range(1, 60))

    def run():
        back_up(living, folder, now.replace(minute=next(minute), second=7))

    for _number in runs(run, *MAKING):
        for path in making.backups_in(folder):
            making.check(path, ())
            making.check(making.keys_of(path), ())
        assert not list(folder.rglob("*.part"))
        assert not (living.var / "backup-work").exists()
    assert older.path.exists()


@pytest.mark.postgres
def test_a_move_killed_anywhere_leaves_the_target_empty(living, scratch_database, now):
    places = (
        (moving, "_make_tables"),
        (moving, "_copy"),
        (moving, "_continue_sequences"),
        (moving, "_compare"),
        (moving, "_check_alike"),
    )
    before = everything(living)
    said = scratch_database("kills")
    steps = Steps()
    with killing(steps, *places), extra_database("moved", said):
        moving.move("living", "moved", say=NOTHING)
    said = scratch_database("killed")
    with extra_database("target", said):
        for number in (0, 40, steps.done - 2, steps.done - 1):
            with killing(Steps(number), *places), pytest.raises(Killed):
                moving.move("living", "target", say=NOTHING)
            sql = "SELECT count(*) FROM pg_class WHERE relnamespace = 2200"
            with connections["target"].cursor() as cursor:
                cursor.execute(sql)
                assert cursor.fetchone() == (0,)
        moving.move("living", "target", say=NOTHING)
    assert everything(living) == before


@pytest.mark.postgres
def test_a_restore_on_postgresql_that_fails_anywhere_leaves_the_site(
    living_on_postgres, tmp_path, now
):
    site = living_on_postgres
    backup = back_up(site, tmp_path / "backups", now)
    # What is killed between renames is told by the tests on SQLite.
    places = (
        (postgres, "_run"),
        (restoring, "call_command"),
        (restoring.audit, "record_in"),
        (swapping, "swap"),
        (swapping, "settle"),
    )
    before = everything(site)
    for number in range(len(places)):
        with killing(Steps(number), *places), pytest.raises(Killed):
            bring_back(site, backup, now, may_replace=True)
        assert everything(site) == before, number

    bring_back(site, backup, now, may_replace=True)
    assert everything(site, besides="site.restored") == before
