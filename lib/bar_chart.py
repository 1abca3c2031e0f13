"""The geometry of bars beside each other, as text for an SVG. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.chart_frame import ChartFrame, GridLine, svg_number

WIDTH, HEIGHT = 520, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 508, 24, 212
GRID_LINES = 4
# Of the room of a group, what stays empty; and no bar is wider than this.
_GAP = 0.28
_WIDEST = 56


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
    frame = ChartFrame(LEFT, RIGHT, TOP, BOTTOM, highest)
    room = (RIGHT - LEFT) / len(labels)
    return BarChart(
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        axis_x=frame.axis_x,
        label_y=str(BOTTOM + 22),
        grid=tuple(
            frame.grid_line(highest * step / GRID_LINES)
            for step in range(GRID_LINES + 1)
        ),
        groups=tuple(
            BarGroup(
                label=label,
                label_x=svg_number(LEFT + room * (place + 0.5)),
                bars=_bars(row, LEFT + room * place, room, frame),
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
    row: Sequence[float | None], left: float, room: float, frame: ChartFrame
) -> tuple[Bar, ...]:
    width = min(room * (1 - _GAP) / len(row), _WIDEST)
    start = left + (room - width * len(row)) / 2
    return tuple(
        _bar(value, series, start + width * series, width, frame)
        for series, value in enumerate(row)
    )


def _bar(
    value: float | None, series: int, x: float, width: float, frame: ChartFrame
) -> Bar:
    y = frame.y_of(value or 0)
    return Bar(
        value=value,
        series=series,
        x=svg_number(x + 1),
        y=svg_number(y),
        width=svg_number(width - 2),
        height=svg_number(BOTTOM - y),
        label_x=svg_number(x + width / 2),
        label_y=svg_number(y - 6),
    )
