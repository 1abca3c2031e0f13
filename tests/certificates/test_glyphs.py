from datetime import date

import pytest

from certificates import glyphs, typesetting
from lib.printable import PRINTABLE
from tests.every_case import every_case


@every_case(
    "text",
    [
        "Sari Percobaan, S.Sos.",
        "Nguyễn Thị Đặng",
        "Łukasz Žižek Ñandú ẞ",
        "ʻAbdu'l-Ḥamīd",
        "عمر",
        "“Bu” O’Brien – № 4 …",
        "satu\nbaris\tsaja",
        "",
    ],
)
def test_names_from_many_places_can_be_printed(text):
    assert glyphs.missing_glyphs(text) == ()


@every_case(
    ("text", "missing"),
    [
        ("Budi 王小王", ("王", "小")),
        ("Sari 😀", ("😀",)),
        ("a\x07b", ("\x07",)),
        ("a\ue000b", ("\ue000",)),
        ("a\u202eb", ("\u202e",)),
        ("a\ud800b", ("\ud800",)),
        ("王\ue000😀", ("王", "\ue000", "😀")),
    ],
)
def test_each_character_without_a_glyph_is_named_once(text, missing):
    assert glyphs.missing_glyphs(text) == missing


def test_a_letter_and_its_accent_count_as_the_letter_they_make():
    assert glyphs.missing_glyphs("Jose\u0301") == ()


def test_the_characters_never_asked_about_all_have_glyphs():
    # Fails with the names of those that have not.
    typesetting.typeset(
        "glyph_probe.typ",
        {"characters": sorted(PRINTABLE)},
        dated_on=date(2026, 11, 21),
    )


def test_whatever_typst_does_to_itself_is_told_and_leaves_the_thread_whole(monkeypatch):
    class PanicException(BaseException):
        """What PyO3 raises where Rust panics."""

    class Panicking:
        def compile(self, **ignored):
            raise PanicException("end byte index 3 is out of bounds")

    typesetting._local.__dict__["compilers"] = {
        typesetting.DESIGN_ROOT / "glyph_probe.typ": Panicking()
    }

    with pytest.raises(typesetting.TypesettingFailed, match="end byte index"):
        glyphs.missing_glyphs("王")

    assert glyphs.missing_glyphs("王") == ("王",)
