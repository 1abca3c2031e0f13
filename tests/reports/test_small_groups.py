"""Nobody is found by subtraction: what is hidden, and what is left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.paths import child_path, is_within
from reports.small_groups import LEAST, shown_paths

TOP = child_path("", 1)
A, B, C = (child_path(TOP, pk) for pk in (2, 3, 4))
A1, A2 = (child_path(A, pk) for pk in (5, 6))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, set()),
        ({TOP: 4}, set()),
        ({TOP: 5}, {"", TOP}),
        ({A: 5, B: 6}, {"", TOP, A, B}),
        # Of three parts one is small: the next smallest goes with it.
        ({A: 9, B: 5, C: 2}, {"", TOP, A}),
        # Two small ones are a group together.
        ({A: 9, B: 3, C: 2}, {"", TOP, A}),
        # The own people of a unit are a part as well.
        ({TOP: 2, A: 9, B: 7}, {"", TOP, A}),
        # What lies below a hidden unit would give it away.
        ({A1: 5, A2: 6, B: 3}, {"", TOP}),
        ({A1: 7, A2: 4, B: 8}, {"", TOP, A, B}),
    ],
)
def test_small_parts_hide_with_a_part_that_protects_them(counts, shown):
    assert shown_paths(counts, [TOP]) == shown


def test_units_outside_ones_own_do_not_count():
    other = child_path("", 9)

    assert shown_paths({other: 50, TOP: 4}, [TOP]) == set()


def test_several_tops_are_parts_of_all_together():
    other = child_path("", 9)

    assert shown_paths({TOP: 9, other: 3}, [TOP, other]) == {""}
    assert shown_paths({TOP: 9, other: 6}, [TOP, other]) == {"", TOP, other}


UNITS = [TOP, A, B, C, A1, A2, child_path(B, 7), child_path(child_path(B, 7), 8)]


@given(st.dictionaries(st.sampled_from(UNITS), st.integers(0, 12)))
def test_no_small_group_is_left_over_by_any_subtraction(counts):
    shown = shown_paths(counts, [TOP])

    for unit in shown:
        inside = [one for one in shown if one and one != unit and _below(one, unit)]
        largest = [
            one
            for one in inside
            if not any(one != other and is_within(one, other) for other in inside)
        ]
        rest = _people(counts, unit) - sum(_people(counts, one) for one in largest)
        assert rest == 0 or rest >= LEAST, (unit, largest, rest)


def _below(path: str, top: str) -> bool:
    return not top or is_within(path, top)


def _people(counts: dict[str, int], unit: str) -> int:
    return sum(number for path, number in counts.items() if _below(path, unit))
