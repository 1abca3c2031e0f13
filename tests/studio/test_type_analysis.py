"""Item analysis of a quiz that asks every type: figures, choices and Studio's page."""

from uuid import UUID

import pytest

from quizzes import actions
from quizzes.actions.saving import SaidAnswer
from quizzes.models import ItemStatistics
from quizzes.question_types import TYPES as REGISTERED
from tests.factories import enroll, make_person, start
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.quizzes.question_examples import EXAMPLES

RIGHT, LESS, BLANK = 18, 12, 2
PEOPLE = RIGHT + LESS + BLANK


@pytest.fixture
def course(world, now):
    return make_exercises(unit=world.agency, now=now)


@pytest.fixture
def items(course, world, now) -> dict[str, ItemStatistics]:
    """The pre-test after everybody handed in and it was analysed, by type."""
    for number in range(PEOPLE):
        person = make_person(unit=world.section, now=now)
        place = enroll(course=course, person=person, now=now)
        attempt = start(enrollment=place, quiz_key="pretest", now=now)
        for position, type_ in enumerate(TYPES, 1):
            if number < RIGHT + LESS:
                answers = ANSWERS[type_]
                fields = answers.right if number < RIGHT else answers.less
                said = SaidAnswer(position, fields, False, UUID(int=1), None)
                actions.save_response(attempt_id=attempt.pk, said=said, now=now)
        actions.submit_attempt(attempt_id=attempt.pk, by=person, now=now)
    quiz = actions.refresh_statistics(
        course_id=course.pk, quiz_key="pretest", selection="first", now=now
    )
    rows = quiz.items.select_related("question_version")
    return {row.question_version.type: row for row in rows}


def test_every_type_has_its_figures_and_its_page(items, author):
    assert set(items) == set(REGISTERED)
    for type_, item in items.items():
        answers = ANSWERS[type_]
        mean = (RIGHT + LESS * float(answers.worth)) / PEOPLE
        assert item.n == PEOPLE
        assert item.facility == pytest.approx(100 * mean), type_
        # Whoever knew one knew all, so the quiz tells the same people apart.
        assert item.discrimination > 90, type_
        assert chosen(item) == expected(type_), type_
        check_page(author, type_)


def chosen(item: ItemStatistics) -> dict[tuple[str, str], int]:
    """Return how many said what, by place and choice; what nobody said left out."""
    return {(c["place"], c["choice"]): c["n"] for c in item.choices if c["n"]}


def expected(type_: str) -> dict[tuple[str, str], int]:
    """Return the same, counted from the answers by hand."""
    question, question_type = EXAMPLES[type_].view(), REGISTERED[type_]
    counts: dict[tuple[str, str], int] = {}
    for fields, people in ((ANSWERS[type_].right, RIGHT), (ANSWERS[type_].less, LESS)):
        value = question_type.parse(question, fields)
        for place, classes in question_type.classify(question, value).items():
            for choice in classes:
                key = (place, choice)
                counts[key] = counts.get(key, 0) + people
    for place in question_type.places(question):
        known = max(
            sum(n for (key, _), n in counts.items() if key == place.key),
            0 if not place.many else RIGHT + LESS,
        )
        if known < PEOPLE:
            counts[place.key, ""] = PEOPLE - known
    return counts


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
