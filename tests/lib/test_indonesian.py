from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.indonesian import (
    format_bytes,
    format_date,
    format_date_range,
    format_datetime,
    format_number,
    format_score,
    format_short,
    format_time,
    greeting,
    roman,
    spell_number,
    zone_name,
)
from tests.every_case import every_case

SATURDAY = date(2026, 11, 21)
EVENING = datetime(2026, 11, 21, 16, 15, tzinfo=UTC)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun"]
MONTHS += ["Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
# What each word does to the words of its group of three digits, the last of which
# has already been added once.
ADDS = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "belas": 10}
ADDS |= {"nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6}
ADDS |= {"tujuh": 7, "delapan": 8, "sembilan": 9}
MULTIPLIES = {"puluh": 9, "ratus": 99}
ENDS_GROUP = {"ribu": 1000, "juta": 1_000_000}


def read_words(text):
    """Read a spelled number word by word: slow, and written the other way round."""
    total = group = last = 0
    for word in text.replace("seribu", "satu ribu").split():
        if word in ENDS_GROUP:
            total, group = total + group * ENDS_GROUP[word], 0
        elif word in MULTIPLIES:
            group += last * MULTIPLIES[word]
        else:
            last = ADDS[word]
            group += last
    return total + group


@every_case(
    ("style", "expected"),
    [
        ("long", "Sabtu, 21 November 2026"),
        ("medium", "21 November 2026"),
        ("short", "21 Nov 2026"),
    ],
)
def test_a_date_has_three_styles(style, expected):
    assert format_date(SATURDAY, style) == expected


def test_long_is_the_usual_style():
    assert format_date(SATURDAY) == format_date(SATURDAY, "long")


def test_a_moment_is_not_taken_for_a_date():
    with pytest.raises(TypeError, match="zone"):
        format_date(EVENING)


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_short_date_can_be_read_back(day):
    number, month, year = format_date(day, "short").split()
    assert format_date(day, "medium").split()[1].startswith(month[:2])
    assert date(int(year), MONTHS.index(month) + 1, int(number)) == day


@every_case(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 3), date(2026, 11, 9), "3–9 November 2026"),
        (date(2026, 11, 28), date(2026, 12, 3), "28 November – 3 Desember 2026"),
        (
            date(2026, 12, 28),
            date(2027, 1, 3),
            "28 Desember 2026 – 3 Januari 2027",
        ),
        (SATURDAY, SATURDAY, "21 November 2026"),
    ],
)
def test_a_range_names_month_and_year_once(first, last, expected):
    assert format_date_range(first, last) == expected


def test_a_range_backwards_is_refused():
    with pytest.raises(ValueError, match="is before"):
        format_date_range(date(2026, 11, 9), date(2026, 11, 3))


@every_case(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        (ZoneInfo("Asia/Makassar"), "WITA"),
        ("Asia/Jayapura", "WIT"),
        (timezone(timedelta(hours=8)), "UTC+8"),
        (timezone(timedelta(hours=-3, minutes=-30)), "UTC−3.30"),
        (UTC, "UTC"),
        ("Etc/GMT-9", "UTC+9"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
    ],
)
def test_zones_have_their_indonesian_names_or_an_offset(zone, expected):
    assert zone_name(zone) == expected


def test_summer_time_shows_in_the_offset_of_the_moment():
    july = datetime(2026, 7, 1, tzinfo=UTC)
    assert zone_name("Europe/Amsterdam", EVENING) == "UTC+1"
    assert zone_name("Europe/Amsterdam", july) == "UTC+2"


@every_case(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "21 November 2026, 23.15 WIB"),
        ("Asia/Makassar", "22 November 2026, 00.15 WITA"),
        ("Asia/Jayapura", "22 November 2026, 01.15 WIT"),
        (ZoneInfo("Europe/Amsterdam"), "21 November 2026, 17.15 UTC+1"),
    ],
)
def test_day_and_time_are_those_of_the_zone(zone, expected):
    assert format_datetime(EVENING, zone) == expected
    assert format_time(EVENING, zone) == expected.split(", ")[1]


