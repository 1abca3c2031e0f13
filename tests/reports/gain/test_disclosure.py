"""Nobody can be worked out of what is shown, however the parts are subtracted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.paths import ancestor_paths, is_within
from reports.gain.disclosure import hidden_parts, may_be_shown, parts_at, parts_to_show

A, B, C = "00000A", "00000B", "00000C"


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({A: 5, B: 5}, ""),
        ({A: 20, B: 0}, ""),
        # With one hidden, the whole minus the other would tell.
        ({A: 3, B: 7}, "AB"),
        ({A: 3, B: 7, C: 9}, "AB"),
        ({A: 2, B: 3, C: 9}, "AB"),
        ({A: 1, B: 2, C: 9}, "ABC"),
        ({A: 4}, "A"),
        ({}, ""),
    ],
)
def test_small_parts_are_hidden_together_with_a_neighbour(people, hidden):
    assert hidden_parts(people) == {f"00000{one}" for one in hidden}


def test_parts_are_what_lies_directly_below_and_ones_own_people():
    people = {A: 2, A + B: 3, A + B + C: 4, A + C: 5, B: 6}

    assert parts_at(people, A, [A, B]) == {A: 2, A + B: 7, A + C: 5}
    assert parts_at(people, "", [A, B]) == {A: 14, B: 6}
    assert parts_at(people, "", [A]) == {A: 14}


def test_below_a_hidden_unit_nothing_is_shown():
    # B is hidden because A is small; its parts would add up to it.
    people = {A: 3, B + A: 6, B + C: 6, C: 30}

    assert not may_be_shown(people, B, [A, B, C])
    assert not may_be_shown(people, B + A, [A, B, C])
    assert parts_to_show(people, B, [A, B, C]) == frozenset()
    assert may_be_shown(people, C, [A, B, C])


def test_who_sees_only_one_unit_sees_it_whole():
    people = {B + A: 6, B + C: 6}

    assert may_be_shown(people, B, [B])
    assert parts_to_show(people, B, [B]) == {B + A, B + C}


segments = st.sampled_from([A, B, C])
paths = st.lists(segments, min_size=1, max_size=4).map("".join)
trees = st.dictionaries(paths, st.integers(0, 12), max_size=12)


@given(trees)
def test_what_is_left_of_any_whole_is_nobody_or_a_group(people):
    tops = sorted({path[:6] for path in people})
    units = {above for path in people for above in ancestor_paths(path)}

    def size(unit):
        return sum(n for path, n in people.items() if not unit or is_within(path, unit))

    shown = {unit for unit in units if may_be_shown(people, unit, tops)}
    for whole in {*shown, ""} if sum(people.values()) >= 5 else shown:
        assert size(whole) >= 5
        visible = parts_to_show(people, whole, tops)
        parts = parts_at(people, whole, tops)
        left = size(whole) - sum(parts[part] for part in visible)
        assert left == 0 or left >= 5
        # What the table of parts shows, the parts' own pages show, and no other.
        assert {part for part in visible if part != whole} == {
            unit for unit in shown if unit in parts and unit != whole
        }


@given(trees)
def test_what_cannot_be_shown_hides_all_that_is_below(people):
    tops = sorted({path[:6] for path in people})
    units = {above for path in people for above in ancestor_paths(path)}
    for unit in units:
        if not may_be_shown(people, unit, tops):
            below = [one for one in units if is_within(one, unit)]
            assert not any(may_be_shown(people, one, tops) for one in below)
