"""The geometry of the dashboard's chart: shares by month as a line. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.chart_frame import ChartFrame, GridLine, svg_number

# Wide enough on the left for "100%" in the larger letters of a phone.
LEFT, RIGHT, TOP, BOTTOM = 56, 404, 20, 220
MONTHS = 12
_STEP = 20
_WHOLE = 100
_LABEL_GAP = 14
_LABEL_HEIGHT = 20


@dataclass(frozen=True)
class Chart:
    """A line through the shares; every number is text, ready for an attribute."""

    grid: tuple[GridLine, ...]
    line: str
    area: str
    goal: str
    goal_share: float
    goal_y: str
    goal_note_y: str
    point_x: str
    point_y: str
    label_x: str
    label_y: str
    note_y: str
    axis_x: str
    month_x: tuple[str, ...]


def share_chart(shares: Sequence[float], *, goal: float = 0) -> Chart:
    """Return the chart of the shares (0 to 100) of January and the months after it.

    The year is as wide as the chart, so the line grows through it. The straight way
    to `goal`, the share of the year's end, stands beside it as far as the months go; 0
    draws none. Raises ``ValueError`` without any month or with more than twelve.
    """
    if not 1 <= len(shares) <= MONTHS:
        msg = f"A year has no {len(shares)} months."
        raise ValueError(msg)
    goal_share = goal * len(shares) / MONTHS
    highest = _highest(max(*shares, goal_share))
    frame = ChartFrame(LEFT, RIGHT, TOP, BOTTOM, highest)
    months = [_month_x(month) for month in range(MONTHS)]
    points = [
        f"{svg_number(x)} {svg_number(frame.y_of(share))}"
        for x, share in zip(months, shares, strict=False)
    ]
    line = "M" + "L".join(points)
    last_x, last_y = months[len(shares) - 1], frame.y_of(shares[-1])
    goal_y = frame.y_of(goal_share)
    label, goal_label = _apart(last_y + 3, goal_y + 3) if goal else (last_y + 3, 0)
    label = min(label, BOTTOM - 16)
    return Chart(
        grid=tuple(frame.grid_line(percent) for percent in _percents(highest)),
        line=line,
        area=f"{line}L{svg_number(last_x)} {BOTTOM}L{LEFT} {BOTTOM}Z",
        goal=_goal_line(frame, goal, last_x, goal_y) if goal else "",
        goal_share=goal_share,
        goal_y=svg_number(goal_label),
        goal_note_y=svg_number(goal_label + _LABEL_HEIGHT),
        point_x=svg_number(last_x),
        point_y=svg_number(last_y),
        label_x=svg_number(last_x + _LABEL_GAP),
        label_y=svg_number(label),
        note_y=svg_number(label + _LABEL_HEIGHT),
        axis_x=frame.axis_x,
        month_x=tuple(svg_number(x) for x in months),
    )


def _goal_line(frame: ChartFrame, goal: float, x: float, y: float) -> str:
    """Return the way from the end of January on; alone in January it has no length."""
    first = svg_number(frame.y_of(goal / MONTHS))
    return f"M{LEFT} {first}L{svg_number(x)} {svg_number(y)}"


def _apart(one: float, other: float) -> tuple[float, float]:
    """Return where two labels of two lines stand, so that neither covers the other."""
    near = 2 * _LABEL_HEIGHT + 4
    if abs(one - other) >= near:
        return min(one, BOTTOM - 16), min(other, BOTTOM - 16)
    upper = min(max(min(one, other), TOP), BOTTOM - 16 - near)
    return (upper, upper + near) if one < other else (upper + near, upper)


def _highest(share: float) -> int:
    """Return the first multiple of 20 that the shares fit under, at least 20."""
    steps = -(-max(share, 1) // _STEP)
    return min(int(steps) * _STEP, _WHOLE)


def _percents(highest: int) -> range:
    step = _STEP if highest > _STEP else _STEP // 4
    return range(highest, -1, -step)


def _month_x(month: int) -> float:
    return LEFT + (RIGHT - LEFT) * month / (MONTHS - 1)
