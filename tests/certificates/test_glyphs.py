from datetime import date

from certificates import glyphs, typesetting
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
        {"characters": sorted(glyphs._COMMON)},
        dated_on=date(2026, 11, 21),
    )


def test_characters_are_described_so_that_they_can_be_found():
    assert glyphs.describe(("王", "\u202e")) == "“王” (U+738B), U+202E"
