"""Whatever people do in whatever order, what is stored is what would be computed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actions as accounts_actions
from accounts.exceptions import UnitNotMovable
from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.models import Course, Enrollment
from courses.selectors.content import version_content
from courses.tasks import refresh_rollups_of_moved_people
from lib.refusals import ActionRefused
from tests.examples import some
from tests.factories import enroll, make_person, republish
from tests.undone import undone

TODAY = date(2026, 11, 21)
Deed = Callable[[User, Course, int, Any], None]


def _enroll(person: User, course: Course, number: int, now: Any) -> None:
    enroll(course=course, person=person, now=now)


def _withdraw(person: User, course: Course, number: int, now: Any) -> None:
    for place in person.enrollments.filter(state="active"):
        courses_actions.withdraw(enrollment_id=place.pk, by=person, now=now)


def _read(person: User, course: Course, number: int, now: Any) -> None:
    for place in person.enrollments.filter(state="active"):
        lesson = f"pelajaran-{1 + number % 2}"
        courses_actions.complete_lesson(
            enrollment_id=place.pk, lesson_key=lesson, by=person, now=now
        )


def _grade(person: User, course: Course, number: int, now: Any) -> None:
    for place in person.enrollments.filter(state="active"):
        item = place.version.grade_items.all()[number % 2]
        courses_actions.record_grade(
            enrollment_id=place.pk,
            grade_item=item,
            source=f"quiz:{item.key}",
            points=number % 11,
            max_points=10,
            evidence="test",
            by=None,
            now=now,
        )


def _move(person: User, course: Course, number: int, now: Any) -> None:
    units = list(Unit.objects.order_by("pk"))
    accounts_actions.move_person(
        person=person,
        unit=units[number % len(units)],
        starts_on=TODAY - timedelta(days=number),
        by=None,
        now=now,
    )


def _leave_or_return(person: User, course: Course, number: int, now: Any) -> None:
    accounts_actions.set_active(
        person=person, is_active=bool(number % 2), by=None, now=now
    )


def _erase(person: User, course: Course, number: int, now: Any) -> None:
    accounts_actions.anonymise_person(person=person, by=person, now=now, reason="uji")


def _place_unit(person: User, course: Course, number: int, now: Any) -> None:
    units = list(Unit.objects.order_by("pk"))
    accounts_actions.place_unit(
        unit=units[number % len(units)],
        parent=units[number // 7 % len(units)],
        starts_on=TODAY,
        by=None,
        now=now,
    )


def _give_or_take_role(person: User, course: Course, number: int, now: Any) -> None:
    held = person.role_assignments.filter(ends_at=None).first()
    if held:
        accounts_actions.revoke_role(assignment=held, by=None, now=now)
    else:
        accounts_actions.assign_role(
            person=person, unit=course.unit, role="hr", by=None, now=now
        )


def _publish(person: User, course: Course, number: int, now: Any) -> None:
    change = ("wording", "required", "cycle")[number % 3]
    content = version_content(course.current_version)
    title = replace(content, title=f"Kursus {number}")
    republish(course=course, change=change, now=now, content=title)


DEEDS: tuple[Deed, ...] = (
    _enroll,
    _withdraw,
    _read,
    _read,
    _grade,
    _grade,
    _move,
    _leave_or_return,
    _erase,
    _place_unit,
    _give_or_take_role,
    _publish,
)


@pytest.fixture
def people(world, now) -> list[User]:
    """Three people of two units who have enrolled."""
    return [
        world.people["learner"],
        make_person(unit=world.section, now=now),
        make_person(unit=world.office, now=now),
    ]


def differences() -> str:
    """Return what `manage.py verify_derived` prints."""
    out = StringIO()
    call_command("verify_derived", stdout=out)
    return out.getvalue()


@settings(
    max_examples=some(20), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    story=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(DEEDS), st.integers(0, 40)),
        max_size=14,
    )
)
def test_what_is_stored_is_what_would_be_computed(course, people, now, story):
    with undone():
        for person in people:
            enroll(course=course, person=person, now=now)
        for who, deed, number in story:
            person = User.objects.get(pk=people[who].pk)
            present = Course.objects.get(pk=course.pk)
            try:
                with transaction.atomic():
                    deed(person, present, number, now)
            except (ActionRefused, UnitNotMovable):
                continue
        refresh_rollups_of_moved_people()
        assert differences() == "Selisih: 0\n"
        assert not Enrollment.objects.filter(progress__gt=100).exists()
