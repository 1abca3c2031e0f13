"""What Excel shows of a number, and where nobody can tell from the cell alone."""

from lib.spreadsheets.number_formats import shown_number
from tests.every_case import every_case


@every_case(
    "code, value, shown",
    [
        ("General", "3", "3"),
        ("General", "-3.5", "-3.5"),
        ("General", "0.30000000000000004", "0.3"),
        ("General", "0", "0"),
        ("@", "2026", "2026"),
        ("General", "12345678901", "12345678901"),
        ("General", "123456789012", None),
        ("General", "3.14159265358979", None),
        ("General", "1.0000000000000001E-5", None),
        ("0", "12", "12"),
        ("0", "12.4", None),
        ("0%", "0.11", "11%"),
        ("0%", "0.11000000000000001", "11%"),
        ("0%", "0.115", None),
        ("0.0%", "0.115", "11.5%"),
        ("0.00%", "1", "100.00%"),
        ("0%", "-0.25", "-25%"),
        ("000", "7", "007"),
        ("000", "-7", "-007"),
        ("000", "7.5", None),
        ("000", "1234", "1234"),
        ("0.00", "3.5", "3.50"),
        ("0.00", "3.14159", None),
        # The language of Excel decides what these show.
        ("#,##0", "1500000", None),
        ('"Rp"#,##0', "1500000", None),
        ("[$Rp-421]#,##0", "1500000", None),
        ("# ?/?", "0.5", None),
        ("0.00E+00", "12345", None),
        ("0;-0;nol", "0", None),
        ("?", "5", None),
        ("General", "tiga", None),
    ],
)
def test_what_is_shown(code, value, shown):
    assert shown_number(code, value) == shown
