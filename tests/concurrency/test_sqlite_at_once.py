"""SQLite as the embedded size has it: readers wait for nobody, writers for each other.

In a file of its own with the options of the settings, whatever the other tests run on;
only threads that are made here see it.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from accounts.models import Unit
from elearning import settings as site
from elearning.first_tables import make_first_tables
from quizzes import actions
from quizzes.models import ResponseSave
from quizzes.taking.reading_saves import SaidAnswer
from tests.concurrency.together import PATIENCE, refusals, together
from tests.factories import enroll, make_course, make_person, make_world, start

LEARNERS, ANSWERS = 64, 2
# Threads of the web server, processes of the worker, and beat.
WRITERS = 8 + 2 + 1


@pytest.fixture
def apart(tmp_path, monkeypatch, django_db_blocker) -> Iterator[Callable[..., Any]]:
    """Do something in a thread that has the file for its database; return what came."""
    said = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "melek.sqlite3",
        "OPTIONS": site.SQLITE_OPTIONS,
    }
    known = connections.configure_settings({"default": said})["default"]
    monkeypatch.setitem(connections.settings, "default", known)

    def do(call: Callable[[], Any]) -> Any:
        (result,) = together(call)
        if isinstance(result, Exception):
            raise result
        return result

    with django_db_blocker.unblock():
        assert do(make_first_tables) is True
        yield do


def sat_at_once(now, learners: int = LEARNERS) -> list[int]:
    """Return the attempts of so many learners, all in progress."""
    world = make_world(now=now)
    course = make_course(unit=world.agency, now=now, pool=5)
    found = []
    for number in range(learners):
        person = make_person(unit=world.section, now=now, name=f"Peserta {number}")
        place = enroll(course=course, person=person, now=now)
        found.append(start(enrollment=place, quiz_key="pretest", now=now).pk)
    return found


def say(attempt: int, position: int, now) -> ResponseSave:
    """Say an answer."""
    said = SaidAnswer(
        position=position,
        fields={"answer": ["a"]},
        flagged=False,
        device=UUID(int=attempt),
        sequence=position,
    )
    return actions.save_response(attempt_id=attempt, said=said, now=now)


def test_64_learners_answer_at_once_and_nothing_is_refused_or_lost(apart, now):
    attempts = apart(lambda: sat_at_once(now))
    said = [(one, position) for one in attempts for position in range(1, ANSWERS + 1)]
    # Every answer twice, as phones on a poor line say it.
    said = random.Random(64).sample(said * 2, 2 * len(said))

    def request(attempt: int, position: int) -> None:
        try:
            say(attempt, position, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as threads:
        waiting = [threads.submit(request, *answer) for answer in said]

    assert [one.exception() for one in waiting if one.exception()] == []
    kept = apart(lambda: list(ResponseSave.objects.values_list("attempt", "sequence")))
    assert sorted(kept) == sorted(set(said))


def test_readers_do_not_wait_for_a_writer_and_writers_take_turns(apart, now):
    (attempt,) = apart(lambda: sat_at_once(now, learners=1))
    is_writing, may_end = Event(), Event()

    def write_slowly() -> None:
        with transaction.atomic():
            Unit.objects.update(name="Nama baru")
            is_writing.set()
            assert may_end.wait(PATIENCE)

    def read_meanwhile() -> set[str]:
        assert is_writing.wait(PATIENCE)
        with connection.cursor() as cursor:
            # Whoever had to wait would be refused at once.
            cursor.execute("PRAGMA busy_timeout=0")
        seen = set(Unit.objects.values_list("name", flat=True))
        may_end.set()
        return seen

    def write_after() -> ResponseSave:
        assert is_writing.wait(PATIENCE)
        return say(attempt, 1, now)

    written, seen, saved = together(write_slowly, read_meanwhile, write_after)

    assert refusals([written, seen, saved]) == []
    assert "Nama baru" not in seen
    assert saved.sequence == 1
    assert apart(lambda: set(Unit.objects.values_list("name", flat=True))) == {
        "Nama baru"
    }
