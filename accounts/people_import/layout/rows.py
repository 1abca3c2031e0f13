"""Which rows of a sheet speak of people, and what is said of those that do not.

Left out, and told: repeated titles, the row that counts the columns, titles of
groups, sums, and what stands below the people to be signed. A row is left out only
where its column of numbers holds none; whatever is doubtful stays and is refused by
name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from accounts.people_import.columns import BY_TITLE
from accounts.people_import.findings import ImportRefused
from accounts.people_import.layout.guessing import (
    Arranged,
    cell_at,
    is_count,
    samples,
)
from accounts.people_import.layout.headings import key_of
from lib.spreadsheets import Table, TableRow, column_letter

_DIGITS = 9
_FEW = 2
_TOLD = 6
_SUM = re.compile(r"(?:sub\s*|grand\s*)?(?:jumlah|total)\b|rekapitulasi\b", re.I)
_SIGNED = re.compile(
    r"\b(?:mengetahui|mengesahkan|menyetujui|disahkan|dibuat|disusun|diperiksa|dicetak"
    r"|a\.?n\.|plt\.|plh\.|kepala|sekretaris|camat|lurah|bupati|wali\s?kota|gubernur"
    r"|keterangan|catatan|sumber|ttd|nip\s*[.:])|^nip\b|^\*",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(r"[A-Z][\w .]+, *(?:\d{1,2}|[.…_ ]+) *[A-Za-z]+ *\d{4}")


@dataclass(slots=True)
class _Skipped:
    """Rows that are left out, by why."""

    by_reason: dict[str, list[int]] = field(default_factory=dict)

    def note(self, reason: str, row: int) -> None:
        self.by_reason.setdefault(reason, []).append(row)

    def notes(self) -> Iterator[str]:
        for reason, rows in self.by_reason.items():
            yield f"Dilewati, {reason}: baris {runs_of(rows)}."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand that tell a person; None where one is not there."""

    nip: int | None
    nama: int | None
    unit: int | None
    mapped: tuple[int, ...]

    def says(self, row: TableRow, at: int | None) -> str:
        return cell_at(row, at) if at is not None else ""

    def has_number(self, row: TableRow) -> bool:
        """Whether a row has a number where those of people stand."""
        number = self.says(row, self.nip)
        return _digits(number) >= _DIGITS and not re.match(r"nip\b", number, re.I)

    def is_about(self, row: TableRow) -> bool:
        """Whether a row has a number, or speaks of a unit alone."""
        if self.has_number(row):
            return True
        unit = self.says(row, self.unit)
        return bool(unit) and not _is_apart(unit) and self.count(row) > 1

    def count(self, row: TableRow) -> int:
        return sum(bool(cell_at(row, at)) for at in self.mapped)


def table_of(arranged: Arranged) -> tuple[Table, list[str]]:
    """Return the rows below the titles under titles of ours, and what was left out.

    Columns that are ignored have no title. Raises `ImportRefused` where a row of a CSV
    is wider than its titles: there a value has slipped into the next column.
    """
    columns = _columns(arranged)
    last = arranged.layout.header + arranged.layout.height - 1
    rows = [row for row in arranged.grid.rows if row.number > last]
    skipped = _Skipped()
    kept = list(_people(rows, arranged, columns, skipped))
    if not arranged.grid.sheet:
        _check_widths(kept, arranged)
    width = len(arranged.headings)
    lines = tuple(
        TableRow(
            row.number,
            tuple(cell_at(row, at) for at in range(width)),
            row.faults,
            row.typed,
        )
        for row in kept
    )
    table = Table(arranged.layout.roles, lines, arranged.grid.sheet)
    return table, [*_about(arranged), *skipped.notes()]


def _columns(arranged: Arranged) -> _Columns:
    roles = arranged.layout.roles

    def at(title: str) -> int | None:
        return roles.index(title) if title in roles else None

    mapped = tuple(place for place, role in enumerate(roles) if role)
    return _Columns(at("nip"), at("nama"), at("unit_kode"), mapped)


