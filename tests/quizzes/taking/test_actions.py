"""Starting and handing in, under every rule that limits it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditRecord
from courses import actions as courses_actions
from courses.models import Enrollment, GradeEntry
from courses.selectors.facts import current_grades
from quizzes import actions
from quizzes.exceptions import AttemptNotAllowed
from quizzes.models import Attempt, Question, Quiz, QuizSlot
from quizzes.tasks import submit_attempts, submit_overdue_attempts
from tests.factories import (
    answer,
    enroll,
    make_course,
    read_lessons,
    sit,
    start,
)

DAY = timedelta(days=1)
TIME = timedelta(minutes=10)
GRACE = timedelta(seconds=60)


def refused(place: Enrollment, quiz_key: str, now) -> str:
    """Return the code with which a start is refused, and check that it left no row."""
    before = Attempt.objects.count()
    with pytest.raises(AttemptNotAllowed) as refusal:
        start(enrollment=place, quiz_key=quiz_key, now=now)
    assert Attempt.objects.count() == before
    assert refusal.value.message
    return refusal.value.code


def hand_in(attempt: Attempt, now, *, by=None) -> Attempt:
    """Hand an attempt in."""
    return actions.submit_attempt(attempt_id=attempt.pk, by=by, now=now)


def stored(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it."""
    return Attempt.objects.get(pk=attempt.pk)


# --- starting ----------------------------------------------------------------------
def test_a_paper_follows_the_blueprint(attempt, now):
    assert (attempt.number, attempt.state) == (1, Attempt.State.IN_PROGRESS)
    assert attempt.deadline_at == now + TIME
    assert attempt.closes_at == now + TIME + GRACE
    assert (attempt.items.count(), attempt.max_points) == (4, 4)
    questions = attempt.items.values_list("question_version__question", flat=True)
    assert len(set(questions)) == 4


def test_a_pretest_has_no_deadline(place, now):
    attempt = start(enrollment=place, quiz_key="pretest", now=now)

    assert (attempt.deadline_at, attempt.closes_at) == (None, None)


def test_starting_twice_is_one_attempt(attempt, ready, now):
    later = now + timedelta(minutes=5)

    again = start(enrollment=ready, quiz_key="posttest", now=later)

    assert again == attempt
    assert again.deadline_at == now + TIME
    assert AuditRecord.objects.filter(verb="quizzes.attempt.started").count() == 1


def test_an_open_attempt_may_be_entered_until_its_grace_ends(attempt, ready, now):
    again = start(enrollment=ready, quiz_key="posttest", now=now + TIME + GRACE)

    assert again == attempt


def test_after_the_grace_a_start_hands_the_old_attempt_in_and_begins_anew(
    attempt, ready, now
):
    late = now + TIME + GRACE + timedelta(seconds=1)

    second = start(enrollment=ready, quiz_key="posttest", now=late)

    assert (second.number, second.started_at) == (2, late)
    assert (stored(attempt).state, stored(attempt).was_overdue) == ("submitted", True)


def test_the_post_test_is_closed_until_the_lessons_are_done(place, now):
    assert refused(place, "posttest", now) == "lessons_first"

    courses_actions.complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=place.person, now=now
    )
    assert refused(place, "posttest", now) == "lessons_first"


def test_somebody_who_gave_the_course_up_starts_nothing(ready, now):
    courses_actions.withdraw(enrollment_id=ready.pk, by=ready.person, now=now)

    assert refused(ready, "posttest", now) == "withdrawn"


def test_a_pretest_is_sat_once(place, now):
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)

    assert refused(place, "pretest", now + 30 * DAY) == "no_attempts_left"


def test_whoever_has_passed_sits_no_more(ready, now):
    sit(enrollment=ready, quiz_key="posttest", right=3, now=now)

    assert refused(ready, "posttest", now + DAY) == "already_passed"


