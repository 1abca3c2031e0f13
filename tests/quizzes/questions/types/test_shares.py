"""Shares as they are typed and stored: one reader for editors and files; pure."""

from decimal import Decimal

import pytest

from quizzes.questions.types.shares import read_share, stored_share


@pytest.mark.parametrize(
    ("text", "whole", "share"),
    [
        ("50", 100, "0.5"),
        (" -100 ", 100, "-1"),
        ("+50", 100, "0.5"),
        ("33.33333", 100, "0.333333"),
        ("33,3333", 100, "0.333333"),
        ("50.", 100, "0.5"),
        ("3", 5, "0.6"),
        ("0.0", 100, "0"),
    ],
)
def test_a_share_is_read_as_people_and_programs_write_it(text, whole, share):
    assert str(read_share(text, whole)) == share


@pytest.mark.parametrize(
    "text",
    ["", "-", "nan", "Infinity", "1e2", "1_0", "1.000,5", "50%", "٣", "9" * 21, "a"],
)
def test_what_is_no_plain_number_says_no_share(text):
    assert read_share(text) is None


def test_a_share_is_stored_to_a_millionth_and_halves_go_up():
    assert stored_share(Decimal("0.3333325")) == Decimal("0.333333")
    assert stored_share(Decimal("-0.3333325")) == Decimal("-0.333333")
    assert str(stored_share(Decimal("1.000000"))) == "1"
