"""Where the titles of a sheet stand, and what each of its columns is.

A layout is said in JSON: `sheet`, `header` (the row of titles, 0 where there is none),
`height` (how many rows they take), `roles` (by column a title of ours, "" for none).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from accounts.people_import.columns import BY_TITLE, COLUMNS
from accounts.people_import.layout.headings import column_of, key_of
from lib.spreadsheets import Grid, TableRow

FIRST_ROWS = 30
REQUIRED = tuple(column.title for column in COLUMNS if column.is_required)
_LEAST_KNOWN = 2
_A_NUMBER = re.compile(r"(?:\D*\d){15}")
# Titles above titles that say no more than that they are about a person.
_NEUTRAL = frozenset(
    map(
        key_of,
        (
            *("data pegawai", "pegawai", "identitas", "identitas pegawai", "asn"),
            *("data pribadi", "data kepegawaian", "data asn", "biodata", "data diri"),
            *("data utama", "kepegawaian", "data pokok", "pns"),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Layout:
    """See the head of this module."""

    sheet: str
    header: int
    height: int
    roles: tuple[str, ...]

    def said(self) -> dict[str, Any]:
        """Return it as a session and the database hold it."""
        return {
            "sheet": self.sheet,
            "header": self.header,
            "height": self.height,
            "roles": list(self.roles),
        }


@dataclass(frozen=True)
class Arranged:
    """A sheet with a layout; `headings` are its titles, one for each column.

    `clashing` are titles of ours that two columns claim alike.
    """

    grid: Grid
    layout: Layout
    headings: tuple[str, ...]
    clashing: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Return the required columns that no column of the sheet is."""
        return [title for title in REQUIRED if title not in self.layout.roles]

    @property
    def is_sure(self) -> bool:
        """Whether the sheet can be read without anybody being asked."""
        return not self.missing and not self.clashing

    @property
    def fingerprint(self) -> str:
        """Return what sheets of the same headings have in common."""
        return _fingerprint(self.headings)


def cell_at(row: TableRow, at: int) -> str:
    """Return a cell of a row of any length."""
    return row.cells[at] if at < len(row.cells) else ""


def width_of(grid: Grid) -> int:
    """Return how many columns the sheet has."""
    return max(len(row.cells) for row in grid.rows)


def arrange(grid: Grid, said: Mapping[str, Any] | None = None) -> Arranged:
    """Return the sheet with the layout that was said, or guessed where none was.

    What was said and does not fit the sheet is guessed anew, part by part.
    """
    said = said or {}
    header, height = _place_said(grid, said) or _guessed_place(grid)
    headings = headings_of(grid, header, height)
    guessed, clashing = _roles(headings)
    roles = said.get("roles")
    if roles is not None and len(roles) <= len(headings):
        guessed = [role if role in BY_TITLE else "" for role in roles]
        guessed += [""] * (len(headings) - len(roles))
        twice = Counter(role for role in guessed if role)
        clashing = [role for role, number in twice.items() if number > 1]
    return Arranged(
        grid,
        Layout(grid.sheet, header, height, tuple(guessed)),
        headings,
        tuple(clashing),
    )


def places(grid: Grid) -> dict[str, tuple[int, int]]:
    """Return by fingerprint the row and height of titles that each first row may be."""
    found: dict[str, tuple[int, int]] = {}
    width = width_of(grid)
    for row in grid.rows[:FIRST_ROWS]:
        for height in (1, 2):
            headings = headings_of(grid, row.number, height, width)
            found.setdefault(_fingerprint(headings), (row.number, height))
    return found


def headings_of(
    grid: Grid, header: int, height: int, width: int | None = None
) -> tuple[str, ...]:
    """Return one title for each column: two rows of titles are said as one."""
    rows = _first_rows(grid)
    width = width_of(grid) if width is None else width
    if header not in rows:
        return ("",) * width
    top = [_words(cell_at(rows[header], at)) for at in range(width)]
    below = rows.get(header + 1) if height > 1 else None
    if below is None:
        return tuple(top)
    sub = [_words(cell_at(below, at)) for at in range(width)]
    spread = _spread(grid, header, top, sub)
    return tuple(_joined(*pair) for pair in zip(spread, sub, strict=True))


def _first_rows(grid: Grid) -> dict[int, TableRow]:
    return {row.number: row for row in grid.rows[: FIRST_ROWS + 1]}


def _words(cell: str) -> str:
    return " ".join(cell.split())


def _joined(top: str, sub: str) -> str:
    if top and sub and key_of(top) in _NEUTRAL:
        return sub
    return f"{top} {sub}".strip()