def test_three_attempts_a_days_rest_and_three_more(ready, now):
    for number in range(3):
        sit(
            enrollment=ready,
            quiz_key="posttest",
            right=2,
            now=now + timedelta(minutes=number),
        )
    last = now + timedelta(minutes=2)

    assert refused(ready, "posttest", last) == "resting"
    assert refused(ready, "posttest", last + DAY - timedelta(seconds=1)) == "resting"

    for _ in range(3):
        sit(enrollment=ready, quiz_key="posttest", right=0, now=last + DAY)
    assert refused(ready, "posttest", last + DAY) == "resting"
    numbers = ready.attempts.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_the_rest_runs_from_the_deadline_of_an_attempt_that_was_abandoned(ready, now):
    for _ in range(2):
        sit(enrollment=ready, quiz_key="posttest", right=0, now=now)
    abandoned = start(enrollment=ready, quiz_key="posttest", now=now)
    # The sweep comes hours later; the rest does not begin there.
    hand_in(abandoned, now + timedelta(hours=5))

    again = start(enrollment=ready, quiz_key="posttest", now=now + TIME + DAY)

    assert again.number == 4


@pytest.fixture
def well_stocked(world, learner, now) -> Enrollment:
    """A place on a course whose post-test draws 4 of 12 questions."""
    course = make_course(unit=world.agency, now=now, key="banyak", pool=12)
    place = enroll(course=course, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    return place


def test_questions_that_were_seen_come_last(well_stocked, now):
    def questions(attempt: Attempt) -> set[int]:
        return set(attempt.items.values_list("question_version__question", flat=True))

    papers = [
        questions(sit(enrollment=well_stocked, quiz_key="posttest", right=0, now=now))
        for _ in range(3)
    ]

    assert len(set.union(*papers)) == 12


def test_retired_questions_are_not_drawn_and_too_few_are_told(ready, now):
    bank = Question.objects.filter(bank__key="contoh-posttest")
    kept = set(bank.values_list("pk", flat=True)[:4])
    for question in bank.exclude(pk__in=kept):
        actions.retire_question(question_id=question.pk, by=None, now=now)

    attempt = sit(enrollment=ready, quiz_key="posttest", right=0, now=now)
    drawn = attempt.items.values_list("question_version__question", flat=True)
    assert set(drawn) == kept

    actions.retire_question(question_id=min(kept), by=None, now=now)
    assert refused(ready, "posttest", now) == "not_ready"


def test_a_quiz_keeps_the_withdrawn_question_that_it_names(ready, now):
    slot = QuizSlot.objects.filter(quiz__key="posttest").first()
    named = Question.objects.filter(bank=slot.bank).first()
    QuizSlot.objects.filter(pk=slot.pk).update(
        question=named, objective_key="", levels=[]
    )
    others = Question.objects.filter(bank=slot.bank).exclude(pk=named.pk)
    for question in (named, *others[3:]):
        actions.retire_question(question_id=question.pk, by=None, now=now)

    attempt = sit(enrollment=ready, quiz_key="posttest", right=0, now=now)

    drawn = set(attempt.items.values_list("question_version__question", flat=True))
    assert drawn == {named.pk, *others[:3].values_list("pk", flat=True)}


def test_a_quiz_without_questions_is_not_started(ready, now):
    QuizSlot.objects.filter(quiz__key="posttest").delete()

    assert refused(ready, "posttest", now) == "not_ready"


def test_the_database_allows_one_open_attempt(attempt):
    attempt.pk = None
    attempt.number = 2
    attempt.key = "00000000-0000-0000-0000-000000000001"

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


# --- handing in --------------------------------------------------------------------
def test_handing_in_marks_and_grades_at_once(attempt, ready, now):
    answer(attempt=attempt, right=3, now=now)

    done = hand_in(attempt, now + timedelta(minutes=3), by=ready.person)

    assert (done.points, done.submitted_at) == (3, now + timedelta(minutes=3))
    assert done.was_overdue is False
    assert current_grades(ready) == {"posttest": 75}


def test_handing_in_twice_changes_nothing(attempt, now):
    answer(attempt=attempt, right=3, now=now)
    first = hand_in(attempt, now)
    before = (AuditRecord.objects.count(), GradeEntry.objects.count())

    second = hand_in(attempt, now + timedelta(hours=1))

    assert (second.points, second.submitted_at) == (first.points, first.submitted_at)
    assert (AuditRecord.objects.count(), GradeEntry.objects.count()) == before


def test_a_blank_paper_is_worth_nothing(attempt, now):
    assert hand_in(attempt, now).points == 0


def test_the_time_of_handing_in_never_lies_after_the_deadline(attempt, now):
    done = hand_in(attempt, now + TIME + timedelta(seconds=30))

    assert (done.submitted_at, done.was_overdue) == (now + TIME, False)


def test_the_best_attempt_counts(ready, now):
    for right in (1, 2, 0):
        sit(enrollment=ready, quiz_key="posttest", right=right, now=now)

    assert current_grades(ready) == {"posttest": 50}
    assert GradeEntry.objects.filter(item_key="posttest").count() == 2


@pytest.mark.parametrize(("policy", "percent"), [("last", 0), ("first", 25)])
def test_another_policy_counts_another_attempt(ready, now, policy, percent):
    Quiz.objects.filter(key="posttest").update(counting=policy)
    for right in (1, 2, 0):
        sit(enrollment=ready, quiz_key="posttest", right=right, now=now)

    assert current_grades(ready) == {"posttest": percent}


def test_a_question_rewritten_meanwhile_is_marked_as_it_was_asked(
    attempt, course, ready, now
):
    from tests.factories import make_question

    item = attempt.items.first()
    question = item.question_version.question
    options = make_question("x").options
    turned = [
        type(option)(
            option.key, option.text, 1 - option.fraction if n < 2 else Decimal(0)
        )
        for n, option in enumerate(options)
    ]
    actions.write_question(
        bank=question.bank,
        content=make_question(question.key, options=turned),
        by=None,
        now=now,
    )
    actions.make_ready(course=course, by=None, now=now)

    answer(attempt=attempt, right=4, now=now)

    assert hand_in(attempt, now).points == 4


# --- the sweep ---------------------------------------------------------------------
def test_the_sweep_takes_what_is_over_and_nothing_else(
    attempt, world, course, now, clock, monkeypatch
):
    other = enroll(course=course, person=world.outsider, now=now)
    start(enrollment=other, quiz_key="pretest", now=now)
    queued: list[list[int]] = []
    monkeypatch.setattr(
        submit_attempts, "delay", lambda *, attempt_ids: queued.append(attempt_ids)
    )

    clock.move_to(now + TIME + GRACE)
    assert submit_overdue_attempts() == 0

    clock.move_to(now + TIME + GRACE + timedelta(seconds=1))
    assert submit_overdue_attempts() == 1
    assert queued == [[attempt.pk]]


def test_the_sweep_sends_a_few_at_a_time(
    attempt, world, course, now, clock, monkeypatch
):
    other = enroll(course=course, person=world.outsider, now=now)
    read_lessons(enrollment=other, now=now)
    second = start(enrollment=other, quiz_key="posttest", now=now)
    queued: list[list[int]] = []
    monkeypatch.setattr("quizzes.tasks.ATTEMPTS_A_TASK", 1)
    monkeypatch.setattr(
        submit_attempts, "delay", lambda *, attempt_ids: queued.append(attempt_ids)
    )
    clock.move_to(now + timedelta(hours=2))

    assert submit_overdue_attempts() == 2
    assert queued == [[attempt.pk], [second.pk]]


def test_one_that_cannot_be_ended_keeps_no_other_one_back(
    attempt, now, clock, monkeypatch, caplog
):
    real = actions.end_attempt

    def end(*, attempt_id, **over):
        if attempt_id == 0:
            raise RuntimeError("broken")
        return real(attempt_id=attempt_id, **over)

    monkeypatch.setattr(actions, "end_attempt", end)
    clock.move_to(now + timedelta(hours=2))

    submit_attempts(attempt_ids=[0, attempt.pk])

    assert stored(attempt).state == "submitted"
    assert "Attempt 0 was not ended." in caplog.text


def test_the_sweep_hands_in_as_the_person_would(attempt, ready, now, clock):
    answer(attempt=attempt, right=4, now=now)
    clock.move_to(now + timedelta(hours=2))

    submit_attempts(attempt_ids=[attempt.pk])
    submit_attempts(attempt_ids=[attempt.pk])

    done = stored(attempt)
    assert (done.points, done.was_overdue) == (4, True)
    assert done.submitted_at == now + TIME
    assert current_grades(ready) == {"posttest": 100}
    record = AuditRecord.objects.get(verb="quizzes.attempt.submitted")
    assert (record.actor_id, record.detail) == (None, {"overdue": True})
