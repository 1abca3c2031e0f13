"""Marking: a response in, points out; pure."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import marking
from quizzes.questions.types import TYPES, OptionView, QuestionView, UnreadableResponse
from tests.every_case import every_case


def choice(*fractions: str) -> QuestionView:
    """Return a single-choice question with options a, b, c … worth these fractions."""
    options = [
        OptionView(chr(ord("a") + n), Decimal(fraction), text=f"Pilihan {n}")
        for n, fraction in enumerate(fractions)
    ]
    return QuestionView(type="single_choice", options=options)


def points(question: QuestionView, value, most: str = "1") -> Fraction:
    """Return what a value earns."""
    mark = marking.mark_response(question, value)
    return mark.fraction * Fraction(most)


# --- single choice -----------------------------------------------------------------
@every_case(
    ("value", "earned"),
    [
        ("a", "1"),
        ("b", "0"),
        ("c", "0.5"),
        ("d", "0"),
        (None, "0"),
        ("x", "0"),
        ("", "0"),
        (7, "0"),
        (["a"], "0"),
    ],
)
def test_the_chosen_option_gives_its_fraction(value, earned):
    assert points(choice("1", "0", "0.5", "-0.5"), value) == Decimal(earned)


def test_points_are_what_the_share_says_and_nothing_is_rounded():
    question = choice("0.333333", "0.0005")

    assert points(question, "a") == Decimal("0.333333")
    assert points(question, "b") == Decimal("0.0005")
    assert points(question, "a", "10") == Decimal("3.33333")


@every_case(
    ("raw", "value"),
    [
        ({"answer": ["a"]}, "a"),
        ({"answer": []}, None),
        ({"answer": [""]}, None),
        ({}, None),
        ({"other": ["b"]}, None),
    ],
)
def test_a_form_is_read(raw, value):
    assert TYPES["single_choice"].parse(choice("1", "0"), raw) == value


@every_case("said", [["z"], ["a", "b"], ["A"], ["a "], ["1"], ["\0"]])
def test_an_option_of_another_question_is_unreadable(said):
    with pytest.raises(UnreadableResponse):
        TYPES["single_choice"].parse(choice("1", "0"), {"answer": said})


@every_case(
    ("question", "faults"),
    [
        (choice("1", "0"), 0),
        (choice("1"), 1),
        (choice("0", "0"), 1),
        (choice("1", "1"), 1),
        (choice(), 2),
    ],
)
def test_a_question_without_exactly_one_key_is_faulty(question, faults):
    found = TYPES["single_choice"].problems(question)

    assert len(found) == faults
    assert all(". " in problem for problem in found), "What is wrong, and what to do."


# --- percent and which attempt counts ----------------------------------------------
@every_case(
    ("earned", "most", "percent"),
    [("3", "4", "75.00"), ("1", "3", "33.33"), ("2", "3", "66.67"), ("0", "4", "0")],
)
def test_percent_has_two_decimals(earned, most, percent):
    assert marking.percent(Decimal(earned), Decimal(most)) == Decimal(percent)


@every_case(
    ("policy", "index"), [("best", 1), ("last", 3), ("first", 0), ("unknown", 1)]
)
def test_one_attempt_counts(policy, index):
    scores = [Decimal(n) for n in (50, 80, 80, 60)]

    assert marking.counting_index(policy, scores) == index


def test_without_attempts_nothing_counts():
    with pytest.raises(ValueError, match="no attempt"):
        marking.counting_index("best", [])


# --- properties --------------------------------------------------------------------
fractions = st.lists(
    st.decimals(-1, 1, places=6, allow_nan=False), min_size=1, max_size=6
).map(lambda values: choice(*map(str, values)))
maxima = st.decimals(Decimal("0.001"), 999, places=3)


@given(fractions, st.sampled_from([None, *"abcdefz"]), maxima)
def test_points_lie_between_nothing_and_everything(question, value, most):
    assert 0 <= points(question, value, str(most)) <= most


@given(fractions, st.sampled_from("abcdef"), st.randoms())
def test_the_order_of_options_does_not_matter(question, value, chance):
    options = list(question.options)
    chance.shuffle(options)
    shuffled = QuestionView(type=question.type, options=options)

    assert points(shuffled, value) == points(question, value)


@given(maxima, st.decimals(0, 1, places=3))
def test_percent_lies_between_0_and_100(most, share):
    earned = (most * share).quantize(Decimal("0.001"))

    assert 0 <= marking.percent(min(earned, most), most) <= 100


@given(st.lists(st.decimals(0, 100, places=2), min_size=1))
def test_the_best_attempt_is_the_earliest_of_the_best(scores):
    index = marking.counting_index("best", scores)

    assert scores[index] == max(scores)
    assert all(score < scores[index] for score in scores[:index])
