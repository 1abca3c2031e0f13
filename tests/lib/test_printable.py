"""What may stand on official papers, and how the rest is named."""

from lib.printable import describe, unprintable
from tests.every_case import every_case


@every_case(
    "text",
    [
        "Prof. Dr. Ir. Hj. Siti Nurhaliza, S.Sos., M.Si. (Hons)",
        "Nguyễn Łukasz Žižek Ḥamīd ẞ",
        "ʻAbdu'l-Ḥamīd “Bu” O’Brien",
        "Jose\u0301",
        "Dewi\nLestari\t",
        "",
    ],
)
def test_names_in_latin_letters_may_be_printed(text):
    assert unprintable(text) == ()


@every_case(
    ("text", "found"),
    [
        ("Sari 😀 😀", ("😀",)),
        ("ꦱꦫꦶ", ("ꦱ", "ꦫ", "ꦶ")),
        ("عمر", ("ع", "م", "ر")),
        ("a\u200bb\u202ec", ("\u200b", "\u202e")),
        ("x\u0331", ("\u0331",)),
    ],
)
def test_everything_else_is_named_once(text, found):
    assert unprintable(text) == found


def test_characters_are_described_so_that_they_can_be_found():
    assert describe(("王", "\u202e")) == "“王” (U+738B), U+202E"


def test_of_many_characters_the_first_are_told():
    assert describe(tuple("王小明大文天地人")).endswith("“天” (U+5929), dan lainnya")
