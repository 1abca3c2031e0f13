"""Numbers as people type them, and the answers that accept them; pure."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lib.indonesian import format_number
from quizzes.questions.types import TYPES, OptionView, QuestionView
from quizzes.questions.types.numbers import read_number
from tests.every_case import every_case

NUMERIC = TYPES["numeric"]


def accepting(*answers: tuple[str, str, str], unit: str = "") -> QuestionView:
    """Return a question that accepts (number, tolerance, fraction) as a, b, c …."""
    options = [
        OptionView(chr(ord("a") + n), Decimal(fraction), match=match, text=text)
        for n, (text, match, fraction) in enumerate(answers)
    ]
    return QuestionView("numeric", options, settings={"unit": unit} if unit else {})


@every_case(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12.5", "12.5"),
        ("1.2345", "1.2345"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        ("- 3", "-3"),
        (",5", "0.5"),
        ("007", "7"),
        (" 8 ", "8"),
        ("-0", "0"),
        ("1.500.000,-", "1500000"),
        ("1.500.000,--", "1500000"),
        ("1.500.000.-", "1500000"),
        ("1.500.000,=", "1500000"),
        ("1.500.000,–", "1500000"),
        ("1.500.000,00", "1500000"),
        ("5,-", "5"),
        ("1\u2009234\u2009567", "1234567"),
        ("1\u202f234,5", "1234.5"),
        *((f"{minus}3", "-3") for minus in "-−–—‐‑‒－﹣⁻"),
    ],
)
def test_a_number_is_read(text, number):
    assert read_number(text) == Decimal(number)


@every_case(
    "text",
    [
        *("", "x", "-", "--1", "5,", "5.", "1e5", "1.2.3", "12.34,5", ".,5", "٣"),
        *("1.234,5,6", "1,234.5.6", "1234.567,8", "NaN", "infinity", "1/2"),
        *("1  2", "1 23", "0x10", "1_000", ",-", "-,-", "5,---", "5-", "5--", "1.5-"),
    ],
)
def test_what_is_no_number_is_not_read(text):
    assert read_number(text) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_what_this_site_writes_is_read_back(number):
    assert read_number(format_number(number, 2)) == number


@given(st.text(max_size=40))
def test_any_text_is_read_or_not(text):
    read_number(text)


# --- marking -----------------------------------------------------------------------
@every_case(
    ("typed", "fraction", "matched"),
    [
        ("9,6", "1", "a"),
        ("9.6", "1", "a"),
        ("9,60", "1", "a"),
        ("10", "0.5", "b"),
        ("10,1", "0.5", "b"),
        ("10,11", "0", ""),
        ("9,1", "0.5", "b"),
        ("sembilan", "0", ""),
        ("48", "0", "c"),
    ],
)
def test_the_best_number_within_its_tolerance_wins(typed, fraction, matched):
    view = accepting(("9.6", "0.5", "0.5"), ("9.6", "", "1"), ("48", "0", "0"))
    keys = {"a": "b", "b": "a", "c": "c", "": ""}

    assert NUMERIC.mark(view, typed).fraction == Decimal(fraction)
    assert NUMERIC.classify(view, typed) == {"": (keys[matched],)}


@every_case(
    ("typed", "is_right"),
    [("2.375", 1), ("2493,75", 1), ("2493,76", 0), ("2.256,25", 1), ("2256", 0)],
)
def test_a_tolerance_in_percent_is_of_the_accepted_number(typed, is_right):
    assert NUMERIC.mark(accepting(("2375", "5%", "1")), typed).fraction == is_right
    negative = accepting(("-2375", "5%", "1"))
    assert NUMERIC.mark(negative, f"-{typed}").fraction == is_right


MONEY = (
    *("1500000", "1.500.000", "Rp1.500.000", "rp 1.500.000", "Rp. 1.500.000"),
    *("1.500.000 Rp", "Rp 1.500.000,-", "Rp1.500.000,00", "RP1500000", "IDR 1.500.000"),
    *("1.500.000 rupiah", "Rp\u00a01.500.000", "Rp 1.500.000,–", "Rp1.500.000,--"),
)


@every_case("typed", MONEY)
def test_money_is_read_as_people_write_it(typed):
    for unit in ("Rp", "rupiah", "IDR", ""):
        view = accepting(("1500000", "0", "1"), unit=unit)
        assert NUMERIC.mark(view, typed).fraction == 1, unit


@every_case("typed", ["Rp 12", "12 rupiah", "12%", "12 persen", "12 % pegawai"])
def test_another_unit_is_no_noise(typed):
    view = accepting(("12", "0", "1"), unit="pegawai")

    assert NUMERIC.mark(view, typed).fraction == 0
    assert NUMERIC.mark(view, "12 pegawai").fraction == 1


@every_case("typed", ["12%", "12 %", "12", "12 persen", "12Persen", "%12"])
def test_percent_is_a_unit(typed):
    for unit in ("%", "persen", "Persen"):
        view = accepting(("12", "0", "1"), unit=unit)
        assert NUMERIC.mark(view, typed).fraction == 1, unit


@every_case("answer", ["12", "0.12"])
def test_without_a_unit_twelve_percent_is_neither_twelve_nor_an_eighth(answer):
    for typed in ("12%", "12 persen"):
        mark = NUMERIC.mark(accepting((answer, "0", "1")), typed)

        assert mark.fraction == 0
        assert "persen bukan satuan soal ini" in mark.arithmetic


@every_case("typed", ["Rp1,5 juta", "1,5 jt", "1,5 Miliar", "1.500 ribu"])
def test_words_for_large_numbers_are_refused_plainly(typed):
    mark = NUMERIC.mark(accepting(("1500000", "0", "1"), unit="Rp"), typed)

    assert mark.fraction == 0
    assert "Tulis angkanya lengkap, misalnya 1.500.000." in mark.reading


def test_a_word_for_a_large_number_may_be_the_unit():
    view = accepting(("1.5", "0", "1"), unit="juta")

    assert NUMERIC.mark(view, "1,5 juta").fraction == 1


@every_case("typed", ["-Rp5.000", "Rp-5.000", "Rp −5.000", "- Rp 5.000,-"])
def test_a_debt_is_read(typed):
    assert NUMERIC.mark(accepting(("-5000", "0", "1"), unit="Rp"), typed).fraction == 1


@every_case(
    ("typed", "reading"),
    [
        ("16,000", "“16,000” dibaca 16."),
        ("1,500", "“1,500” dibaca 1,5."),
        ("12.5", "“12.5” dibaca 12,5."),
        ("1,234.5", "“1,234.5” dibaca 1.234,5."),
        ("007", "“007” dibaca 7."),
        ("Rp 1.500.000,-", "“Rp 1.500.000,-” dibaca 1.500.000."),
        ("16", ""),
        ("Rp 16", ""),
        ("1.234", ""),
        ("1234", ""),
        ("1 234", ""),
        ("1.234,5", ""),
        ("1234,5", ""),
        ("−3", ""),
        ("1,234", ""),
    ],
)
def test_what_is_read_otherwise_than_typed_is_said(typed, reading):
    mark = NUMERIC.mark(accepting(("16", "0", "1"), unit="Rp"), typed)

    assert mark.reading == reading
    if reading:
        assert mark.arithmetic == reading


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["", "Rp", "%", "km"]))
def test_what_this_site_writes_is_never_read_otherwise(number, unit):
    decimals = 2 if number % 1 else 0
    typed = f"{format_number(number, decimals)} {unit}"
    if not (decimals and f"{number:f}".endswith("0")):
        mark = NUMERIC.mark(accepting((f"{number:f}", "0", "1"), unit=unit), typed)
        assert (mark.fraction, mark.reading) == (1, "")


@every_case(
    ("typed", "said"),
    [
        ("1.234", "Jawaban Anda terbaca sebagai 1.234."),
        ("9,6", "Jawaban Anda terbaca sebagai 9,6."),
        ("9,60", "“9,60” dibaca 9,6."),
        ("10,0", "“10,0” dibaca 10: nilai 0,5 dari 1."),
        ("10", "Jawaban Anda terbaca sebagai 10: nilai 0,5 dari 1."),
        (
            "sepuluh",
            "“sepuluh” tidak terbaca sebagai angka. "
            "Tulis angkanya saja, misalnya 1.234,5.",
        ),
    ],
)
def test_what_was_read_is_said(typed, said):
    view = accepting(("9.6", "0", "1"), ("10", "0", "0.5"))

    assert NUMERIC.mark(view, typed).arithmetic == said


@every_case(
    ("answer", "said"),
    [
        (("9,6", "0", "1"), "bukan angka"),
        (("1e5", "0", "1"), "bukan angka"),
        (("sepuluh", "0", "1"), "bukan angka"),
        (("NaN", "0", "1"), "bukan angka"),
        (("9.6", "sedikit", "1"), "Toleransi “sedikit” bukan angka"),
        (("9.6", "-1", "1"), "Toleransi “-1” bukan angka"),
        (("9.6", "1%%", "1"), "Toleransi “1%%” bukan angka"),
        (("9.6", "0", "0.5"), "bernilai penuh"),
    ],
)
def test_an_answer_nobody_can_give_is_a_problem(answer, said):
    (found,) = NUMERIC.problems(accepting(answer))

    assert said in found


def test_negative_worth_and_the_same_answer_twice_are_problems():
    twice = accepting(("9", "0", "1"), ("9", "", "0"))
    negative = accepting(("9", "0", "1"), ("8", "0", "-1"))

    assert "Dua jawaban sama" in NUMERIC.problems(twice)[0]
    assert "kurang dari 0" in NUMERIC.problems(negative)[0]


@every_case("unit", [7, ["surat"], "s" * 41])
def test_a_unit_that_is_no_word_is_a_problem(unit):
    view = accepting(("9", "0", "1"), unit=unit)

    assert "Satuan" in NUMERIC.problems(view)[0]
    assert NUMERIC.mark(view, "9").fraction == 1
