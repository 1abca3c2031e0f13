"""The columns of somebody's own table: what each is, and the page to say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import User
from lib.spreadsheets import column_letter
from quizzes.exchange.formats import COLUMN_LABELS, Arranged
from quizzes.selectors import remembered_columns

_LONGEST = 80


@dataclass(frozen=True)
class ColumnField:
    """A column to be named: its letter, its heading, what it is taken for."""

    number: int
    letter: str
    heading: str
    role: str
    examples: Sequence[str]

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"kolom-{self.number}"


@dataclass(frozen=True)
class ColumnsPage:
    """The table, its columns, its first rows by number, and what to choose from."""

    table: Arranged
    columns: Sequence[ColumnField]
    rows: Sequence[tuple[int, Sequence[str]]]
    roles: Sequence[tuple[str, str]]


def columns_for(person: User, table: Arranged) -> dict[str, Any] | None:
    """Return the layout that the person chose for tables with these headings.

    None where she never did, or where it does not fit: then she is asked.
    """
    rows = table.fingerprints
    found = remembered_columns(person, rows.keys())
    if found is None or len(found[1]) != len(table.headings):
        return None
    return {
        "sheet": table.grid.sheet,
        "header": rows[found[0]],
        "roles": found[1],
    }


def columns_page(table: Arranged) -> ColumnsPage:
    """Return the page on which the columns of a table are named."""
    rows = table.first_rows
    below = [cells for number, cells in rows if number > table.layout.header]
    columns = [
        ColumnField(
            at,
            column_letter(at),
            heading,
            table.layout.roles[at],
            [cells[at][:_LONGEST] for cells in below[:12] if cells[at]][:3],
        )
        for at, heading in enumerate(table.headings)
    ]
    shown = [(number, [cell[:_LONGEST] for cell in cells]) for number, cells in rows]
    return ColumnsPage(table, columns, shown[:12], list(COLUMN_LABELS.items()))


def layout_said(posted: QueryDict, table: Arranged) -> dict[str, Any]:
    """Return the layout that a form says.

    Another sheet is guessed anew, another row of headings gives other roles.
    """
    sheet = posted.get("lembar", table.grid.sheet)
    if sheet != table.grid.sheet:
        return {"sheet": sheet}
    header = posted.get("judul", "")
    row = int(header) if header.isdecimal() and len(header) < 7 else 0
    if row != table.layout.header:
        return {"sheet": sheet, "header": row}
    roles = [posted.get(f"kolom-{at}", "") for at in range(len(table.headings))]
    return {"sheet": sheet, "header": row, "roles": roles}


def is_whole(said: Mapping[str, Any]) -> bool:
    """Whether every column was named."""
    return "roles" in said
