"""Scores that were rounded to thousandths become what was meant."""

import importlib
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import DateTimeField
from hypothesis import given
from hypothesis import strategies as st

from tests.every_case import every_case
from tests.past_database import past_database

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
exact_scores = importlib.import_module("quizzes.migrations.0008_exact_scores")
BEFORE = [
    ("courses", "0002_past_days"),
    ("quizzes", "0007_late_answers_and_practice_days"),
]
AFTER = [("courses", "0003_exact_grades"), ("quizzes", "0008_exact_scores")]
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@every_case(
    ("stored", "most", "worths", "share"),
    [
        ("0.333", "1", [], Fraction(1, 3)),
        ("0.667", "1", [], Fraction(2, 3)),
        ("0.143", "1", [], Fraction(1, 7)),
        ("2.333", "7", [], Fraction(1, 3)),
        ("0.350", "1", [], Fraction(7, 20)),
        ("0.091", "1", ["0.090909"], Fraction(90909, 1000000)),
        ("0.123", "1", [], Fraction(123, 1000)),
        ("0.000", "1", [], 0),
        ("1.000", "1", [], 1),
    ],
)
def test_what_was_meant_is_told_by_what_is_stored(stored, most, worths, share):
    found = exact_scores.meant(
        Decimal(stored), Decimal(most), [Fraction(worth) for worth in worths]
    )

    assert found == share


@given(st.integers(1, 30), st.data())
def test_every_share_of_few_parts_is_found_again(parts, data):
    share = Fraction(data.draw(st.integers(0, parts)), parts)
    thousandths = int(1000 * share + Fraction(1, 2))

    assert exact_scores.meant(Decimal(thousandths) / 1000, Decimal(1), []) == share


def _old_rows(apps):
    """Write what the site stored of 6 + 3 × ⅓ of 10, as it stored it."""

    def make(app, model_name, **values):
        model = apps.get_model(app, model_name)
        moments = {
            field.name: NOW
            for field in model._meta.concrete_fields
            if isinstance(field, DateTimeField) and not field.null
        }
        return model.objects.create(**{**moments, **values})

    person = make("accounts", "User", nip="199001012015031901", name="Sari")
    unit = make("accounts", "Unit", code="A", name="A", path="0001")
    course = make("courses", "Course", key="k", code="K", unit=unit)
    version = make(
        "courses", "CourseVersion", course=course, number=1, title="K", jp=1, minutes=45
    )
    make(
        "courses",
        "CompletionRequirement",
        version=version,
        key="posttest",
        kind="passed",
        position=1,
        pass_mark=70,
    )
    item = make(
        "courses", "GradeItem", version=version, key="posttest", kind="posttest"
    )
    place = make(
        "courses",
        "Enrollment",
        person=person,
        course=course,
        version=version,
    )
    quiz = make("quizzes", "Quiz", grade_item=item, key="posttest", purpose="posttest")
    bank = make(
        "quizzes", "QuestionBank", key="b", use="graded", course=course, unit=unit
    )
    attempt = make(
        "quizzes",
        "Attempt",
        person=person,
        enrollment=place,
        quiz=quiz,
        quiz_key="posttest",
        number=1,
        state="submitted",
        seed=1,
        submitted_at=NOW,
        points=Decimal("6.999"),
        max_points=10,
    )
    for position in range(1, 11):
        question = make("quizzes", "Question", bank=bank, key=f"q{position}")
        wording = make(
            "quizzes", "QuestionVersion", question=question, number=1, type="matching"
        )
        points = 1 if position <= 6 else Decimal("0.333") if position <= 9 else 0
        make(
            "quizzes",
            "AttemptItem",
            attempt=attempt,
            position=position,
            slot_key=f"q{position}",
            question_version=wording,
            max_points=1,
            points=points,
        )
    make(
        "courses",
        "GradeEntry",
        enrollment=place,
        grade_item=item,
        item_key="posttest",
        source="quiz:posttest",
        evidence=f"attempt:{attempt.key}",
        points=Decimal("6.999"),
        max_points=10,
    )


def test_a_filled_database_becomes_exact(any_database, tmp_path):
    with past_database(BEFORE, tmp_path) as past:
        _old_rows(past.apps)

        apps = past.migrate(AFTER)

        attempt = apps.get_model("quizzes", "Attempt").objects.get()
        assert (attempt.points, attempt.percent, attempt.pass_mark) == (7, 70, 70)
        assert (attempt.markings, attempt.is_counted) == (1, True)
        entry = apps.get_model("courses", "GradeEntry").objects.get()
        assert (entry.points, entry.percent, entry.pass_mark) == (7, 70, 70)
        third = attempt.items.get(position=7)
        assert (third.share_numerator, third.share_denominator) == (1, 3)
