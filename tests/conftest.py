"""A fixed moment, a small world of two agencies, and clients that are signed in."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from courses import published
from courses.models import Course, Enrollment
from elearning import lesson_content
from elearning.offline import keeping
from quizzes.bank import known
from quizzes.practice import check_page
from quizzes.taking.stored_paper import paper_of
from tests.examples import some
from tests.factories import World, enroll, make_course, make_world
from tests.kept_rows import begin_test, end_test, kept

pytest_plugins = [
    "tests.any_database",
    "tests.emptying",
    "tests.one_database",
    "tests.one_worker",
    "tests.prepared_database",
    "tests.ready_children",
    "tests.requirements_of_tests",
]
# A busy machine is no bug: examples are counted, not timed.
hypothesis.settings.register_profile(
    "melek",
    deadline=None,
    max_examples=some(60),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("melek")


def pytest_collection_finish() -> None:
    """Leave alone what lives as long as the process: a tenth of the time was that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forget_everything(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Published content and rate limits outlive a test in the process."""
    begin_test(monkeypatch)
    _forget()
    cache.clear()
    yield
    _forget()
    end_test()


def _forget() -> None:
    published.forget()
    check_page.forget()
    lesson_content.forget()
    keeping.forget_kept()
    known.forget_questions()
    paper_of.cache_clear()


@pytest.fixture
def now() -> datetime:
    """Saturday, 21 November 2026, 08.30 WIB."""
    return NOW


@pytest.fixture
def clock(now: datetime) -> Iterator[Any]:
    """Stop the clock at `now` for what reads it itself; `clock.move_to` turns it."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, now: datetime, clock: Any) -> World:
    """Two agencies, so that a leak shows; one person of every role in the first."""
    return make_world(now=now)


@pytest.fixture
def learner(world: World) -> User:
    """A person without a role, in a unit below HR's."""
    return world.people["learner"]


@pytest.fixture
def course(world: World, now: datetime) -> Course:
    """A published course: pre-test, two lessons, post-test; just enough questions."""
    return make_course(unit=world.agency, now=now, pool=5)


@pytest.fixture
def place(course: Course, learner: User, now: datetime) -> Enrollment:
    """The learner's place on the course."""
    return enroll(course=course, person=learner, now=now)


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """Return a function that signs a person in, or nobody."""

    def sign_in(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
        return client

    return sign_in


@kept
def session_of(person: User) -> str:
    """Return the key of a new session of the person."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def client_as(
    world: World, client_of: Callable[[User | None], Client]
) -> Callable[[str], Client]:
    """Return a function that signs in the world's person of a role."""

    def sign_in(role: str) -> Client:
        return client_of(world.people[role] if role != "anonymous" else None)

    return sign_in
