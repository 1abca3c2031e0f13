"""From an uploaded file to people and units, with one kind of refusal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import IO, Any

from accounts.people_import.findings import ImportRefused, placed
from accounts.people_import.layout.guessing import (
    REQUIRED,
    Arranged,
    arrange,
    width_of,
)
from accounts.people_import.layout.headings import key_of
from accounts.people_import.layout.rows import table_of
from accounts.people_import.sheet import PeopleSheet, Source, read_people
from lib.spreadsheets import (
    Grid,
    SpreadsheetProblem,
    TooManyRows,
    column_letter,
    read_grid,
)
from lib.spreadsheets.reading import MAX_ROWS

Said = Mapping[str, Any]
Recall = Callable[[Grid], Said | None]
"""Says how a sheet with these rows was laid out before, None where nobody knows."""

UNSURE = frozenset({"KOLOM_KURANG", "KOLOM_GANDA"})
"""Refusals of a sheet that can be read once somebody says what its columns are."""

TOO_LONG = "BERKAS_TERLALU_PANJANG"
"""Refuses a sheet of more rows than the caller takes."""

_MOST_SHEETS = 4
# Sheets that explain how to fill the others.
_GUIDES = frozenset(
    word
    for words in ("petunjuk panduan cara contoh referensi keterangan sampul cover",)
    for word in words.split()
)


def read_file(
    file: IO[bytes],
    filename: str,
    *,
    today: date,
    max_rows: int = MAX_ROWS,
    said: Said | None = None,
    recall: Recall | None = None,
) -> PeopleSheet:
    """Read a hostile XLSX or CSV; raises `ImportRefused` with what to do.

    `said` is what its columns are, else what `recall` remembers of sheets like it, else
    a guess. Problems of single cells are no refusal: they are in the sheet's findings.
    """
    arranged = arranged_file(
        file, filename, max_rows=max_rows, said=said, recall=recall
    )
    return people_of(arranged, today=today)


def arranged_file(
    file: IO[bytes],
    filename: str,
    *,
    max_rows: int = MAX_ROWS,
    said: Said | None = None,
    recall: Recall | None = None,
) -> Arranged:
    """Return the sheet of a file that holds people, with its columns.

    Of several sheets the first that can be read without asking, else the one with most
    columns of ours. Raises `ImportRefused`.
    """
    wished = str((said or {}).get("sheet", ""))
    arranged = _arranged(file, filename, wished, max_rows, said, recall)
    if arranged.is_sure and not _is_guide(arranged.grid.sheet):
        return arranged
    if said is None:
        others = [one for one in arranged.grid.other_sheets if not _is_guide(one)]
        for name in others[:_MOST_SHEETS]:
            file.seek(0)
            other = _arranged(file, filename, name, max_rows, None, recall)
            if _worth(other) > _worth(arranged):
                arranged = other
            if arranged.is_sure:
                break
    return arranged


def _arranged(
    file: IO[bytes],
    filename: str,
    sheet: str,
    max_rows: int,
    said: Said | None,
    recall: Recall | None,
) -> Arranged:
    try:
        grid = read_grid(
            file, filename, sheet=sheet, max_rows=max_rows, takes_formulas=True
        )
    except TooManyRows as problem:
        raise ImportRefused(TOO_LONG, str(problem)) from problem
    except SpreadsheetProblem as problem:
        raise ImportRefused("BERKAS_TIDAK_TERBACA", str(problem)) from problem
    if said is None and recall is not None:
        said = recall(grid)
    return arrange(grid, said)


def _is_guide(sheet: str) -> bool:
    return bool(key_of(sheet) & _GUIDES)


def _worth(arranged: Arranged) -> tuple[bool, bool, int]:
    roles = set(arranged.layout.roles) - {""}
    return arranged.is_sure, not _is_guide(arranged.grid.sheet), len(roles)


def can_be_named(arranged: Arranged) -> bool:
    """Whether the sheet has as many columns as are required: then HR may say which."""
    return width_of(arranged.grid) >= len(REQUIRED)


def people_of(arranged: Arranged, *, today: date) -> PeopleSheet:
    """Read the rows of a sheet whose columns are known. Raises `ImportRefused`."""
    if arranged.clashing:
        raise ImportRefused(
            "KOLOM_GANDA",
            f"Kolom {', '.join(arranged.clashing)} ada dua. Pilih salah satunya, atau "
            "hapus yang lain, lalu unggah lagi.",
        )
    if arranged.missing:
        raise ImportRefused(
            "KOLOM_KURANG",
            f"Kolom yang wajib belum ada: {', '.join(arranged.missing)}. Pilih "
            "kolomnya, atau tambahkan judulnya, atau pakai templat.",
        )
    table, notes = table_of(arranged)
    if not table.rows:
        raise ImportRefused(
            "BERKAS_KOSONG",
            "Berkas ini belum berisi baris pegawai. Isi di bawah judul kolom, lalu "
            "unggah lagi.",
        )
    sheet = read_people(table, today=today)
    roles = arranged.layout.roles
    places = {role: _place(arranged, at) for at, role in enumerate(roles) if role}
    source = Source(
        sheet=arranged.grid.sheet,
        notes=tuple(notes),
        places=places,
        cells={
            row.number: {role: row.cells[at] for at, role in enumerate(roles) if role}
            for row in table.rows
        },
    )
    ignored = [
        heading
        for heading, role in zip(arranged.headings, roles, strict=True)
        if heading and not role
    ]
    return replace(
        sheet,
        source=source,
        ignored_columns=tuple(ignored),
        findings=placed(sheet.findings, places),
    )


def _place(arranged: Arranged, at: int) -> str:
    """Return letter and heading of a column; "" where it is titled as in our file."""
    heading = arranged.headings[at]
    if heading.strip(" *").lower() == arranged.layout.roles[at]:
        return ""
    return f"{column_letter(at)}, {heading}" if heading else column_letter(at)
