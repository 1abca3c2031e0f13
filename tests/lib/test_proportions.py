"""Shares and how sure they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.proportions import wilson

# R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998),
# table I, method 3.
KNOWN = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("part", "whole", "low", "high"), KNOWN)
def test_known_intervals(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_nothing_seen_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3)])
def test_a_part_is_a_part(part, whole):
    with pytest.raises(ValueError, match="is no part"):
        wilson(part, whole)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_lies_within_and_more_cases_say_more(one, other):
    part, whole = min(one, other), max(one, other)
    low, high = wilson(part, whole)
    assert 0 <= low <= high <= 1
    assert not whole or low - 1e-12 <= part / whole <= high + 1e-12
    wider = wilson(10 * part, 10 * whole)
    assert not whole or wider[1] - wider[0] < high - low
