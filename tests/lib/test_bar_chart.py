"""Bars stand where their numbers say."""

from itertools import pairwise

import pytest

from lib.bar_chart import BOTTOM, LEFT, RIGHT, TOP, bar_chart, round_scale
from tests.every_case import every_case


def test_a_full_bar_reaches_the_top_and_an_empty_one_nothing():
    chart = bar_chart(["a", "b", "c"], [[100], [0], [25]], highest=100)
    full, empty, quarter = (group.bars[0] for group in chart.groups)

    assert (float(full.y), float(full.height)) == (TOP, BOTTOM - TOP)
    assert float(empty.height) == 0
    assert float(quarter.height) == (BOTTOM - TOP) / 4
    assert float(quarter.y) + float(quarter.height) == BOTTOM


def test_what_lies_outside_is_drawn_to_the_edge():
    low, high = bar_chart(["a"], [[-5, 500]], highest=100).groups[0].bars

    assert float(low.height) == 0
    assert float(high.y) == TOP


def test_bars_stay_inside_and_apart():
    chart = bar_chart([str(n) for n in range(10)], [[1, 2]] * 10, highest=4)
    bars = [bar for group in chart.groups for bar in group.bars]
    ends = [(float(bar.x), float(bar.x) + float(bar.width)) for bar in bars]

    assert ends == sorted(ends)
    assert all(one[1] < other[0] for one, other in pairwise(ends))
    assert ends[0][0] >= LEFT
    assert ends[-1][1] <= RIGHT


def test_what_is_not_known_keeps_its_place():
    bars = bar_chart(["a"], [[None, 50]], highest=100).groups[0].bars

    assert [bar.value for bar in bars] == [None, 50]
    assert float(bars[0].height) == 0


def test_the_grid_names_quarters_of_the_scale():
    chart = bar_chart(["a"], [[1]], highest=80)

    assert [line.value for line in chart.grid] == [0, 20, 40, 60, 80]


@every_case(
    ("value", "scale"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (79, 80), (81, 200)]
)
def test_a_scale_has_whole_quarters(value, scale):
    assert round_scale(value) == scale
    assert (scale / 4).is_integer()


@every_case(("labels", "highest"), [([], 100), (["a"], 0)])
def test_a_chart_of_nothing_is_refused(labels, highest):
    with pytest.raises(ValueError, match="scale"):
        bar_chart(labels, [[1]] * len(labels), highest=highest)
