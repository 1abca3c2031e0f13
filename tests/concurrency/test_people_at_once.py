"""People who are moved, imported or forgotten while something of them is at work."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from accounts import actions as accounts_actions
from accounts.actions.importing import apply_import
from accounts.people_import.planning import plan_import
from courses.actions import add_file, delete_unused_files, remove_file
from courses.file_store import read_bytes
from courses.models import CourseFile, StoredFile
from lib.media import Media
from quizzes import actions
from quizzes.models import PracticeResponse, ReviewCard
from quizzes.practice.check_page import versions_for
from tests.accounts.people_sheets import OPTIONS, TODAY, make_sheet, row_of
from tests.concurrency.together import PATIENCE, together

pytestmark = pytest.mark.postgres
_WAITING_FOR_ME = """SELECT EXISTS (
  SELECT 1 FROM pg_locks
  WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"""


def meet(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Let `second` begin when `first` has done everything but commit.

    `first` commits when `second` waits for it; fails when that never happens.
    """
    is_done = Event()

    def stay() -> Any:
        with transaction.atomic():
            result = first()
            is_done.set()
            wait_until_somebody_waits()
        return result

    def come() -> Any:
        assert is_done.wait(PATIENCE)
        return second()

    results = together(stay, come)
    assert [one for one in results if isinstance(one, OperationalError)] == []
    return results


def wait_until_somebody_waits() -> None:
    """Return when another connection waits for what this one holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING_FOR_ME)
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waits: the two do not meet.")


def test_whoever_is_forgotten_while_she_answers_is_forgotten(stage, now):
    versions = versions_for(stage.course, {"contoh-practice-1"})

    def answer() -> PracticeResponse:
        return actions.answer_practice(
            version=versions["contoh-practice-1"],
            person=stage.learner,
            fields={"answer": ["b"]},
            token=uuid4(),
            now=now,
        )

    answer()
    _said, forgotten = meet(
        answer,
        lambda: accounts_actions.anonymise_person(
            person=stage.learner,
            by=stage.world.people["admin"],
            now=now,
            reason="Permintaan",
        ),
    )

    assert forgotten.nip is None
    assert not ReviewCard.objects.filter(person=stage.learner).exists()


def test_an_import_waits_for_a_move_and_is_not_waited_for(stage, now):
    mover, unit = stage.world.people["author"], stage.world.section
    sheet = make_sheet(
        row_of(mover, jabatan="Analis"), row_of(stage.learner, jabatan="Analis")
    )
    confirmed = plan_import(sheet, options=OPTIONS, by=None).digest

    moved, imported = meet(
        lambda: accounts_actions.move_person(
            person=mover, unit=unit, starts_on=TODAY, by=None, now=now
        ),
        lambda: apply_import(
            sheet=sheet, options=OPTIONS, confirmed=confirmed, by=None, now=now
        ),
    )

    assert moved is True
    # What was previewed was before the move.
    assert imported.code == "DATA_BERUBAH"


def test_a_file_that_goes_while_it_is_sent_again_is_stored_anew(stage, now):
    media = Media("svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    later = now + timedelta(days=2)

    def send() -> CourseFile:
        return add_file(
            course=stage.course,
            filename="alur.svg",
            media=media,
            alt="",
            by=stage.learner,
            now=later,
        )

    first = send()
    StoredFile.objects.update(created_at=now)
    remove_file(course=stage.course, name=first.name, by=stage.learner, now=now)

    gone, again = meet(lambda: delete_unused_files(now=later), send)

    assert gone == 1
    assert again.file.pk != first.file.pk
    assert read_bytes(media.digest, "svg") == media.data
