"""Two texts compared: no word is lost, whatever they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.word_diff import (
    ADDED,
    REMOVED,
    SAME,
    Amount,
    Piece,
    amount,
    pieces_between,
    side_by_side,
)

TEXTS = st.text(alphabet="ab \n", max_size=60)


def said(rows, side):
    return "\n".join("".join(p.text for p in getattr(row, side)) for row in rows)


@given(TEXTS, TEXTS)
def test_each_side_says_its_text_whole(before, after):
    rows = side_by_side(before, after)

    assert said(rows, "before").split() == before.split()
    assert said(rows, "after").split() == after.split()


@given(TEXTS, TEXTS)
def test_as_one_text_both_can_be_read_back(before, after):
    pieces = pieces_between(before, after)

    assert "".join(p.text for p in pieces if p.kind != ADDED) == before
    assert "".join(p.text for p in pieces if p.kind != REMOVED) == after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    rows = side_by_side(text, text)

    assert all(row.is_same for row in rows)
    assert not amount(rows)


def test_a_changed_word_stands_in_its_row_and_others_stay():
    rows = side_by_side("satu\ndua tiga\nempat", "satu\ndua lima\nempat")

    assert [row.is_same for row in rows] == [True, False, True]
    assert rows[1].before == [Piece(SAME, "dua "), Piece(REMOVED, "tiga")]
    assert rows[1].after == [Piece(SAME, "dua "), Piece(ADDED, "lima")]
    assert amount(rows) == Amount(added=1, removed=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b " * 15_000, "b a " * 15_000), ("a\n" * 30_000, "b\na\n" * 15_000)],
)
def test_texts_of_the_longest_allowed_are_compared_all_the_same(before, after):
    rows = side_by_side(before, after)

    assert said(rows, "after").split() == after.split()
