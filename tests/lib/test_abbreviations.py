"""Abbreviations are explained where they first stand, and nowhere else."""

import re

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from lib.abbreviations import ABBREVIATIONS, explain_abbreviations
from tests.every_case import every_case

SPBE = '<abbr title="Sistem Pemerintahan Berbasis Elektronik">SPBE</abbr>'


@every_case(
    ("html", "shown"),
    [
        ("<p>SPBE dan SPBE.</p>", f"<p>{SPBE} dan SPBE.</p>"),
        ("<p>(SPBE), SPBE</p>", f"<p>({SPBE}), SPBE</p>"),
        ("<p>SPBE2 xSPBE SPBE/x a@SPBE</p>", None),
        ('<p title="SPBE"><a href="/SPBE">SPBE</a></p>', None),
        ("<code>SPBE</code><pre>x <b>SPBE</b></pre>", None),
        ("<svg><text>SPBE</text></svg>", None),
        (SPBE, None),
        (
            "<p>SIASN</p>",
            '<p><abbr title="Sistem Informasi Aparatur Sipil Negara">SIASN</abbr></p>',
        ),
    ],
)
def test_the_first_of_each_is_explained(html, shown):
    assert explain_abbreviations(html) == (shown or html)


@given(st.lists(st.sampled_from([*ABBREVIATIONS, "<p>", "</p>", " kata ", "&amp;"])))
def test_the_words_stay_the_same(pieces):
    html = " ".join(pieces)

    marked = explain_abbreviations(html)

    assert re.sub("</?abbr[^>]*>", "", marked) == html


def test_the_filter_leaves_boxes_and_their_icons_alone():
    html = '<p class="m-case-cap">Kasus SPBE</p><p>non-ASN, ASN-nya</p>'
    template = Template("{% load ui %}{{ html|abbreviations|lesson_icons }}")

    shown = template.render(Context({"html": html}))

    assert shown.count("<abbr") == 2
    assert 'm-case-cap"><svg' in shown
