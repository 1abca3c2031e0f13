"""A quiz taken with two fingers, two devices and a sweep."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from accounts.models import AuditRecord
from courses.actions import complete_lesson, enroll, withdraw
from courses.models import Enrollment, GradeEntry, JpEntry, LessonCompletion
from quizzes import actions
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, Quiz, ResponseSave
from quizzes.taking.reading_saves import SaidAnswer
from tests.concurrency.together import refusals, same, together
from tests.factories import answer, start

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


def met(attempt: Attempt, now) -> UUID:
    """Return a device that the server knows."""
    device = uuid4()
    actions.note_visit(attempt_id=attempt.pk, device=device, now=now)
    return device


def say_late(attempt: Attempt, position: int, device: UUID, now):
    """Return a call that says an answer given in time."""
    return lambda: say(
        attempt,
        position,
        "a",
        now + timedelta(hours=5),
        device=device,
        sequence=position,
        offset=timedelta(minutes=1),
    )


def look(stage, attempt: Attempt, now):
    """Return a call that asks for the result."""
    return lambda: actions.mark_closed_attempt(
        attempt_id=attempt.pk, by=stage.learner, now=now + timedelta(hours=5)
    )


def test_a_device_that_is_met_at_once_is_known_once(attempt, now):
    device = met(attempt, now)

    results = same(
        lambda: actions.note_visit(attempt_id=attempt.pk, device=device, now=now)
    )

    assert refusals(results) == []
    assert attempt.visits.count() == 1


def test_devices_heard_late_at_once_all_count(stage, attempt, now):
    devices = [met(attempt, now) for _ in range(4)]
    submit(attempt, now + OVER)

    results = together(
        *(
            say_late(attempt, position, device, now)
            for position, device in enumerate(devices, 1)
        )
    )

    assert refusals(results) == []
    assert look(stage, attempt, now)().points == 4
    assert [entry.points for entry in GradeEntry.objects.all()] == [4]


def test_a_late_answer_at_the_moment_of_the_result_counts_or_comes_too_late(stage, now):
    Quiz.objects.update(attempts_per_block=None)
    for _ in range(20):
        attempt = start(enrollment=stage.place, quiz_key="posttest", now=now)
        device = met(attempt, now)
        submit(attempt, now + OVER)
        assert stored(attempt).state == "closed"

        results = together(
            say_late(attempt, 1, device, now),
            look(stage, attempt, now),
            look(stage, attempt, now),
            say_late(attempt, 2, device, now),
        )

        assert refusals(results) == []
        # Whatever was shown holds every answer that counts, and no other ever will.
        counted = ResponseSave.objects.filter(attempt=attempt, counts=True).count()
        shown = {result.points for result in (results[1], results[2])}
        assert shown == {counted} == {stored(attempt).points}
        verb, target = "quizzes.attempt.submitted", str(attempt.pk)
        assert AuditRecord.objects.filter(verb=verb, object_id=target).count() == 1


def test_accepting_at_once_is_one_acceptance(stage, attempt, now):
    submit(attempt, now, stage.learner)
    save = say_late(attempt, 1, uuid4(), now)()

    results = same(
        lambda: actions.accept_late_answers(
            attempt_id=attempt.pk,
            saves=[save.pk],
            reason="Berita acara 12",
            by=stage.world.people["hr"],
            now=now,
        )
    )

    assert refusals(results) == []
    assert sorted(results) == [False, False, False, True]
    assert stored(attempt).points == 1


def test_the_last_steps_at_once_complete_once(stage, now):
    attempt = start(enrollment=stage.place, quiz_key="posttest", now=now)
    answer(attempt=attempt, right=4, now=now)
    last = {"enrollment": stage.place, "lesson_key": "pelajaran-2"}
    LessonCompletion.objects.filter(**last)._raw_delete("default")

    results = together(
        lambda: submit(attempt, now),
        lambda: complete_lesson(
            enrollment_id=stage.place.pk,
            lesson_key="pelajaran-2",
            by=stage.learner,
            now=now,
        ),
    )

    assert refusals(results) == []
    place = Enrollment.objects.get(pk=stage.place.pk)
    assert (place.progress, place.completed_at) == (100, now)
    assert JpEntry.objects.count() == 1
    completed = AuditRecord.objects.filter(verb="courses.enrollment.completed")
    assert completed.count() == 1


def test_everything_at_once_neither_waits_for_ever_nor_loses_an_answer(
    stage, attempt, now
):
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
        lambda: actions.end_attempt(attempt_id=attempt.pk, by=None, now=now),
    )

    codes = {getattr(error, "code", repr(error)) for error in refusals(results)}
    assert codes <= {"withdrawn"}
    counting = [
        save for save in ResponseSave.objects.filter(attempt=attempt) if save.counts
    ]
    assert stored(attempt).points == len(counting)
    assert ResponseSave.objects.filter(attempt=attempt).count() == 2
    assert len(current_saves(attempt)) == len(counting)
