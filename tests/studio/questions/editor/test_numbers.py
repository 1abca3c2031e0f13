"""Numbers as authors type them, and as they are stored."""

import pytest

from studio.questions.editor.numbers import stored_number, typed_number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("37,5", "37.5"),
        ("37.5", "37.5"),
        (" 1.234,5 ", "1234.5"),
        ("1.234", "1234"),
        ("0,125", "0.125"),
        ("-2,50", "-2.50"),
        ("5%", "5%"),
        ("2,5 %", "2.5%"),
        ("0", "0"),
    ],
)
def test_a_number_is_stored_with_a_point(typed, stored):
    assert stored_number(typed) == stored


@pytest.mark.parametrize("typed", ["", "tiga", "1,2,3", "%", "12 hari"])
def test_what_is_no_number_stays_for_the_check_to_name(typed):
    assert stored_number(typed) == typed


@pytest.mark.parametrize("stored", ["37.5", "1.234", "1234.5", "0.125", "-2.5", "2.5%"])
def test_a_stored_number_survives_the_form(stored):
    assert stored_number(typed_number(stored)) == stored
