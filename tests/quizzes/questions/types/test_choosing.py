"""One choice: parts of single choice, and points for a situation; pure."""

from decimal import Decimal

import pytest

from quizzes.questions.types import TYPES, OptionView, QuestionView


def options(type: str, *fractions: str) -> QuestionView:
    """Return a question with options a, b, c … worth these fractions."""
    return QuestionView(
        type,
        [
            OptionView(chr(ord("a") + n), Decimal(fraction), text=f"Tindakan {n}")
            for n, fraction in enumerate(fractions)
        ],
    )


def test_points_of_a_situation_are_fifths():
    view = options("situational", "1", "0.8", "0")
    marks = [TYPES["situational"].mark(view, key) for key in "abcx"]

    assert [mark.fraction for mark in marks] == [1, Decimal("0.8"), 0, 0]
    assert marks[1].arithmetic == "Pilihan Anda bernilai 4 dari 5: nilai 0,8 dari 1."


@pytest.mark.parametrize(
    ("fractions", "said"),
    [
        (("0.8", "0"), "Belum ada pilihan bernilai 5"),
        (("1", "0.5"), "bukan bilangan bulat"),
        (("1", "-0.2"), "bukan bilangan bulat"),
        (("1",), "sedikitnya dua"),
    ],
)
def test_points_that_are_no_points_are_a_problem(fractions, said):
    (found,) = TYPES["situational"].problems(options("situational", *fractions))

    assert said in found


def test_a_part_of_a_single_choice_is_said():
    view = options("single_choice", "1", "0.5", "-0.5")
    marks = [TYPES["single_choice"].mark(view, key) for key in "abc"]

    assert [mark.arithmetic for mark in marks] == [
        "",
        "Pilihan Anda tepat sebagian: nilai 0,5 dari 1.",
        "",
    ]
