"""Gaps in a stem: keys outside, numbers inside; pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import markdown
from quizzes.questions.types import gaps
from quizzes.questions.types.gaps import Piece

KEYS = st.lists(st.text("ab1-_", min_size=1, max_size=5), max_size=5)


def test_keys_are_replaced_by_numbers_in_their_order():
    stem = "Isi [[kota]] dan [[1]] lalu [[kota]]."

    assert gaps.keys_in(stem) == ["kota", "1", "kota"]
    assert gaps.numbered(stem) == "Isi [[1]] dan [[2]] lalu [[3]]."


@pytest.mark.parametrize("stem", ["[[]]", "[[a b]]", "[a]", "[[é]]", f"[[{'k' * 41}]]"])
def test_other_brackets_are_no_gap(stem):
    assert gaps.keys_in(stem) == []
    assert gaps.numbered(stem) == stem


def test_html_is_cut_at_its_gaps():
    assert gaps.split("<p>Isi [[1]] dan [[2]].</p>") == [
        Piece("<p>Isi ", 1),
        Piece(" dan ", 2),
        Piece(".</p>"),
    ]
    assert gaps.split("<p>Tanpa</p>") == [Piece("<p>Tanpa</p>")]


@given(KEYS)
def test_the_pieces_are_the_whole_and_name_every_gap(keys):
    html = gaps.numbered(" kata ".join(f"[[{key}]]" for key in keys))
    pieces = gaps.split(html)

    assert [piece.number for piece in pieces] == [*range(1, len(keys) + 1), 0]
    joined = "".join(p.html + (f"[[{p.number}]]" if p.number else "") for p in pieces)
    assert joined == html


@given(KEYS)
def test_rendering_keeps_gaps(keys):
    stem = gaps.numbered("Isi " + ", *lalu* ".join(f"[[{key}]]" for key in keys))

    assert gaps.are_whole(markdown.render(stem, citations={}).html, len(keys))


@pytest.mark.parametrize(
    "html", ["<p>[[1]]</p>", "<p>[[2]] [[1]]</p>", '<a title="[[1]]">x</a> [[2]]']
)
def test_gaps_that_went_astray_are_noticed(html):
    assert not gaps.are_whole(html, 2)
