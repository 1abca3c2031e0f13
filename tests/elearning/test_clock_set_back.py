"""No end lies before its beginning, though the clock was set back in between."""

from datetime import timedelta

import pytest

from certificates.actions import issue_certificate
from courses.actions.orders import cancel_assignment
from courses.models import Assignment
from lib.moments import not_before
from quizzes.actions import submit_attempt
from reports.actions import ask_for_export
from reports.completion.report import Filters
from tests.factories import complete, finish_reading, make_reading, read_lessons, start

HOUR = timedelta(hours=1)


def test_the_latest_moment_counts(now):
    assert not_before(now) == not_before(now, None, now - HOUR) == now
    assert not_before(now - HOUR, None, now, now - 2 * HOUR) == now


def test_an_attempt(place, now):
    read_lessons(enrollment=place, now=now)
    attempt = start(enrollment=place, quiz_key="posttest", now=now)

    ended = submit_attempt(attempt_id=attempt.pk, by=place.person, now=now - HOUR)

    assert ended.submitted_at == ended.started_at == now


def test_a_completion_and_its_certificate(world, learner, now):
    course = make_reading(unit=world.agency, now=now, key="bacaan")
    place = finish_reading(course=course, person=learner, now=now)

    paper = issue_certificate(enrollment_id=place.pk, by=None, now=now - 40 * 24 * HOUR)

    assert paper.issued_at == place.completed_at
    assert paper.data["issued_on"] >= paper.data["completed_on"]


def test_a_course_that_is_finished_before_it_was_begun(course, learner, place, now):
    done = complete(course=course, person=learner, now=now - HOUR)

    assert done.completed_at >= done.started_at


def test_an_export(world, course, place, now):
    job = ask_for_export(
        report="completion",
        format="csv",
        filters=Filters().as_json(),
        by=world.people["hr"],
        now=now,
    )

    assert job.asked_at <= job.started_at <= job.finished_at


def test_an_order(world, course, now):
    order = Assignment.objects.create(
        course=course,
        unit=world.office,
        due_on=now.date(),
        created_at=now,
        created_by=world.people["hr"],
    )

    cancelled = cancel_assignment(
        assignment_id=order.pk, by=world.people["hr"], now=now - HOUR
    )

    assert cancelled.cancelled_at == now


@pytest.mark.parametrize("minutes", [1, 60, 60 * 24 * 400])
def test_any_span(now, minutes):
    assert not_before(now - timedelta(minutes=minutes), now) == now
