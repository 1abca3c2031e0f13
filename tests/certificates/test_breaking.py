"""Words wider than a column get breaks; others are left alone."""

import fontpkg_plus_jakarta_sans
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given
from hypothesis import strategies as st

from certificates.breaking import BREAK, WIDEST_WORD, breakable, width_of
from lib.printable import PRINTABLE


def test_ordinary_words_are_left_alone():
    text = "mempertanggungjawabkannya Kependudukan/Pencatatan Subbagian"
    assert breakable(text) == text


def test_a_word_of_39_letters_gets_few_breaks():
    broken = breakable("Kusuma" * 6 + "Dua")
    assert 1 <= broken.count(BREAK) <= 3


@given(st.text(alphabet=sorted(PRINTABLE), max_size=400))
def test_breaking_loses_nothing_and_leaves_no_wide_piece(text):
    broken = breakable(text)

    assert broken.replace(BREAK, "") == text
    assert all(width_of(piece) <= WIDEST_WORD for piece in broken.split(BREAK)[1:-1])


def test_no_letter_is_wider_than_it_is_taken_for():
    (path,) = [
        path
        for path in (fontpkg_plus_jakarta_sans.ROOT / "files").iterdir()
        if "Italic" not in path.name
    ]
    font = instantiateVariableFont(TTFont(path), {"wght": 700})
    advances, per_em = font["hmtx"], font["head"].unitsPerEm
    too_wide = {
        chr(code): advances[glyph][0] / per_em
        for code, glyph in font.getBestCmap().items()
        if chr(code) in PRINTABLE and advances[glyph][0] / per_em > width_of(chr(code))
    }
    assert too_wide == {}
