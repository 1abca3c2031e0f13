"""Accepted answers as people read them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quizzes.questions.accepted import accepted_words
from quizzes.questions.types import OptionView
from tests.quizzes.questions.examples import EXAMPLES


def option(text: str, match: str = "") -> OptionView:
    """Return an accepted answer."""
    return OptionView("a", Decimal(1), match=match, text=text)


@pytest.mark.parametrize(
    ("text", "tolerance", "words"),
    [
        ("9.6", "0", "9,6"),
        ("9.6", "", "9,6"),
        ("9.6", "0.5", "9,6 ± 0,5"),
        ("2375", "5%", "2.375 ± 5%"),
        ("-1234.50", "0", "-1.234,50"),
        ("bukan angka", "x", "bukan angka"),
    ],
)
def test_numbers_are_written_as_in_indonesia(text, tolerance, words):
    question = EXAMPLES["numeric"].view()

    assert accepted_words(question, option(text, tolerance)) == words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("verifikasi dua *", "verifikasi dua …"),
        ("*2FA*", "… 2FA …"),
        (r"5 \* 3", "5 * 3"),
        ("SPBE", "SPBE"),
    ],
)
def test_a_star_stands_for_anything_only_in_patterns(pattern, words):
    plain = EXAMPLES["short_text"].view()
    patterns = replace(plain, scoring="wildcard")

    assert accepted_words(patterns, option(pattern)) == words
    assert accepted_words(plain, option(pattern)) == pattern
