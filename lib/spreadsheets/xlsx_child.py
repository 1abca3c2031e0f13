"""Reads one XLSX from standard input in a process of its own.

A workbook of a few kilobytes can name cells so far apart, or repeat a text so
often, that reading it needs more memory than there is; the reader then ends its
process. Therefore this one has limits and nothing to lose, and knows nothing of
the site: it is started by ``lib.spreadsheets.reading`` as a script.

Writes a line of JSON for the name of the sheet, then one for each row that is not
empty: its number from 1 and its cells as text. Exit code 0: read; any other: not.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

# From here on a double no longer holds every whole number.
_ROUNDED = 1e15

Value = float | str | bool | date | datetime | time | timedelta


def limit(memory: int, seconds: int, output: int) -> None:
    """Bound what this process may use: bytes, seconds of work, bytes written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def text_of(value: Value) -> str:
    """Return a cell as it is meant: whole numbers plain, dates as ISO 8601.

    A number too long to have survived is written as ``1.990012E+17``, so that
    nobody takes the zeros at its end for digits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= _ROUNDED:
            return f"{value:E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def rows_of(workbook: CalamineWorkbook) -> Iterator[object]:
    """Yield the name of the first visible sheet that holds anything, and its rows."""
    for sheet in workbook.sheets_metadata:
        if (
            sheet.visible != SheetVisibleEnum.Visible
            or sheet.typ != SheetTypeEnum.WorkSheet
        ):
            continue
        rows = workbook.get_sheet_by_name(sheet.name).iter_rows()
        is_named = False
        for number, row in enumerate(rows, start=1):
            cells = [text_of(value) for value in row]
            if any(cells):
                if not is_named:
                    yield sheet.name
                    is_named = True
                yield [number, cells]
        if is_named:
            return


def main(most_rows: int, memory: int, seconds: int, output: int) -> None:
    """Read standard input and write at most so many rows."""
    limit(memory, seconds, output)
    workbook = load_workbook(BytesIO(sys.stdin.buffer.read()))
    for count, item in enumerate(rows_of(workbook)):
        sys.stdout.write(f"{json.dumps(item)}\n")
        if count >= most_rows:
            break


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
