"""Rows from before the logs keep their meaning: grades and orders of past days."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts import audit
from courses.models import Assignment, CourseGrade
from tests.factories import enroll, read_lessons, sit

migration = import_module("courses.migrations.0002_past_days")


def told() -> list[tuple]:
    """Return the log of course grades."""
    rows = CourseGrade.objects.order_by("enrollment", "revision")
    return list(rows.values_list("enrollment", "revision", "percent", "recorded_at"))


@pytest.mark.parametrize("rights", [[4], [1, 2, 4], [0, 0]])
def test_grades_are_told_from_the_grade_log(place, now, rights):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    for number, right in enumerate(rights):
        later = now + timedelta(minutes=number)
        sit(enrollment=place, quiz_key="posttest", right=right, now=later)
    before = told()
    CourseGrade.objects.all()._raw_delete("default")

    migration._tell_grades(apps)

    assert told() == before
    assert [percent for _place, _number, percent, _since in before] == sorted(
        {100 * right / 4 for right in rights}
    )


def test_somebody_without_a_grade_has_none_told(course, learner, now):
    enroll(course=course, person=learner, now=now)

    migration._tell_grades(apps)

    assert told() == []


def test_every_day_of_an_order_gets_a_row(world, course, now):
    order = Assignment.objects.create(
        course=course, unit=world.office, due_on=date(2026, 9, 30), created_at=now
    )
    days = ["2026-04-30", "2026-04-30", "2026-06-30", "2026-09-30"]
    for number, due in enumerate(days):
        audit.record(
            "courses.assignment.given",
            order,
            by=None,
            now=now + timedelta(days=number),
            due=due,
        )

    migration._tell_orders(apps)

    rows = Assignment.objects.order_by("due_on")
    assert [(row.created_at, row.cancelled_at) for row in rows] == [
        (now, now + timedelta(days=2)),
        (now + timedelta(days=2), now + timedelta(days=3)),
        (now + timedelta(days=3), None),
    ]
    assert rows.last() == order
