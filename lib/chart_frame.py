"""The frame of a drawn chart: its scale and its grid, as text for an SVG. Plain Python.

Every number is ready for an attribute: the content security policy allows no style,
so that places, widths and heights come from here.
"""

from dataclasses import dataclass

# What stands between the numbers of the axis and the grid.
AXIS_GAP = 8


@dataclass(frozen=True)
class GridLine:
    """A horizontal line: its path, where its label stands, and what it is at."""

    path: str
    label_y: str
    value: float


@dataclass(frozen=True)
class ChartFrame:
    """The room of a chart, and the value at its top; 0 is at its bottom."""

    left: int
    right: int
    top: int
    bottom: int
    highest: float

    @property
    def axis_x(self) -> str:
        """Where the numbers of the axis end."""
        return str(self.left - AXIS_GAP)

    def y_of(self, value: float) -> float:
        """Return how high a value stands; what lies outside stands on the edge."""
        inside = min(max(value, 0), self.highest)
        return self.bottom - (self.bottom - self.top) * inside / self.highest

    def grid_line(self, value: float) -> GridLine:
        """Return the line at a value."""
        y = self.y_of(value)
        path = f"M{self.left} {svg_number(y)}H{self.right}"
        return GridLine(path, svg_number(y + 4), round(value, 1))


def svg_number(number: float) -> str:
    """Return a number as an attribute holds it: one decimal at most, with a point."""
    return f"{round(number, 1):g}"
