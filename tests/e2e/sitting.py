"""A post-test of four questions on a phone: the fixtures of journeys on a poor line."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from courses.models import Course
from quizzes.models import Attempt
from tests.e2e.attempts import begin, open_attempt
from tests.factories import World, make_course, make_world


@pytest.fixture
def world(live_server: Any) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World) -> Course:
    """A course whose post-test has 4 questions and 10 minutes."""
    return make_course(unit=world.agency, now=timezone.now())


@pytest.fixture
def attempt(world: World, course: Course) -> Attempt:
    """The learner's post-test, just started."""
    return begin(course, world.people["learner"], timezone.now())


@pytest.fixture
def quiz(
    page: Page, attempt: Attempt, world: World, sign_in: Callable[[User], None]
) -> Page:
    """The learner's phone with the first question open and all of them on it."""
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    return page


@pytest.fixture
def traveller(live_server: Any) -> Iterator[time_machine.Traveller]:
    """The clock of this process, and so of the site: it goes on, and can be turned."""
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller
