"""Whoever has withdrawn is not completed by anything; coming back decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditRecord
from certificates.models import Certificate
from certificates.tasks import issue_missing_certificates
from courses import actions
from courses.exceptions import LessonNotAvailable
from courses.models import Enrollment, JpEntry, UnitCourseRollup
from courses.selectors.content import version_content
from quizzes import actions as quizzes_actions
from quizzes.tasks import submit_attempt
from tests.factories import answer, enroll, read_lessons, republish, sit, start


@pytest.fixture
def ready(place, now):
    """Somebody who lacks nothing but the post-test."""
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    return place


def give_up(place: Enrollment, now) -> None:
    """Withdraw a person from her course."""
    actions.withdraw(enrollment_id=place.pk, by=place.person, now=now)


def assert_nothing_came_of_it(place: Enrollment) -> None:
    """Assert that neither completion nor anything that follows from it is there."""
    place.refresh_from_db()
    issue_missing_certificates()
    assert (place.completed_at, place.state) == (None, "withdrawn")
    assert place.progress < 100
    assert not JpEntry.objects.exists()
    assert not Certificate.objects.exists()
    assert set(UnitCourseRollup.objects.values_list("enrolled", "completed")) == {
        (0, 0)
    }


def assert_complete_since(place: Enrollment, moment) -> None:
    """Assert that the enrolment became complete at `moment`, with all that follows."""
    place.refresh_from_db()
    assert (place.completed_at, place.state, place.progress) == (moment, "active", 100)
    assert place.jp_entry.recorded_at == moment
    assert UnitCourseRollup.objects.filter(enrolled=1, completed=1).exists()


def test_an_attempt_that_beat_hands_in_is_graded_and_completes_nothing(ready, clock):
    attempt = start(enrollment=ready, quiz_key="posttest", now=timezone.now())
    answer(attempt=attempt, right=4, now=timezone.now())
    give_up(ready, timezone.now())
    clock.move_to(timezone.now() + timedelta(hours=1))

    submit_attempt(attempt_id=attempt.pk)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.points) == ("submitted", 4)
    assert_nothing_came_of_it(ready)
    assert ready.final_percent == 100


def test_a_publication_completes_nobody_who_has_withdrawn(ready, course, now):
    before = version_content(course.current_version)
    give_up(ready, now)

    lines = [row for row in before.requirements if row.key != "posttest"]
    lines[0] = replace(lines[0], minutes=15)
    republish(
        course=course,
        change="required",
        now=now,
        content=replace(before, requirements=lines),
    )

    assert_nothing_came_of_it(ready)


def test_a_repair_completes_nobody_who_has_withdrawn(ready, now):
    attempt = sit(enrollment=ready, quiz_key="posttest", right=2, now=now)
    give_up(ready, now)
    wrong = attempt.items.filter(share_numerator=0).first()
    quizzes_actions.repair_question(
        version=wrong.question_version,
        kind="all_right",
        correction=None,
        reason="Soal keliru",
        by=None,
        now=now,
    )
    for repair_id, attempt_id in quizzes_actions.unfinished_repairs(now, limit=9):
        quizzes_actions.apply_repair(
            repair_id=repair_id, attempt_id=attempt_id, now=now
        )

    ready.refresh_from_db()
    assert ready.final_percent == 75
    assert_nothing_came_of_it(ready)


def test_coming_back_completes_in_that_moment_and_once(ready, course, now):
    later = now + timedelta(days=40)
    attempt = start(enrollment=ready, quiz_key="posttest", now=now)
    answer(attempt=attempt, right=4, now=now)
    give_up(ready, now)
    quizzes_actions.submit_attempt(
        attempt_id=attempt.pk, by=None, now=now + timedelta(hours=1)
    )

    for moment in (later, later + timedelta(days=1)):
        assert enroll(course=course, person=ready.person, now=moment) == ready

    assert_complete_since(ready, later)
    completed = AuditRecord.objects.filter(verb="courses.enrollment.completed")
    assert completed.count() == 1


def test_a_lesson_is_not_marked_by_who_has_withdrawn(ready, now):
    give_up(ready, now)

    with pytest.raises(LessonNotAvailable, match="withdrawn"):
        actions.complete_lesson(
            enrollment_id=ready.pk, lesson_key="pelajaran-1", by=ready.person, now=now
        )


def test_the_database_holds_no_completion_of_who_has_withdrawn(ready, now):
    sit(enrollment=ready, quiz_key="posttest", right=4, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.filter(pk=ready.pk).update(state="withdrawn")
