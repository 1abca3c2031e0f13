"""That what tests answer as right or wrong is right or wrong."""

import pytest

from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.factories import enroll, start
from tests.quizzes.exercises import make_exercises
from tests.quizzes.questions.answers import right_form, wrong_form
from tests.quizzes.questions.examples import ALL
from tests.right_answers import answer_right


@every_case("content", ALL, ids=lambda content: content.key)
def test_a_right_form_earns_everything_and_a_wrong_one_less(content):
    question, question_type = content.view(), TYPES[content.type]

    worth = [
        question_type.mark(question, question_type.parse(question, form)).fraction
        for form in (right_form(question), wrong_form(question))
    ]

    assert worth[0] == 1
    assert worth[1] < 1


@pytest.mark.django_db
def test_an_attempt_over_every_type_is_answered_right(world, now):
    course = make_exercises(unit=world.agency, now=now)
    place = enroll(course=course, person=world.people["learner"], now=now)

    attempt = answer_right(
        start(enrollment=place, quiz_key="pretest", now=now), now=now
    )

    assert attempt.points == len(TYPES)
