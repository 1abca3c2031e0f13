"""One rounding: what is shown is what is compared; pure."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.indonesian import format_score
from lib.rounding import exactly, half_up, whole_percent
from lib.scores import exact_score, passes, shown, shown_score
from tests.every_case import every_case

parts = st.builds(
    Fraction, st.integers(0, 10**6), st.integers(1, 10**6).map(lambda n: n + 10**6)
)
marks = st.decimals(Decimal("0.01"), 100, places=2)


@every_case(
    ("number", "decimals", "rounded"),
    [
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(-1, 300), 2, "0.00"),
        (2.675, 2, "2.68"),
        (Decimal("1e30"), 0, "1" + 30 * "0"),
        (7, 1, "7.0"),
    ],
)
def test_halves_go_up_as_on_paper(number, decimals, rounded):
    found = half_up(number, decimals)

    assert (found, str(found)) == (Decimal(rounded), rounded)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="cannot be written"):
        exactly(number)


def test_counts_become_whole_percents():
    assert [whole_percent(n, 8) for n in (0, 1, 3, 8)] == [0, 13, 38, 100]


def test_six_and_three_thirds_of_ten_are_seventy():
    points = 6 + 3 * Fraction(1, 3)

    assert shown_score(points, Decimal(10)) == 70
    assert passes(exact_score(points, Decimal(10)), Decimal(70))


@given(parts, marks)
@example(Fraction(69995, 100000), Decimal(70))
@example(Fraction(699949, 1000000), Decimal(70))
def test_the_figure_that_is_shown_reaches_the_mark_exactly_if_it_passes(part, mark):
    score = exact_score(part, Decimal(1))
    read = Decimal(format_score(score).replace(".", "").replace(",", "."))

    assert read == shown(score)
    assert passes(score, mark) == (read >= mark)
    assert abs(read - Decimal(score.numerator) / score.denominator) <= Decimal("0.005")


@given(parts)
def test_what_was_rounded_once_is_not_rounded_again(part):
    figure = shown(100 * part)

    assert shown(figure) == figure
    assert format_score(figure) == format_score(100 * part)
