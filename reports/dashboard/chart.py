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


@dataclass(frozen=True)
class Chart:
    """A line through the shares; every number is text, ready for an attribute."""

    grid: tuple[GridLine, ...]
    line: str
    area: str
    point_x: str
    point_y: str
    label_x: str
    label_y: str
    note_y: str
    axis_x: str
    month_x: tuple[str, ...]


def share_chart(shares: Sequence[float]) -> Chart:
    """Return the chart of the shares (0 to 100) of January and the months after it.

    The year is as wide as the chart, so the line grows through it. Raises
    ``ValueError`` without any month or with more than twelve.
    """
    if not 1 <= len(shares) <= MONTHS:
        msg = f"A year has no {len(shares)} months."
        raise ValueError(msg)
    highest = _highest(max(shares))
    frame = ChartFrame(LEFT, RIGHT, TOP, BOTTOM, highest)
    months = [_month_x(month) for month in range(MONTHS)]
    points = [
        f"{svg_number(x)} {svg_number(frame.y_of(share))}"
        for x, share in zip(months, shares, strict=False)
    ]
    line = "M" + "L".join(points)
    last_x, last_y = months[len(shares) - 1], frame.y_of(shares[-1])
    return Chart(
        grid=tuple(frame.grid_line(percent) for percent in _percents(highest)),
        line=line,
        area=f"{line}L{svg_number(last_x)} {BOTTOM}L{LEFT} {BOTTOM}Z",
        point_x=svg_number(last_x),
        point_y=svg_number(last_y),
        label_x=svg_number(last_x + _LABEL_GAP),
        label_y=svg_number(min(last_y + 3, BOTTOM - 16)),
        note_y=svg_number(min(last_y + 23, BOTTOM + 4)),
        axis_x=frame.axis_x,
        month_x=tuple(svg_number(x) for x in months),
    )


def _highest(share: float) -> int:
    """Return the first multiple of 20 that the shares fit under, at least 20."""
    steps = -(-max(share, 1) // _STEP)
    return min(int(steps) * _STEP, _WHOLE)


def _percents(highest: int) -> range:
    step = _STEP if highest > _STEP else _STEP // 4
    return range(highest, -1, -step)


def _month_x(month: int) -> float:
    return LEFT + (RIGHT - LEFT) * month / (MONTHS - 1)
