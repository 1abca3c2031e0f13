"""Item analysis of a quiz that asks every type: figures, choices and Studio's page."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Unit
from courses.models import Course
from quizzes import actions
from quizzes.analysis.choices import BLANK
from quizzes.models import Attempt, ItemStatistics, ResponseSave
from quizzes.questions.types import TYPES as REGISTERED
from tests.factories import enroll, make_person, start
from tests.kept_rows import kept
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.quizzes.questions.examples import EXAMPLES

RIGHT, LESS, SILENT = 18, 10, 2
PEOPLE = RIGHT + LESS + SILENT


@pytest.fixture
def course(world, now):
    return make_exercises(unit=world.agency, now=now)


@pytest.fixture
def items(course, world, now) -> dict[str, ItemStatistics]:
    """The pre-test after everybody handed in and it was analysed, by type."""
    rows = analysed(course=course, unit=world.section, now=now)
    return {row.question_version.type: row for row in rows}


@kept
def analysed(*, course: Course, unit: Unit, now: datetime) -> list[ItemStatistics]:
    """Return the figures of a pre-test that thirty people have handed in."""
    for number in range(PEOPLE):
        person = make_person(unit=unit, now=now)
        place = enroll(course=course, person=person, now=now)
        attempt = start(enrollment=place, quiz_key="pretest", now=now)
        if number < RIGHT + LESS:
            save(attempt, is_right=number < RIGHT, now=now)
        actions.submit_attempt(attempt_id=attempt.pk, by=person, now=now)
    quiz = actions.refresh_statistics(
        course_id=course.pk, quiz_key="pretest", selection="first", now=now
    )
    return list(quiz.items.select_related("question_version"))


def save(attempt: Attempt, *, is_right: bool, now: datetime) -> None:
    """Store what one of the two kinds of people says, all questions at once."""
    ResponseSave.objects.bulk_create(
        ResponseSave(
            attempt=attempt,
            item=item,
            device=UUID(int=1),
            sequence=item.position,
            value=value_of(TYPES[item.position - 1], is_right=is_right),
            received_at=now,
        )
        for item in attempt.items.all()
    )


def value_of(type_: str, *, is_right: bool) -> Any:
    """Return the stored value of the right answer, or of the lesser one."""
    answers = ANSWERS[type_]
    fields = answers.right if is_right else answers.less
    return REGISTERED[type_].parse(EXAMPLES[type_].view(), fields)


def test_every_type_has_its_figures_and_its_page(items, author):
    assert set(items) == set(REGISTERED)
    for type_, item in items.items():
        answers = ANSWERS[type_]
        mean = (RIGHT + LESS * float(answers.worth)) / PEOPLE
        assert item.n == PEOPLE
        assert item.facility == pytest.approx(100 * mean), type_
        # Whoever knew one knew all: every question agrees with the others.
        assert item.discrimination > 50, type_
        assert chosen(item) == expected(type_), type_
        check_page(author, type_)


def chosen(item: ItemStatistics) -> dict[tuple[str, str], int]:
    """Return how many said what, by place and choice; what nobody said left out."""
    return {(c["place"], c["choice"]): c["n"] for c in item.choices if c["n"]}


def expected(type_: str) -> dict[tuple[str, str], int]:
    """Return the same, counted from the answers by hand."""
    question, question_type = EXAMPLES[type_].view(), REGISTERED[type_]
    places = [place.key for place in question_type.places(question)]
    counts = Counter({(place, BLANK): PEOPLE for place in places})
    for is_right, people in ((True, RIGHT), (False, LESS)):
        value = value_of(type_, is_right=is_right)
        for place, choices in question_type.classify(question, value).items():
            counts[place, BLANK] -= people
            for choice in choices:
                counts[place, choice] += people
    return dict(+counts)


def check_page(author, type_: str) -> None:
    """The question's page shows a table for each place, with everybody in it."""
    key = EXAMPLES[type_].key
    response = author.get(f"/studio/latihan/analisis/pretest/latihan-pretest/{key}/")

    found = response.context["found"]
    places = REGISTERED[type_].places(EXAMPLES[type_].view())
    assert response.status_code == 200
    assert len(found.places) == len(places)
    assert found.current.n == PEOPLE
    for table in found.places:
        assert table.rows
        assert sum(row.n for row in table.rows) >= PEOPLE
        assert any(row.is_key for row in table.rows)