def test_a_moment_can_be_written_short_or_long():
    short = format_datetime(EVENING, "Asia/Jakarta", "short")
    assert short == "21 Nov 2026, 23.15 WIB"
    long = format_datetime(EVENING, "Asia/Jayapura", "long")
    assert long == "Minggu, 22 November 2026, 01.15 WIT"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="naive"):
        format_time(EVENING.replace(tzinfo=None), "Asia/Jakarta")


@every_case(
    ("number", "decimals", "expected"),
    [
        (1234.5, 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (82.5, 0, "83"),
        (0.125, 2, "0,13"),
        (1.005, 2, "1,01"),
        (-1234.5, 0, "-1.235"),
        (-0.4, 0, "0"),
        (Decimal("80.66"), 2, "80,66"),
        (0, 2, "0,00"),
        (10**40, 0, "10." + ".".join(["000"] * 13)),
        (1e300, 0, "1" + ".000" * 100),
    ],
)
def test_numbers_have_dots_and_a_decimal_comma(number, decimals, expected):
    assert format_number(number, decimals) == expected


@every_case("number", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_not_a_number_is_refused(number):
    with pytest.raises(ValueError, match="cannot be written"):
        format_number(number)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_number_can_be_read_back(number):
    text = format_number(number, 3)
    assert Decimal(text.replace(".", "").replace(",", ".")) == number


@every_case(
    ("size", "expected"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1 KB"),
        (310_400, "310 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (1_249_999, "1,2 MB"),
        (5_000_000, "5 MB"),
        (999_949_999, "999,9 MB"),
        (999_950_000, "1 GB"),
        (2_500_000_000_000_000, "2.500 TB"),
    ],
)
def test_file_sizes_are_short(size, expected):
    assert format_bytes(size) == expected


@every_case(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (24, "dua puluh empat"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (100_000_001, "seratus juta satu"),
    ],
)
def test_numbers_are_spelled_as_people_say_them(number, words):
    assert spell_number(number) == words


def test_every_number_up_to_ten_thousand_can_be_read_back():
    wrong = [n for n in range(10_000) if read_words(spell_number(n)) != n]
    assert wrong == []


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_a_spelled_number_can_be_read_back(number):
    words = spell_number(number)
    assert read_words(words) == number
    assert words == " ".join(words.split())


@every_case("number", [-1, 1_000_000_000])
def test_a_number_too_large_or_negative_is_not_spelled(number):
    with pytest.raises(ValueError, match="not spelled"):
        spell_number(number)


@every_case(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI"), (12, "XII"), (3999, "MMMCMXCIX")],
)
def test_roman_numerals(number, numeral):
    assert roman(number) == numeral


def test_roman_numerals_add_up():
    values = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    for number in range(1, 4000):
        digits = [values[letter] for letter in roman(number)]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        assert sum(-a if a < b else a for a, b in pairs) == number


@every_case("number", [0, 4000])
def test_a_number_without_a_roman_numeral_is_refused(number):
    with pytest.raises(ValueError, match="Roman"):
        roman(number)


@every_case(
    ("hours", "expected"),
    [
        (range(4, 11), "Selamat pagi"),
        (range(11, 15), "Selamat siang"),
        (range(15, 18), "Selamat sore"),
        ([18, 23, 0, 3], "Selamat malam"),
    ],
)
def test_the_greeting_follows_the_day(hours, expected):
    assert {greeting(hour) for hour in hours} == {expected}


@every_case("hour", [-1, 24])
def test_an_hour_that_does_not_exist_is_refused(hour):
    with pytest.raises(ValueError, match="hour"):
        greeting(hour)


@pytest.mark.parametrize(
    ("number", "short", "score"),
    [
        (Decimal("70.00"), "70", "70"),
        (Decimal("70.04"), "70,04", "70,04"),
        (Decimal("66.67"), "66,67", "66,67"),
        (Decimal("2.5"), "2,5", "2,5"),
        (Decimal("0.174"), "0,17", "0,17"),
        (1000, "1.000", "1.000"),
    ],
)
def test_short_numbers_and_scores(number, short, score):
    assert format_short(number) == short
    assert format_score(number) == score


def test_without_decimals_no_zero_is_lost():
    assert format_short(100, 0) == "100"
