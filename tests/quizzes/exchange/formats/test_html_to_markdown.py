"""HTML as Markdown: what it shows stays, what it does goes, and is told."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import markdown
from quizzes.exchange.formats.html_to_markdown import html_to_line, html_to_markdown
from quizzes.exchange.formats.plain_text import plain_to_line, plain_to_markdown
from tests.examples import some
from tests.patience import processor_time


def converted(html: str) -> tuple[str, list[str]]:
    losses: list[str] = []
    return html_to_markdown(html, losses), losses


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu</p><p>Dua</p>", "Satu\n\nDua"),
        ("<b>a </b>b <i>c</i>", "**a** b *c*"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n    1. c"),
        ("<ol type='A'><li>x</li><li>y</li></ol>", "- A. x\n- B. y"),
        ("<ol type='i' start='4'><li>x</li><li>y</li></ol>", "- iv. x\n- v. y"),
        ("<ol type='a' start='27'><li>x</li></ol>", "27. x"),
        ("x<sup>2</sup> H<sub>2</sub>O", "x² H₂O"),
        ("5 &lt; 6 &amp; 2*3*4 a*b*c", "5 < 6 & 2\\*3\\*4 a\\*b\\*c"),
        ("<a href='https://go.id'>situs</a>", "[situs](https://go.id)"),
        ("a<br>b", "a  \nb"),
        ("[[1]] dan *", "[[1]] dan *"),
    ],
)
def test_html_as_markdown(html, text):
    assert converted(html) == (text, [])


def test_letters_that_a_style_puts_before_items_stay():
    html = "<ol class='x' style='list-style-type: upper-alpha;'><li>x</li></ol>"

    assert converted(html)[0] == "- A. x"


@pytest.mark.parametrize(
    ("html", "loss"),
    [
        ("a<script>x</script>", "<script>"),
        ("a<iframe src=x></iframe>", "<iframe>"),
        ("<p onclick='x'>a</p>", "onclick"),
        ("<p style='color:red'>a</p>", "Warna"),
        ("<a href='java\nscript:x'>a</a>", "skrip"),
        ("<h2>a</h2>", "Judul"),
        ("a <img src='https://x.example/a.png'>", "Gambar https://x.example/a.png"),
        (r"a \(x^2\)", "Rumus"),
    ],
)
def test_what_goes_is_told(html, loss):
    text, losses = converted(html)

    assert "script" not in text
    assert "http" not in text
    assert any(loss in one for one in losses)


@given(st.text("abc 1.*_`[]()<>#-+=~!|\\&;:/{}\n", max_size=60))
@settings(max_examples=some(400), deadline=None)
def test_plain_words_show_as_they_are(text):
    """Whatever the signs, a reader sees the words that were typed."""
    shown = markdown.render(plain_to_markdown(text), citations={}).text
    assert "".join(shown.split()) == "".join(text.split())
    line = unescape(markdown.render_inline(plain_to_line(text)))
    assert "".join(line.replace("<br>", "").split()) == "".join(text.split())


def test_deep_nesting_is_flattened():
    text, losses = converted("<div>" * 5_000 + "a" + "</div>" * 5_000)

    assert text == "a"
    assert any("terlalu dalam" in loss for loss in losses)


@pytest.mark.parametrize(
    "html",
    [
        *("<li>a" * 12_000, "<td>a" * 12_000, "<b>" * 20_000, "<p>a" * 15_000),
        *("<" * 60_000, "&lt;" * 15_000, "**" * 30_000, "<a href=x>" * 6_000),
        "<!--" * 15_000,
    ],
)
def test_no_text_takes_long(html):
    with processor_time(15):
        html_to_markdown(html, [])
        html_to_line(html, [])
