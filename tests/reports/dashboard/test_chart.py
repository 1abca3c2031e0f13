"""The chart's geometry: plain numbers in, places out."""

import pytest

from reports.dashboard.chart import BOTTOM, LEFT, RIGHT, TOP, share_chart


def test_line_begins_at_january_and_grows_through_the_year():
    chart = share_chart([0, 10, 20])

    assert chart.line.startswith(f"M{LEFT} {BOTTOM}L")
    assert chart.line.count("L") == 2
    assert float(chart.point_x) == pytest.approx(
        LEFT + 2 * (RIGHT - LEFT) / 11, abs=0.1
    )


def test_december_reaches_the_right_edge():
    chart = share_chart([0] * 11 + [55])

    assert chart.point_x == str(RIGHT)
    assert chart.month_x[-1] == str(RIGHT)


def test_a_single_month_is_a_point():
    chart = share_chart([12])

    assert chart.line == f"M{LEFT} {chart.point_y}"


@pytest.mark.parametrize(
    ("share", "percents"),
    [
        (0, [20, 15, 10, 5, 0]),
        (19.9, [20, 15, 10, 5, 0]),
        (20, [20, 15, 10, 5, 0]),
        (32, [40, 20, 0]),
        (60, [60, 40, 20, 0]),
        (100, [100, 80, 60, 40, 20, 0]),
    ],
)
def test_grid_ends_just_above_the_highest_share(share, percents):
    chart = share_chart([share])

    assert [line.value for line in chart.grid] == percents
    assert TOP <= float(chart.point_y) <= BOTTOM


def test_the_highest_percent_stands_at_the_top_and_nothing_at_the_bottom():
    chart = share_chart([20])

    assert chart.grid[0].path == f"M{LEFT} {TOP}H{RIGHT}"
    assert chart.grid[-1].path == f"M{LEFT} {BOTTOM}H{RIGHT}"
    assert chart.point_y == str(TOP)


def test_area_is_closed_on_the_ground():
    chart = share_chart([5, 15])

    assert chart.area.startswith(chart.line)
    assert chart.area.endswith(f"{BOTTOM}L{LEFT} {BOTTOM}Z")


def test_words_beside_a_low_point_stay_inside_the_picture():
    chart = share_chart([0])

    assert float(chart.label_y) < float(chart.note_y) <= BOTTOM + 4


@pytest.mark.parametrize("months", [0, 13])
def test_a_year_has_one_to_twelve_months(months):
    with pytest.raises(ValueError, match=f"no {months} months"):
        share_chart([0] * months)


def test_the_way_to_the_goal_ends_with_the_months_and_at_the_goal_in_december():
    june, december = share_chart([30] * 6, goal=50), share_chart([30] * 12, goal=50)

    assert june.goal_share == 25
    assert june.goal.split("L")[1].split()[0] == june.point_x
    assert december.goal_share == 50
    assert share_chart([30]).goal == ""


def test_labels_of_both_lines_never_cover_each_other():
    for goal in range(1, 101, 3):
        for share in range(0, 101, 7):
            chart = share_chart([share] * 11, goal=goal)
            places = sorted(
                float(place)
                for place in (
                    chart.label_y,
                    chart.note_y,
                    chart.goal_y,
                    chart.goal_note_y,
                )
            )
            assert places[0] >= 0, (goal, share)
            assert places[-1] <= BOTTOM + 4, (goal, share)
            assert places[2] - places[1] >= 18, (goal, share)
