"""The geometry of bars beside each other, as text for an SVG. Plain Python.

Every number is ready for an attribute: the content security policy allows no style,
so that widths and heights come from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 520, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 508, 24, 212
AXIS_GAP = 8
GRID_LINES = 4
# Of the room of a group, what stays empty; and no bar is wider than this.
_GAP = 0.28
_WIDEST = 56


@dataclass(frozen=True)
class GridLine:
    """A horizontal line: its path, where its label stands, and what it is at."""

    path: str
    label_y: str
    value: float


@dataclass(frozen=True)
class Bar:
    """A bar and the place of the number above it; `value` None draws nothing."""

    value: float | None
    series: int
    x: str
    y: str
    width: str
    height: str
    label_x: str
    label_y: str


@dataclass(frozen=True)
class BarGroup:
    """The bars of one label."""

    label: str
    label_x: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars over a grid; `label_y` is where the labels of the groups stand."""

    view_box: str
    axis_x: str
    label_y: str
    grid: tuple[GridLine, ...]
    groups: tuple[BarGroup, ...]


def bar_chart(
    labels: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    highest: float,
) -> BarChart:
    """Return the chart of `values`, a row of series for each label.

    Bars begin at 0 and end at `highest`; what lies outside is drawn to the edge.
    Raises ValueError without labels, or for a `highest` that is not positive.
    """
    if not labels or highest <= 0:
        raise ValueError("A chart needs a label and a scale.")
    room = (RIGHT - LEFT) / len(labels)
    return BarChart(
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        axis_x=str(LEFT - AXIS_GAP),
        label_y=str(BOTTOM + 22),
        grid=tuple(_grid_line(step, highest) for step in range(GRID_LINES + 1)),
        groups=tuple(
            BarGroup(
                label=label,
                label_x=_text(LEFT + room * (place + 0.5)),
                bars=_bars(row, LEFT + room * place, room, highest),
            )
            for place, (label, row) in enumerate(zip(labels, values, strict=True))
        ),
    )


def round_scale(value: float) -> float:
    """Return the end of an axis that a value fits under: 4, 8, 20, 40, 80, 200 …

    Its quarters, which the grid shows, are whole numbers.
    """
    scale = 4.0
    while scale < value:
        digits = f"{scale:.0f}"
        scale *= 2.5 if digits[0] == "8" else 2
    return scale


def _bars(
    row: Sequence[float | None], left: float, room: float, highest: float
) -> tuple[Bar, ...]:
    width = min(room * (1 - _GAP) / len(row), _WIDEST)
    start = left + (room - width * len(row)) / 2
    return tuple(
        _bar(value, series, start + width * series, width, highest)
        for series, value in enumerate(row)
    )


def _bar(
    value: float | None, series: int, x: float, width: float, highest: float
) -> Bar:
    y = _y(value or 0, highest)
    return Bar(
        value=value,
        series=series,
        x=_text(x + 1),
        y=_text(y),
        width=_text(width - 2),
        height=_text(BOTTOM - y),
        label_x=_text(x + width / 2),
        label_y=_text(y - 6),
    )


def _grid_line(step: int, highest: float) -> GridLine:
    value = highest * step / GRID_LINES
    y = _text(_y(value, highest))
    return GridLine(
        f"M{LEFT} {y}H{RIGHT}", _text(_y(value, highest) + 4), round(value, 1)
    )


def _y(value: float, highest: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(max(value, 0), highest) / highest


def _text(number: float) -> str:
    return f"{round(number, 1):g}"
