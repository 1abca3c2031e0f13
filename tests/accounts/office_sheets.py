"""Sheets of people in the styles of offices, built for the tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter

from tests.accounts.people_sheets import nip_of

Cells = Sequence[object]


@dataclass
class Office:
    """A workbook while it is written; rows are counted from 1 as in Excel."""

    sheets: list[tuple[str, list[Cells]]] = field(default_factory=list)
    merges: list[tuple[str, str]] = field(default_factory=list)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()

    def content(self) -> bytes:
        """Return the workbook."""
        target = BytesIO()
        with xlsxwriter.Workbook(target) as book:
            for name, rows in self.sheets:
                _write(book.add_worksheet(name), rows)
            for name, place in self.merges:
                sheet = book.get_worksheet_by_name(name)
                first = place.split(":")[0]
                text = self._text(name, first)
                sheet.merge_range(place, text)
            last = book.get_worksheet_by_name(self.sheets[-1][0])
            for row in self.hidden_rows:
                last.set_row(row - 1, None, None, {"hidden": True})
            for column in self.hidden_columns:
                last.set_column(f"{column}:{column}", None, None, {"hidden": True})
        return target.getvalue()

    def _text(self, sheet: str, cell: str) -> str:
        rows = dict(self.sheets)[sheet]
        return str(rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")])


def _write(target: Any, rows: Sequence[Cells]) -> None:
    for at, cells in enumerate(rows):
        for place, value in enumerate(cells):
            if isinstance(value, int | float):
                target.write_number(at, place, value)
            elif value:
                target.write_string(at, place, str(value))


def sheet(name: str, *rows: Cells, **more: Any) -> bytes:
    """Return a workbook of one sheet."""
    return Office([(name, list(rows))], **more).content()


def csv(*rows: Cells, delimiter: str = ";") -> bytes:
    """Return a CSV."""
    lines = [delimiter.join(map(str, cells)) for cells in rows]
    return "\r\n".join(lines).encode()


NAMES = ("Sari Percobaan", "Budi Contoh", "Dewi Misal")
UNIT = ("seksi-uji", "Seksi Uji")


def people(*columns: str, count: int = 3, **fixed: object) -> list[list[object]]:
    """Return a row for each of some people; a column that is not fixed is by name."""
    rows = []
    for number in range(1, count + 1):
        known: dict[str, object] = {
            "no": number,
            "nip": nip_of(number),
            "nama": NAMES[(number - 1) % len(NAMES)],
            "status": "PNS",
            "kode": UNIT[0],
            "unit": UNIT[1],
            **fixed,
        }
        rows.append([known.get(column, "") for column in columns])
    return rows
