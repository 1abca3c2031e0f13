"""A quiz taken with two fingers, two devices and a sweep."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry, JpEntry
from quizzes import actions
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, Quiz, ResponseSave
from quizzes.taking.saving import SaidAnswer
from tests.concurrency.together import refusals, same, together
from tests.factories import answer, sit, start

pytestmark = pytest.mark.postgres
PHONE = UUID(int=5)
OVER = timedelta(minutes=11, seconds=1)


def submit(attempt: Attempt, now, by=None):
    """Hand an attempt in."""
    return actions.submit_attempt(attempt_id=attempt.pk, by=by, now=now)


def say(attempt: Attempt, position: int, option: str, now, **over):
    """Say an answer."""
    content = {"flagged": False, "device": PHONE, "sequence": None, **over}
    said = SaidAnswer(position=position, fields={"answer": [option]}, **content)
    return actions.save_response(attempt_id=attempt.pk, said=said, now=now)


def begin(stage, now):
    """Start the post-test."""
    quiz = Quiz.objects.get(
        grade_item__version=stage.place.version_id, grade_item__key="posttest"
    )
    return actions.start_attempt(
        quiz_id=quiz.pk,
        enrollment_id=stage.place.pk,
        by=stage.learner,
        now=now,
        seed=1,
    )


def stored(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it."""
    return Attempt.objects.get(pk=attempt.pk)


def test_starting_at_once_is_one_attempt(stage, now):
    results = same(lambda: begin(stage, now))

    assert refusals(results) == []
    assert len({attempt.pk for attempt in results}) == 1
    assert Attempt.objects.count() == 1
    assert AuditRecord.objects.filter(verb="quizzes.attempt.started").count() == 1


def test_handing_in_at_once_is_one_result(stage, attempt, now):
    answer(attempt=attempt, right=4, now=now)

    results = same(lambda: submit(attempt, now, stage.learner))

    assert refusals(results) == []
    assert {result.points for result in results} == {4}
    assert GradeEntry.objects.count() == 1
    assert AuditRecord.objects.filter(verb="quizzes.attempt.submitted").count() == 1


def test_the_sweep_and_the_person_make_one_result(stage, attempt, now):
    answer(attempt=attempt, right=4, now=now)

    results = together(
        lambda: submit(attempt, now + OVER),
        lambda: submit(attempt, now + OVER, stage.learner),
        lambda: begin(stage, now + OVER),
    )

    # A start that comes first hands the old attempt in and finds it passed.
    assert {getattr(error, "code", error) for error in refusals(results)} <= {
        "already_passed"
    }
    assert stored(attempt).points == 4
    assert AuditRecord.objects.filter(verb="quizzes.attempt.submitted").count() == 1
    assert Attempt.objects.open().count() == 0


def test_an_answer_at_the_moment_of_handing_in_counts_or_is_kept(stage, now):
    for _ in range(3):
        attempt = start(enrollment=stage.place, quiz_key="posttest", now=now)

        saved, submitted = together(
            lambda attempt=attempt: say(attempt, 1, "a", now),
            lambda attempt=attempt: submit(attempt, now),
        )

        assert refusals([saved, submitted]) == []
        save = ResponseSave.objects.get(attempt=attempt)
        assert stored(attempt).points == int(save.counts)


def test_saying_the_same_at_once_is_one_row(attempt, now):
    results = same(lambda: say(attempt, 1, "a", now, sequence=7))

    assert refusals(results) == []
    assert len({save.pk for save in results}) == 1


def test_plain_forms_at_once_take_different_numbers(attempt, now):
    results = together(
        *(lambda option=option: say(attempt, 1, option, now) for option in "abc")
    )

    assert refusals(results) == []
    assert sorted(save.sequence for save in results) == [1, 2, 3]


def test_devices_heard_late_at_once_raise_the_score_together(attempt, now):
    submit(attempt, now + OVER)
    late = now + timedelta(hours=5)

    results = together(
        *(
            lambda position=position: say(
                attempt,
                position,
                "a",
                late,
                device=uuid4(),
                sequence=1,
                offset=timedelta(minutes=1),
            )
            for position in (1, 2, 3, 4)
        )
    )

    assert refusals(results) == []
    assert stored(attempt).points == 4
    latest = GradeEntry.objects.order_by("revision").last()
    assert (latest.points, latest.revision) == (4, GradeEntry.objects.count())


def test_the_last_steps_at_once_complete_once(stage, now):
    attempt = start(enrollment=stage.place, quiz_key="posttest", now=now)
    pretest = start(enrollment=stage.place, quiz_key="pretest", now=now)
    answer(attempt=attempt, right=4, now=now)

    results = together(lambda: submit(attempt, now), lambda: submit(pretest, now))

    assert refusals(results) == []
    place = Enrollment.objects.get(pk=stage.place.pk)
    assert (place.progress, place.completed_at) == (100, now)
    assert JpEntry.objects.count() == 1
    completed = AuditRecord.objects.filter(verb="courses.enrollment.completed")
    assert completed.count() == 1


def test_everything_at_once_neither_waits_for_ever_nor_loses_an_answer(
    stage, attempt, now
):
    from courses.actions import complete_lesson, enroll, withdraw

    place = stage.place
    results = together(
        lambda: begin(stage, now),
        lambda: say(attempt, 1, "a", now, sequence=1),
        lambda: say(attempt, 2, "a", now, sequence=2),
        lambda: submit(attempt, now + timedelta(seconds=1)),
        lambda: complete_lesson(
            enrollment_id=place.pk,
            lesson_key="pelajaran-1",
            by=stage.learner,
            now=now,
        ),
        lambda: withdraw(enrollment_id=place.pk, by=stage.learner, now=now),
        lambda: enroll(
            course_id=stage.course.pk, person=stage.learner, by=None, now=now
        ),
        lambda: sit(enrollment=place, quiz_key="pretest", right=1, now=now),
    )

    codes = {getattr(error, "code", repr(error)) for error in refusals(results)}
    assert codes <= {"withdrawn"}
    counting = [
        save for save in ResponseSave.objects.filter(attempt=attempt) if save.counts
    ]
    assert stored(attempt).points == len(counting)
    assert ResponseSave.objects.filter(attempt=attempt).count() == 2
    assert len(current_saves(attempt)) == len(counting)
