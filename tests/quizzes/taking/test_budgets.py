"""Statements of an attempt: the same for 3 questions and 30, 3 attempts and 300."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Course, Enrollment
from courses.published import outline_of
from quizzes import actions
from quizzes.bank.known import known_questions
from quizzes.models import Attempt, QuestionVersion, Quiz, QuizSlot
from quizzes.taking.reading_saves import SaidAnswer
from quizzes.taking.saving import Taken
from quizzes.taking.stored_paper import paper_of
from quizzes.taking.tokens import Bearer
from tests.factories import answer, enroll, make_course, read_lessons, sit, start
from tests.queries import queries_in

PHONE = UUID(int=77)
FEW, MANY = 3, 30


@pytest.fixture
def course(world, now) -> Course:
    """A course whose post-test can ask thirty questions, as often as one likes."""
    course = make_course(unit=world.agency, now=now, pool=MANY)
    Quiz.objects.filter(key="posttest").update(attempts_per_block=None)
    return course


@pytest.fixture
def place(course, learner, now) -> Enrollment:
    """The learner's place with every lesson done; the process knows its content."""
    place = enroll(course=course, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    outline_of(place.version_id)
    known_questions(QuestionVersion.objects.values_list("pk", flat=True))
    return place


@pytest.fixture
def her(client_of, learner) -> Client:
    """Return the learner's browser."""
    return client_of(learner)


def resize(count: int) -> None:
    """Let the post-test ask so many questions."""
    slots = QuizSlot.objects.filter(quiz__key="posttest")
    slots.filter(position__gt=count).delete()
    one = slots.first()
    assert one is not None
    QuizSlot.objects.bulk_create(
        QuizSlot(
            quiz=one.quiz,
            key=f"s{position}",
            position=position,
            bank=one.bank,
            objective_key=one.objective_key,
            levels=one.levels,
        )
        for position in range(slots.count() + 1, count + 1)
    )


def repeat(attempt: Attempt, times: int) -> None:
    """Let the person have handed in so many attempts like this one before."""
    taken = attempt.number + 1_000 * times
    Attempt.objects.bulk_create(
        Attempt(
            person=attempt.person,
            enrollment=attempt.enrollment,
            quiz=attempt.quiz,
            quiz_key=attempt.quiz_key,
            number=number,
            state=attempt.state,
            seed=1,
            started_at=attempt.started_at,
            submitted_at=attempt.submitted_at,
            points=attempt.points,
            max_points=attempt.max_points,
            percent=attempt.percent,
            pass_mark=attempt.pass_mark,
        )
        for number in range(taken, taken + times)
    )


def bring(attempt: Attempt, count: int, now: datetime, *, first: int) -> Taken:
    """Bring so many answers of the phone's log at once."""
    said = [
        SaidAnswer(
            position=1 + number % FEW,
            fields={"answer": ["b"]},
            flagged=False,
            device=PHONE,
            sequence=number,
            offset=timedelta(seconds=number),
        )
        for number in range(first, first + count)
    ]
    return actions.save_responses(
        bearer=Bearer(attempt.key, attempt.person_id), said=said, device=PHONE, now=now
    )


def begin(place: Enrollment, questions: int, now: datetime) -> Attempt:
    """Start a post-test of so many questions, whose wordings the process knows."""
    resize(questions)
    attempt = start(enrollment=place, quiz_key="posttest", now=now)
    answer(attempt=attempt, right=0, now=now)
    return attempt


def hand_in(attempt: Attempt, by: User, now: datetime) -> Attempt:
    """Hand an attempt in."""
    return actions.submit_attempt(attempt_id=attempt.pk, by=by, now=now)


def test_a_log_takes_two_statements_however_long_it_is(place, now):
    attempt = begin(place, FEW, now)

    counts = [
        queries_in(lambda: bring(attempt, 1, now, first=1)),
        queries_in(lambda: bring(attempt, FEW, now, first=11)),
        queries_in(lambda: bring(attempt, MANY, now, first=51)),
    ]

    assert counts == [2, 2, 2]
    assert attempt.saves.filter(device=PHONE).count() == 1 + FEW + MANY


def test_the_paper_is_asked_for_once_a_process(place, now):
    attempt = begin(place, FEW, now)
    paper_of.cache_clear()

    counts = [
        queries_in(lambda: bring(attempt, 1, now, first=1)),
        queries_in(lambda: bring(attempt, 1, now, first=2)),
    ]

    assert counts == [3, 2]


def test_a_page_that_only_looks_takes_two_statements(place, now):
    attempt = begin(place, FEW, now)

    assert queries_in(lambda: bring(attempt, 0, now, first=1)) == 2


def test_every_step_asks_as_much_for_thirty_questions(place, learner, her, now):
    steps = []
    for questions in (FEW, MANY):
        resize(questions)
        begin(place, questions, now)
        hand_in(place.attempts.last(), learner, now)
        steps.append(_steps(place, learner, her, questions, now))

    assert steps[0] == steps[1] == (14, 3, 10, 11)


def test_every_step_asks_as_much_after_three_hundred_attempts(place, learner, her, now):
    attempt = sit(enrollment=place, quiz_key="posttest", right=0, now=now)
    repeat(attempt, FEW - 1)
    few = _steps(place, learner, her, FEW, now)
    repeat(attempt, 300 - FEW)

    assert _steps(place, learner, her, FEW, now) == few


def _steps(
    place: Enrollment, learner: User, her: Client, questions: int, now: datetime
) -> tuple[int, ...]:
    """Count the statements of starting, saving, handing in and looking."""
    resize(questions)
    started = queries_in(lambda: start(enrollment=place, quiz_key="posttest", now=now))
    attempt = place.attempts.get(state=Attempt.State.IN_PROGRESS)
    saved = queries_in(lambda: bring(attempt, FEW, now, first=1))
    submitted = queries_in(lambda: hand_in(attempt, learner, now))
    url = f"/percobaan/{attempt.key}/hasil/"
    return started, saved, submitted, queries_in(lambda: her.get(url))


def test_passing_and_completing_has_a_budget(place, learner, now):
    attempt = begin(place, FEW, now)
    answer(attempt=attempt, right=FEW, now=now)

    assert queries_in(lambda: hand_in(attempt, learner, now)) == 25