def _spread(grid: Grid, header: int, top: list[str], sub: list[str]) -> list[str]:
    """Say a title above several columns of each of them."""
    spread = list(top)
    for first, left, _last, right in grid.merged:
        if first == header:
            for at in range(left, min(right, len(spread))):
                spread[at] = spread[at] or top[left - 1]
    if not grid.merged:
        for at in range(1, len(spread)):
            if not spread[at] and sub[at] and sub[at - 1]:
                spread[at] = spread[at - 1]
    return spread


def _place_said(grid: Grid, said: Mapping[str, Any]) -> tuple[int, int] | None:
    if said.get("sheet", grid.sheet) != grid.sheet or "header" not in said:
        return None
    header, height = said["header"], said.get("height") or _height_at(grid, said)
    is_there = any(row.number == header for row in grid.rows[:FIRST_ROWS])
    return (header, 2 if height == 2 else 1) if is_there else None


def _height_at(grid: Grid, said: Mapping[str, Any]) -> int:
    header = said["header"]
    both = [
        (_known(headings_of(grid, header, height)), -height)
        for height in _heights(grid, header)
    ]
    return -max(both)[1]


def _guessed_place(grid: Grid) -> tuple[int, int]:
    """Return where most titles are known; else the first row of several words."""
    best, found = _LEAST_KNOWN - 1, (0, 1)
    width = width_of(grid)
    for row in grid.rows[:FIRST_ROWS]:
        for height in _heights(grid, row.number):
            known = _known(headings_of(grid, row.number, height, width))
            if known > best:
                best, found = known, (row.number, height)
    if found[0]:
        return found
    widest = max(len(_filled(row)) for row in grid.rows[:FIRST_ROWS])
    for row in grid.rows[:FIRST_ROWS]:
        if len(_filled(row)) * 2 >= widest and not _has_number(row):
            return row.number, 1
    return grid.rows[0].number, 1


def _heights(grid: Grid, header: int) -> Sequence[int]:
    """Return how many rows the titles that begin here may take."""
    rows = _first_rows(grid)
    row, below = rows.get(header), rows.get(header + 1)
    if row is None or below is None or _has_number(below) or is_count(below):
        return (1,)
    return (2,) if _stands_under(grid, row, below) else (1, 2)


def _stands_under(grid: Grid, row: TableRow, below: TableRow) -> bool:
    """Whether a row only divides titles of the row above it."""
    spanned = {
        at
        for first, left, _last, right in grid.merged
        if first == row.number and right > left
        for at in range(left - 1, right)
    }
    filled = _filled(below)
    return bool(filled) and bool(spanned) and set(filled) <= spanned


def is_count(row: TableRow) -> bool:
    """Whether a row counts the columns: 1, 2, 3 or (1), (2), (3)."""
    signs = [re.sub(r"[()\s.]", "", row.cells[at]) for at in _filled(row)]
    numbers = [int(sign) for sign in signs if sign.isdecimal() and len(sign) < 4]
    return (
        len(numbers) == len(signs) > _LEAST_KNOWN
        and numbers[0] == 1
        and all(one < two for one, two in pairwise(numbers))
    )


def _filled(row: TableRow) -> list[int]:
    return [at for at, cell in enumerate(row.cells) if cell]


def _has_number(row: TableRow) -> bool:
    return any(_A_NUMBER.match(cell) for cell in row.cells)


def _known(headings: Sequence[str]) -> int:
    return len({found[0] for found in map(column_of, headings) if found})


def _roles(headings: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what each column is, the surest of several; and what stays open."""
    found = list(map(column_of, headings))
    best: dict[str, int] = {}
    for title, rank in filter(None, found):
        best[title] = min(best.get(title, rank), rank)
    surest = [one[0] if one and one[1] == best[one[0]] else "" for one in found]
    clashing = [title for title, number in Counter(surest).items() if number > 1]
    return surest, [title for title in clashing if title]


def _fingerprint(headings: Sequence[str]) -> str:
    """Return a hash of titles, whatever their capitals and spaces."""
    words = ["".join(re.findall(r"\w+", heading.casefold())) for heading in headings]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def samples(arranged: Arranged, at: int, most: int = 3) -> Iterator[str]:
    """Yield the first values of a column."""
    last = arranged.layout.header + arranged.layout.height - 1
    found = 0
    for row in arranged.grid.rows:
        cell = cell_at(row, at)
        if row.number > last and cell and not is_count(row):
            yield cell
            found += 1
            if found == most:
                return
