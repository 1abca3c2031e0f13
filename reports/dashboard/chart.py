"""The geometry of the dashboard's chart: shares by month as a line. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass

# Wide enough on the left for "100%" in the larger letters of a phone.
LEFT, RIGHT, TOP, BOTTOM = 56, 404, 20, 220
AXIS_GAP = 8
MONTHS = 12
_STEP = 20
_WHOLE = 100
_LABEL_GAP = 14


@dataclass(frozen=True)
class GridLine:
    """A horizontal line: its path, the place of its label, and the percent it is at."""

    path: str
    label_y: str
    percent: int


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
    months = [_month_x(month) for month in range(MONTHS)]
    points = [
        f"{_text(x)} {_text(_y(share, highest))}"
        for x, share in zip(months, shares, strict=False)
    ]
    line = "M" + "L".join(points)
    last_x, last_y = months[len(shares) - 1], _y(shares[-1], highest)
    return Chart(
        grid=tuple(_grid_line(percent, highest) for percent in _percents(highest)),
        line=line,
        area=f"{line}L{_text(last_x)} {BOTTOM}L{LEFT} {BOTTOM}Z",
        point_x=_text(last_x),
        point_y=_text(last_y),
        label_x=_text(last_x + _LABEL_GAP),
        label_y=_text(min(last_y + 3, BOTTOM - 16)),
        note_y=_text(min(last_y + 23, BOTTOM + 4)),
        axis_x=str(LEFT - AXIS_GAP),
        month_x=tuple(_text(x) for x in months),
    )


def _highest(share: float) -> int:
    """Return the first multiple of 20 that the shares fit under, at least 20."""
    steps = -(-max(share, 1) // _STEP)
    return min(int(steps) * _STEP, _WHOLE)


def _percents(highest: int) -> range:
    step = _STEP if highest > _STEP else _STEP // 4
    return range(highest, -1, -step)


def _grid_line(percent: int, highest: int) -> GridLine:
    y = _y(percent, highest)
    return GridLine(f"M{LEFT} {_text(y)}H{RIGHT}", _text(y + 4), percent)


def _month_x(month: int) -> float:
    return LEFT + (RIGHT - LEFT) * month / (MONTHS - 1)


def _y(share: float, highest: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * share / highest


def _text(number: float) -> str:
    return f"{round(number, 1):g}"