def _people(
    rows: Sequence[TableRow], arranged: Arranged, columns: _Columns, skipped: _Skipped
) -> Iterator[TableRow]:
    """Yield the rows that speak of people; note the others."""
    about = (at + 1 for at, row in enumerate(rows) if columns.is_about(row))
    end = max(about, default=0)
    has_begun = False
    for at, row in enumerate(rows):
        reason = _reason(row, arranged, columns)
        if at >= end and reason != "jumlah":
            # Below the last person: what is there to be signed, and notes.
            has_begun = has_begun or _is_apart_in(row)
            if has_begun and columns.count(row) <= _FEW:
                reason = "catatan atau tanda tangan"
        if reason:
            skipped.note(reason, row.number)
        else:
            yield row


def _reason(row: TableRow, arranged: Arranged, columns: _Columns) -> str:
    """Return why a row is no person; "" where it may be one."""
    if columns.has_number(row) or any(at in row.faults for at in columns.mapped):
        return ""
    if columns.count(row) == 0 and not _is_apart_in(row):
        return "tanpa isi di kolom yang dibaca"
    if is_count(row):
        return "nomor kolom"
    same = sum(
        bool(heading) and key_of(cell_at(row, at)) == key_of(heading)
        for at, heading in enumerate(arranged.headings)
    )
    if same > _FEW:
        return "judul kolom yang berulang"
    if columns.is_about(row):
        return ""
    filled = [at for at, cell in enumerate(row.cells) if cell]
    if _SUM.match(row.cells[filled[0]]):
        return "jumlah"
    is_group = len(filled) == 1 and filled[0] not in {columns.nip, columns.nama}
    is_spanned = any(
        first == row.number and right - left >= _FEW
        for first, left, _last, right in arranged.grid.merged
    )
    if (is_group or (len(filled) == 1 and is_spanned)) and not _is_apart_in(row):
        return "judul kelompok"
    return ""


def _is_apart_in(row: TableRow) -> bool:
    return any(_is_apart(cell) for cell in row.cells if cell)


def _is_apart(cell: str) -> bool:
    """Whether a cell is part of a signature, a note, or a place and day."""
    return bool(_SIGNED.search(cell) or _PLACE_AND_DAY.match(cell))


def _digits(cell: str) -> int:
    return sum(sign.isdigit() for sign in cell)


def _check_widths(rows: Iterable[TableRow], arranged: Arranged) -> None:
    titles = [at for at, heading in enumerate(arranged.headings) if heading]
    for row in rows:
        if titles and len(row.cells) > titles[-1] + 1:
            raise ImportRefused(
                "BARIS_TERLALU_LEBAR",
                f"Baris {row.number} berisi lebih banyak kolom daripada judulnya. "
                "Periksa tanda pemisah di dalam isian, atau lengkapi judul kolom.",
            )


def _about(arranged: Arranged) -> Iterator[str]:
    """Yield what is to be known of the sheet that is read."""
    grid, layout = arranged.grid, arranged.layout
    if grid.other_sheets:
        others = ", ".join(f"“{name[:40]}”" for name in grid.other_sheets[:_TOLD])
        yield f"Yang dibaca lembar “{grid.sheet[:40]}”, tidak {others}."
    if layout.header > 1 or layout.height > 1:
        titles = range(layout.header, layout.header + layout.height)
        yield f"Judul kolom diambil dari baris {runs_of(titles)}."
    shown = {row.number for row in grid.rows if row.number > layout.header}
    hidden = [
        row
        for first, last in grid.hidden_rows
        for row in range(first, min(last, max(shown, default=0)) + 1)
        if row in shown
    ]
    if hidden:
        yield (
            f"Baris tersembunyi ikut dibaca: {runs_of(hidden)}. Hapus dari berkas bila "
            "tidak dimaksudkan."
        )
    places = [
        f"{column_letter(at)} ({layout.roles[at]})"
        for first, last in grid.hidden_columns
        for at in range(first - 1, min(last, len(layout.roles)))
        if layout.roles[at] in BY_TITLE and any(samples(arranged, at, 1))
    ]
    if places:
        yield f"Kolom tersembunyi ikut dibaca: {', '.join(places)}."


def runs_of(rows: Iterable[int]) -> str:
    """Return numbers as people write them: `4–9, 12`; of many the first and a count."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][1] + 1 == row:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    words = [str(a) if a == b else f"{a}–{b}" for a, b in runs]
    more = len(words) - _TOLD
    return ", ".join(words[:_TOLD]) + (f" dan {more} tempat lain" if more > 0 else "")
