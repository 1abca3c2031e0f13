"""Tables to XLSX, for people, and to CSV, for other systems.

XLSX is what HR opens: Excel rounds the eighteen digits of a NIP in any CSV. It is
written row by row, so that memory does not grow with the rows.
"""

import csv
import functools
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from lib.spreadsheets.columns import (
    Cell,
    Column,
    Kind,
    Sheet,
    cell_of,
    check_columns,
)
from lib.spreadsheets.problems import SpreadsheetProblem

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_XLSX_ROWS = 1_048_575
"""Below the header."""

_FORMATS: dict[Kind, str] = {
    # "@" keeps digits text when somebody edits the cell.
    "text": "@",
    "integer": "0",
    "decimal": "0.00",
    "date": "dd-mm-yyyy",
    "datetime": "dd-mm-yyyy hh:mm",
}
# A cell of a CSV that starts with one of these may be run as a formula by the
# program that opens it (OWASP, "CSV Injection").
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_xlsx(
    target: Path | str | IO[bytes], *, sheets: Sequence[Sheet], zone: tzinfo = UTC
) -> None:
    """Write a workbook of one or more sheets to a path or a binary buffer.

    Every sheet has a bold header that stays in view and a filter. Text is text
    whatever it starts with, also a NIP or "=1+1"; dates are dates, and moments are
    those of ``zone``. Raises ``SpreadsheetProblem`` when a sheet has more rows than
    a file can hold, ``ValueError`` for a value that is not of its column's kind,
    ``OSError`` where the disk takes no more.
    After an error the target is as it was before. Takes about as much memory for
    a million rows as for one, and disk for the file.
    """
    for sheet in sheets:
        check_columns(sheet.columns)
    if isinstance(target, str | Path):
        part = Path(f"{target}.{os.getpid()}.part")
        try:
            _write(part, sheets, zone)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    else:
        # By way of a file: the fast writer gathers a buffer's content in memory.
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder, "workbook.xlsx")
            _write(whole, sheets, zone)
            with whole.open("rb") as content:
                shutil.copyfileobj(content, target)


@functools.cache
def fast_writer() -> ModuleType | None:
    """Return rustpy-xlsxwriter, or None where it has no wheel for this platform."""
    try:
        return importlib.import_module("rustpy_xlsxwriter")
    except ImportError:
        return None


def _write(path: Path, sheets: Sequence[Sheet], zone: tzinfo) -> None:
    writer = fast_writer()
    if writer is None:
        write_slowly(path, sheets, zone)
        return
    try:
        write_fast(writer, path, sheets, zone)
    except BaseException as error:
        # The writer panics where the disk is full; a panic of Rust is no Exception,
        # and would end the whole process that made the file.
        if type(error).__name__ != "PanicException":
            raise
        raise OSError(f"The workbook could not be written: {error}") from error


def write_fast(
    writer: ModuleType, path: Path, sheets: Sequence[Sheet], zone: tzinfo
) -> None:
    """Write with rustpy-xlsxwriter, which takes rows as dictionaries."""
    bold = writer.Format().set_bold()
    formats = {
        kind: writer.Format().set_num_format(pattern)
        for kind, pattern in _FORMATS.items()
    }
    by_name = {sheet.name: sheet.columns for sheet in sheets}
    writer.write_worksheets(
        [(sheet.name, _records(sheet, zone)) for sheet in sheets],
        path,
        freeze_panes={"general": {"row": 1, "col": 0}},
        autofilter=dict.fromkeys(by_name, True),
        header_format=dict.fromkeys(by_name, bold),
        column_widths={
            name: {column.title: column.width for column in columns}
            for name, columns in by_name.items()
        },
        column_formats={
            name: {column.title: formats[column.kind] for column in columns}
            for name, columns in by_name.items()
        },
        ignore_errors={
            name: [column.title for column in columns if column.kind == "text"]
            for name, columns in by_name.items()
        },
    )


def _records(sheet: Sheet, zone: tzinfo) -> Iterator[dict[str, Cell]]:
    """Yield rows by title; without rows an empty one, which brings the header."""
    titles = [column.title for column in sheet.columns]
    is_empty = True
    for cells in _cells(sheet, zone):
        is_empty = False
        yield dict(zip(titles, cells, strict=True))
    if is_empty:
        yield dict.fromkeys(titles)


def _cells(sheet: Sheet, zone: tzinfo) -> Iterator[list[Cell]]:
    kinds = [column.kind for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=1):
        if number > MAX_XLSX_ROWS:
            raise SpreadsheetProblem(
                f"Lembar “{sheet.name}” melebihi 1.048.575 baris.",
                "Saring menurut unit kerja, lalu unduh beberapa berkas.",
            )
        pairs = zip(row, kinds, strict=True)
        yield [cell_of(value, kind, zone) for value, kind in pairs]


def write_slowly(path: Path, sheets: Sequence[Sheet], zone: tzinfo) -> None:
    """Write the same with XlsxWriter, where the fast writer has no wheel."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True})
        formats = {
            kind: workbook.add_format({"num_format": pattern})
            for kind, pattern in _FORMATS.items()
        }
        for sheet in sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            worksheet.freeze_panes(1, 0)
            for at, column in enumerate(sheet.columns):
                worksheet.set_column(at, at, column.width, formats[column.kind])
                worksheet.write_string(0, at, column.title, bold)
            last = 1
            for last, cells in enumerate(_cells(sheet, zone), start=1):
                for at, cell in enumerate(cells):
                    _write_cell(worksheet, last, at, cell)
            end = (last, len(sheet.columns) - 1)
            worksheet.autofilter(0, 0, *end)
            area = xlsxwriter.utility.xl_range(1, 0, *end)
            worksheet.ignore_errors({"number_stored_as_text": area})


def _write_cell(worksheet: Any, row: int, at: int, cell: Cell) -> None:
    """Write by kind: the general ``write`` would take text for a formula."""
    if isinstance(cell, str):
        worksheet.write_string(row, at, cell)
    elif isinstance(cell, int | float):
        worksheet.write_number(row, at, cell)
    elif cell is not None:
        worksheet.write_datetime(row, at, cell)


def write_csv(
    stream: IO[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    delimiter: str = ";",
    zone: tzinfo = UTC,
) -> None:
    """Write rows for another system, one by one, to a text stream.

    Open the stream as UTF-8 with ``newline=""``. There is no byte order mark:
    programs trip over it, and people are given XLSX. Dates and moments are ISO
    8601, decimals have a point. Text that a spreadsheet might run as a formula is
    preceded by an apostrophe. Raises ``ValueError`` as ``write_xlsx`` does.
    """
    check_columns(columns)
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow([_harmless(column.title) for column in columns])
    for row in rows:
        pairs = zip(row, columns, strict=True)
        writer.writerow([_plain(value, column.kind, zone) for value, column in pairs])


def _plain(value: object, kind: Kind, zone: tzinfo) -> str:
    cell = cell_of(value, kind, zone)
    if cell is None:
        return ""
    if kind == "text":
        return _harmless(str(value))
    if kind == "datetime" and isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if kind == "decimal" and isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}"
    return str(value)


def _harmless(text: str) -> str:
    is_formula = text.lstrip(" \u00a0").startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text
