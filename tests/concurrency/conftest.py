"""Committed rows that several connections can see."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from accounts.models import User
from courses.models import Course, Enrollment
from tests.factories import (
    World,
    enroll,
    make_course,
    make_world,
    read_lessons,
    start,
)


@dataclass
class Stage:
    """A world, a course of five questions, and the learner's place on it."""

    world: World
    learner: User
    course: Course
    place: Enrollment


@pytest.fixture
def stage(transactional_db: None, now: datetime) -> Stage:
    """The learner has read everything; nothing has been sat."""
    world = make_world(now=now)
    learner = world.people["learner"]
    course = make_course(unit=world.agency, now=now, pool=5)
    place = enroll(course=course, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    return Stage(world, learner, course, place)


@pytest.fixture
def attempt(stage, now):
    """A post-test in progress."""
    return start(enrollment=stage.place, quiz_key="posttest", now=now)
