"""Multiple response and marked text: the rules for several choices at once; pure."""

from decimal import Decimal

import pytest

from quizzes.questions.types import TYPES, OptionView, QuestionView, UnreadableResponse
from tests.every_case import every_case

MULTIPLE = TYPES["multiple_response"]
THIRD, HALF = "0.333333", "0.5"


def question(*fractions: str, scoring: str = "", type="multiple_response"):
    """Return a question with options A, B, C … worth these fractions."""
    keys = [chr(ord("A") + n) for n in range(len(fractions))]
    return QuestionView(
        type=type,
        scoring=scoring,
        stem=" ".join(f"[[{key}]]" for key in keys),
        options=[
            OptionView(key, Decimal(fraction), text=f"Bagian {key}")
            for key, fraction in zip(keys, fractions, strict=True)
        ],
    )


def percent(view: QuestionView, chosen: str) -> int:
    """Return what choosing these letters earns, in whole percent."""
    mark = TYPES[view.type].mark(view, list(chosen))
    return round(100 * mark.fraction)


# --- the worked example: five options, A B C right, D E wrong ----------------------
@every_case(
    ("chosen", "whole", "thirds", "halves", "balanced"),
    [
        ("AB", 0, 67, 67, 67),
        ("ABD", 0, 33, 17, 17),
        ("ABCDE", 0, 33, 0, 0),
        ("", 0, 0, 0, 0),
        ("ABC", 100, 100, 100, 100),
        ("DE", 0, 0, 0, 0),
        ("ABCD", 0, 67, 50, 50),
    ],
)
def test_the_rules_differ_as_in_the_worked_example(
    chosen, whole, thirds, halves, balanced
):
    five = ("1", "1", "1", "0", "0")
    by_thirds = question(*[THIRD] * 3, *[f"-{THIRD}"] * 2, scoring="fractions")
    by_halves = question(*[THIRD] * 3, *[f"-{HALF}"] * 2, scoring="fractions")

    assert percent(question(*five, scoring="all_or_nothing"), chosen) == whole
    assert percent(by_thirds, chosen) == thirds
    assert percent(by_halves, chosen) == halves
    assert percent(question(*five), chosen) == balanced
    assert percent(question(*five, type="mark_text"), chosen) == balanced


@every_case("scoring", ["balanced", "all_or_nothing"])
@every_case("type", ["multiple_response", "mark_text"])
def test_where_none_is_right_only_the_explicit_none_earns(type, scoring):
    none = question("0", "0", scoring=scoring, type=type)

    assert percent(none, "") == 100
    assert percent(none, "A") == percent(none, "AB") == 0


def test_where_all_are_right_each_earns_its_share():
    all_right = question("1", "1", "1", "1")

    assert [percent(all_right, "ABCD"[:n]) for n in range(5)] == [0, 25, 50, 75, 100]


def test_thirds_that_are_written_short_earn_everything():
    exact = question(*[THIRD] * 3, "0", scoring="fractions")

    assert MULTIPLE.mark(exact, ["A", "B", "C"]).fraction == 1


@every_case(
    ("scoring", "fractions", "chosen", "said"),
    [
        (
            "",
            "11100",
            "ABD",
            "2 dari 3 yang benar dipilih (2/3), 1 dari 2 yang salah dipilih (-1/2): "
            "nilai 0,17 dari 1.",
        ),
        ("", "111", "A", "1 dari 3 yang benar dipilih (1/3): nilai 0,33 dari 1."),
        ("", "00", "A", "Yang tepat “tidak ada yang benar”: nilai 0 dari 1."),
        (
            "all_or_nothing",
            "110",
            "A",
            "1 dari 2 yang benar dipilih, 0 dari 1 yang salah dipilih: nilai 0 dari 1.",
        ),
    ],
)
def test_the_sum_is_said_in_words(scoring, fractions, chosen, said):
    view = question(*fractions, scoring=scoring)

    assert MULTIPLE.mark(view, list(chosen)).arithmetic == said


def test_the_sum_of_weights_is_said_in_words():
    view = question("0.75", "0.25", "-0.5", scoring="fractions")

    assert (
        MULTIPLE.mark(view, ["A", "C"]).arithmetic
        == "Bobot pilihan Anda 0,75 - 0,5: nilai 0,25 dari 1."
    )


# --- reading -----------------------------------------------------------------------
@every_case(
    ("posted", "value"),
    [
        (["B", "A"], ["A", "B"]),
        (["A", "A"], ["A"]),
        (["-"], []),
        (["-", "B"], ["B"]),
        (["", "-"], []),
        ([""], None),
        ([], None),
    ],
)
@every_case("type", ["multiple_response", "mark_text"])
def test_a_form_is_read_in_stored_order(type, posted, value):
    view = question("1", "0", type=type)

    assert TYPES[type].parse(view, {"answer": posted}) == value


def test_under_weights_none_is_not_offered():
    view = question("1", "0", scoring="fractions")

    assert [choice.key for choice in MULTIPLE.places(view)[0].choices] == ["A", "B"]
    for posted in (["-"], ["-", "A"]):
        with pytest.raises(UnreadableResponse):
            MULTIPLE.parse(view, {"answer": posted})


@every_case(("fractions", "worth"), [("00", 1), ("10", 0)])
@every_case("type", ["multiple_response", "mark_text"])
def test_none_is_a_choice_that_is_right_where_no_other_is(type, fractions, worth):
    choices = TYPES[type].places(question(*fractions, type=type))[0].choices

    assert (choices[-1].key, choices[-1].fraction) == ("-", worth)


# --- problems ----------------------------------------------------------------------
@every_case(
    ("view", "said"),
    [
        (question("1"), "sedikitnya dua pilihan"),
        (question("1", "0.5"), "bukan 0 atau 1"),
        (question("0.5", "0.3", "-1", scoring="fractions"), "berjumlah 80%"),
        (question("1", "0.25", scoring="fractions"), "berjumlah 125%"),
        (question("-1", "-1", scoring="fractions"), "berjumlah 0%"),
        (question("1", type="mark_text"), "sedikitnya dua bagian"),
        (question("1", "0.5", type="mark_text"), "bukan 0 atau 1"),
        (question("1", "0", scoring="fractions", type="mark_text"), "tidak dikenal"),
    ],
)
def test_a_faulty_question_says_what_to_do(view, said):
    (found,) = TYPES[view.type].problems(view)

    assert said in found
    assert found.count(". ") == 1


def test_two_options_that_read_the_same_are_a_problem():
    view = QuestionView(
        "multiple_response",
        [
            OptionView("a", Decimal(1), text="Kata Sandi"),
            OptionView("b", Decimal(0), text=" kata  sandi"),
        ],
    )

    assert "berbunyi sama" in MULTIPLE.problems(view)[0]
