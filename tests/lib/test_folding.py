"""Keys that people's names are found and sorted by."""

from hypothesis import given
from hypothesis import strategies as st

from lib.folding import fold
from tests.every_case import every_case


@every_case(
    ("text", "key"),
    [
        ("Nur'aini", "nuraini"),
        ("NUR’AINI", "nuraini"),
        ("Nurʼaini", "nuraini"),
        ("Nur`aini", "nuraini"),
        ("Nur´aini", "nuraini"),
        ("Zoë d’Almeida", "zoe dalmeida"),
        ("Zoe\u0308", "zoe"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Straße", "strasse"),
        ("Abdul-Rahman  M. Yusuf", "abdul rahman m yusuf"),
        ("İbrahim Işık", "ibrahim isik"),
        ("ＢＵＤＩ", "budi"),
        ("Bu\u00addi\u200b", "budi"),
        ("ꦱꦸꦏ", "ꦱꦸꦏ"),
        ("--", "--"),
        ("", ""),
    ],
)
def test_what_is_one_to_people_has_one_key(text, key):
    assert fold(text) == key


@given(st.text())
def test_a_key_stays_a_key(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_capitals_do_not_matter_to_letters_that_come_back(text):
    if text.upper().lower() == text.lower():
        assert fold(text.lower()) == fold(text)
