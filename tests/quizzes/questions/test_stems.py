"""Stems that are answered inside their text: the question first, then the text."""

import pytest

from quizzes.questions.stems import stem_of
from quizzes.questions.wording import Wording, plain
from tests.quizzes.questions.examples import EXAMPLES


def cut(type_: str, html: str) -> tuple[str, list[tuple[str, int]]]:
    """Return the opening and the pieces of a rendered stem."""
    stem = stem_of(Wording(EXAMPLES[type_].view(), html, {}))
    return stem.opening, [(piece.html, piece.number) for piece in stem.pieces]


@pytest.mark.parametrize(
    ("html", "opening", "pieces"),
    [
        (
            "<p>Isi.</p>\n<p>Dalam [[1]] hari.</p>",
            "<p>Isi.</p>",
            [("\n<p>Dalam ", 1), (" hari.</p>", 0)],
        ),
        ("<p>[[1]] dan [[2]]</p>", "", [("<p>", 1), (" dan ", 2), ("</p>", 0)]),
        (
            "<p>Isi<br>ini.</p><ul><li>satu</li><li>[[1]]</li></ul>",
            "<p>Isi<br>ini.</p>",
            [("<ul><li>satu</li><li>", 1), ("</li></ul>", 0)],
        ),
    ],
)
def test_whole_blocks_before_the_first_gap_are_the_question(html, opening, pieces):
    assert cut("gap_select", html) == (opening, pieces)


def test_nothing_is_lost_by_cutting():
    html = "<p>A</p><blockquote><p>B [[1]]</p><p>[[2]] C</p></blockquote><p>D</p>"

    opening, pieces = cut("mark_text", html)

    gaps = [f"{text}[[{number}]]" if number else text for text, number in pieces]
    assert opening + "".join(gaps) == html


def test_brackets_in_other_questions_stay_text():
    assert cut("single_choice", "<p>Apa arti [[1]]?</p>") == (
        "<p>Apa arti [[1]]?</p>",
        [],
    )


def test_plain_words_have_no_marks():
    assert plain("Situs <code>go.id</code> &amp;<br>lainnya") == "Situs go.id & lainnya"
