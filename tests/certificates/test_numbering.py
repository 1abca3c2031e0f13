import pytest

from certificates.numbering import (
    DEFAULT_PATTERN,
    NumberPatternInvalid,
    check_pattern,
    number_text,
)
from tests.every_case import every_case


def number(pattern, **over):
    values = {
        "sequence": 12,
        "classification": "800.2.4",
        "unit": "BKPSDM",
        "month": 11,
        "year": 2026,
    }
    return number_text(pattern, **{**values, **over})


def test_the_default_pattern_gives_the_customary_number():
    assert number(DEFAULT_PATTERN) == "12/800.2.4/BKPSDM/XI/2026"


def test_the_counter_can_be_padded_with_zeros():
    assert number("{klasifikasi}/{urut:04}/{tahun}") == "800.2.4/0012/2026"
    assert number("{urut:03}-{tahun}", sequence=12345) == "12345-2026"


@every_case(("month", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII")])
def test_months_are_roman(month, roman):
    assert number("{urut}/{bulan}/{tahun}", month=month) == f"12/{roman}/2026"


def test_braces_that_are_meant_as_braces_are_kept():
    assert number("{{{urut}}}/{tahun}") == "{12}/2026"


@every_case(
    ("pattern", "hint"),
    [
        ("{tahun}", r"\{urut\}"),
        ("{urut}/{bulan}", r"\{tahun\}"),
        ("{urut}/{tahun}/{bagian}", "bagian"),
        ("{urut}/{tahun}/{}", "tidak dikenal"),
        ("{urut.__class__}/{tahun}", "tidak dikenal"),
        ("{urut}/{tahun:04}", "urut:04"),
        ("{urut:{unit}}/{tahun}", "tidak dikenal"),
        ("{urut:x}/{tahun}", "tidak dikenal"),
        ("{urut!r}/{tahun}", "Tanda seru"),
        ("{urut/{tahun}", "kurawal|dikenal"),
        ("{urut}/{tahun", "kurawal"),
    ],
)
def test_a_pattern_that_cannot_number_says_what_is_wrong(pattern, hint):
    with pytest.raises(NumberPatternInvalid, match=hint):
        check_pattern(pattern)
    with pytest.raises(NumberPatternInvalid, match=hint):
        number(pattern)


def test_a_code_that_the_pattern_asks_for_must_not_be_empty():
    with pytest.raises(NumberPatternInvalid, match="unit"):
        number(DEFAULT_PATTERN, unit="")
    assert number("{urut}/{tahun}", unit="") == "12/2026"


@every_case("over", [{"sequence": 0}, {"month": 0}, {"month": 13}])
def test_a_place_that_does_not_exist_has_no_number(over):
    with pytest.raises(ValueError, match="not the place"):
        number(DEFAULT_PATTERN, **over)
