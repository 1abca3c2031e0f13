"""Tables of anybody's own layout: Excel and CSV.

Kahoot's workbook of a quiz and Quizizz' template are told by their headings alone;
answers to a quiz of Google Forms hold no options and are read from what people chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lib.spreadsheets import Grid
from quizzes.exchange.formats.exchange import Reading, UnreadableFile
from quizzes.exchange.formats.table.google_forms import is_answers, read_form_answers
from quizzes.exchange.formats.table.layout import (
    Layout,
    fingerprint,
    guess_layout,
    headings_of,
    layout_of,
    layout_problem,
    roles_of,
    width_of,
)
from quizzes.exchange.formats.table.reading import grid_of, read_by
from quizzes.exchange.formats.table.rows import cell_at

_SHOWN_ROWS = 40


@dataclass(frozen=True)
class Arranged:
    """A table with a layout to choose from: its columns, its first rows, its sheets.

    `problem` says why no question can be read by this layout, "" where one can.
    `fingerprint` tells tables of the same headings from others.
    """

    grid: Grid
    layout: Layout
    headings: Sequence[str]
    problem: str

    @property
    def sheets(self) -> list[str]:
        """Return the names of all sheets that hold anything, the chosen one first."""
        return [self.grid.sheet, *self.grid.other_sheets] if self.grid.sheet else []

    @property
    def fingerprint(self) -> str:
        """Return what tables of the same headings have in common."""
        return fingerprint(self.headings)

    @property
    def fingerprints(self) -> dict[str, int]:
        """Return by fingerprint the row of headings that each first row would be."""
        rows = [row.number for row in self.grid.rows[:_SHOWN_ROWS]]
        return {
            fingerprint(headings_of(self.grid, number)): number
            for number in reversed(rows)
        }

    @property
    def first_rows(self) -> list[tuple[int, list[str]]]:
        """Return the first rows, each as wide as the table, with their numbers."""
        width = width_of(self.grid)
        return [
            (row.number, [cell_at(row, at) for at in range(width)])
            for row in self.grid.rows[:_SHOWN_ROWS]
        ]


def arranged(data: bytes, said: Mapping[str, Any] | None) -> Arranged | None:
    """Return a table with its layout, as said or as guessed.

    A saying may leave out `roles`: those are guessed from its row of headings. None for
    answers of Google Forms, which have one layout. Raises UnreadableFile.
    """
    grid = grid_of(data, str((said or {}).get("sheet", "")))
    if is_answers(grid):
        return None
    layout = _layout(grid, said)
    return Arranged(
        grid, layout, headings_of(grid, layout.header), layout_problem(layout)
    )


def _layout(grid: Grid, said: Mapping[str, Any] | None) -> Layout:
    if said is None or "header" not in said:
        return guess_layout(grid)
    layout = layout_of({**said, "sheet": grid.sheet})
    if "roles" in said and len(layout.roles) == width_of(grid):
        return layout
    return Layout(grid.sheet, layout.header, roles_of(headings_of(grid, layout.header)))


def read(data: bytes, said: Mapping[str, Any] | None = None) -> Reading:
    """Return the questions of a table, by a layout or by what is guessed.

    Raises UnreadableFile.
    """
    grid = grid_of(data, str((said or {}).get("sheet", "")))
    if is_answers(grid):
        return read_form_answers(grid)
    layout = _layout(grid, said)
    if layout_problem(layout) and said is None:
        raise UnreadableFile(
            "Judul kolomnya tidak dikenali. Beri judul Soal, A, B, C, D, dan Kunci, "
            "lalu unggah lagi."
        )
    return read_by(grid, layout)
