"""Reading posted fields place by place; pure."""

from decimal import Decimal

import pytest

from quizzes.questions.types import NONE, Choice, Place, UnreadableResponse
from quizzes.questions.types.reading import LONGEST_TEXT, read_places

CHOICES = [Choice(key, key, Decimal(0)) for key in ("a", "b", NONE)]


def test_none_next_to_other_choices_is_dropped():
    place = Place("", CHOICES, many=True)

    assert read_places([place], {"answer": [NONE, "b"]}) == {"": ("b",)}
    assert read_places([place], {"answer": [NONE]}) == {"": (NONE,)}


def test_two_choices_where_one_is_asked_are_unreadable():
    places = [Place("x", CHOICES), Place("y", CHOICES)]

    assert read_places(places, {"answer-x": ["a", "a"]}) == {"x": ("a",)}
    with pytest.raises(UnreadableResponse):
        read_places(places, {"answer-x": ["a"], "answer-y": ["a", "b"]})


def test_a_text_may_be_as_long_as_the_longest_answer():
    place = Place("", [], free=True)
    longest = "a" * LONGEST_TEXT

    assert read_places([place], {"answer": [f" {longest} "]}) == {"": (longest,)}
    with pytest.raises(UnreadableResponse):
        read_places([place], {"answer": [longest + "a"]})
