"""The page between upload and preview: what each column of a sheet is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.people_import.columns import BY_TITLE, COLUMNS
from accounts.people_import.layout.guessing import (
    FIRST_ROWS,
    REQUIRED,
    Arranged,
    cell_at,
    samples,
)
from lib.spreadsheets import column_letter

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column: its letter, its heading, three values, what it is taken for."""

    name: str
    letter: str
    heading: str
    role: str
    samples: Sequence[str]


@dataclass(frozen=True, slots=True)
class RequiredColumn:
    """A column that must be there, and whether one of the sheet is it."""

    label: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class SheetColumnsPage:
    """The columns of a sheet, what they may be, and where its titles stand."""

    arranged: Arranged
    columns: Sequence[NamedColumn]
    choices: Sequence[tuple[str, str]]
    required: Sequence[RequiredColumn]
    clashing: Sequence[str]
    first_rows: Sequence[tuple[int, str]]
    sheets: Sequence[str]


def sheet_columns_page(arranged: Arranged) -> SheetColumnsPage:
    """Return the page for a sheet as it is laid out now."""
    grid, layout = arranged.grid, arranged.layout
    columns = [
        NamedColumn(
            f"kolom-{at}",
            column_letter(at),
            heading,
            layout.roles[at],
            [value[:_LONGEST] for value in samples(arranged, at)],
        )
        for at, heading in enumerate(arranged.headings)
    ]
    choices = [
        (one.title, _("%(label)s (wajib)") % {"label": one.label})
        if one.is_required
        else (one.title, one.label)
        for one in COLUMNS
    ]
    rows = [
        (row.number, " · ".join(cell_at(row, at) for at in range(8)).strip(" ·"))
        for row in grid.rows[:FIRST_ROWS]
    ]
    return SheetColumnsPage(
        arranged=arranged,
        columns=[one for one in columns if one.heading or one.samples or one.role],
        choices=choices,
        required=[
            RequiredColumn(BY_TITLE[title].label, title in layout.roles)
            for title in REQUIRED
        ],
        clashing=[BY_TITLE[title].label for title in arranged.clashing],
        first_rows=rows,
        sheets=[grid.sheet, *grid.other_sheets] if grid.sheet else [],
    )


def sheet_layout_said(
    posted: Mapping[str, str], arranged: Arranged
) -> tuple[dict[str, Any], bool]:
    """Return the layout that a form says, and whether its columns were named.

    Of another sheet, or below another row of titles, they are guessed anew.
    """
    layout = arranged.layout
    sheet = posted.get("lembar", layout.sheet)
    if sheet != layout.sheet:
        return {"sheet": sheet}, False
    header = posted.get("judul", "")
    row = int(header) if header.isdecimal() and len(header) < 7 else layout.header
    if row != layout.header:
        return {"sheet": sheet, "header": row}, False
    roles = [posted.get(f"kolom-{at}", "") for at in range(len(layout.roles))]
    return {**layout.said(), "roles": roles}, True
