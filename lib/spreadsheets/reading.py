"""Tables that people upload: XLSX or CSV, hostile until they have been read."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, get_args

from lib.indonesian import format_bytes, format_number
from lib.spreadsheets.number_formats import CellKind, TypedCell, typed_cell
from lib.spreadsheets.problems import SpreadsheetProblem, TooManyRows

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_ZIP_MEMBERS = 1_000
MAX_COLUMNS = 200
MAX_ROWS = 100_000

_CHILD = Path(__file__).with_name("xlsx_child.py")
_CHILD_MEMORY = 800_000_000
_CHILD_SECONDS = 60
_CHILD_OUTPUT = 500_000_000
_CHILD_PATIENCE = 180
_CHILD_SAW_UNCERTAIN_ARRAY = 3
_CHILD_ENVIRONMENT = ("TMPDIR", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_XLSX_MEMBERS = {"[Content_Types].xml", "xl/workbook.xml"}
_HTML = re.compile(rb"\s*<", re.DOTALL)
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_DELIMITERS = ";,\t"
_FIRST_LINES, _FIRST_SIGNS = 20, 100_000
_SEPARATOR_LINE = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)

_SAVE_AS_XLSX = "Buka di Excel, simpan sebagai Buku Kerja Excel (.xlsx), lalu unggah."
# Why a cell of a workbook holds no value, by the kinds of `xlsx_child`.
_FAULTS = {
    "error": "Sel ini berisi galat Excel ({shown}). Perbaiki rumusnya, atau ganti "
    "dengan nilainya.",
    "uncalculated": "Rumus di sel ini belum dihitung. Buka berkasnya di Excel, simpan, "
    "lalu unggah lagi; atau ganti rumusnya dengan nilainya.",
    "formula": "Sel ini berisi rumus. Salin, lalu tempel sebagai nilai, agar jelas apa "
    "yang dibaca.",
}

_TYPES: Mapping[str, CellKind] = {kind: kind for kind in get_args(CellKind)}
_PICTURES = "xl/media/"
Merged = tuple[int, int, int, int]
HiddenRun = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number in the file, from 1, and a cell for each title.

    ``typed`` says by position, where types are told, which cells are no plain text.

    ``faults`` says by position which cells of a workbook hold no value although they
    are not empty, and what to do: errors such as ``#N/A`` and formulas that were never
    calculated. Such a cell must not be taken for an empty one; its text is what the
    sheet would show.
    """

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[int, TypedCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _RawRow:
    """A row as it came from the file."""

    number: int
    cells: list[str]
    faults: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[int, TypedCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _RawSheet:
    """A sheet as it came from the file."""

    name: str
    rows: list[_RawRow]
    others: tuple[str, ...] = ()
    has_pictures: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[HiddenRun, ...] = ()
    hidden_columns: tuple[HiddenRun, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands: its rows that are not empty, of any length, no titles.

    ``sheet`` is its name, "" for CSV, ``other_sheets`` are the visible ones that hold
    something. ``merged`` are cells that are one: first row and column, last row and
    column, from 1; the value stands in the first of them. Hidden rows and columns are
    read like the others; they are told as first and last, from 1.
    """

    rows: tuple[TableRow, ...]
    sheet: str
    other_sheets: tuple[str, ...] = ()
    has_pictures: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[HiddenRun, ...] = ()
    hidden_columns: tuple[HiddenRun, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What an uploaded file holds: titles, the rows that are not empty, the sheet.

    ``sheet`` is the name of the sheet that was read, "" for CSV. ``other_sheets`` are
    the visible ones that hold something and were not read, where types are told;
    ``has_pictures`` says that there are pictures, of which no cell knows.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sheet: str
    other_sheets: tuple[str, ...] = ()
    has_pictures: bool = False


def read_table(
    file: IO[bytes],
    filename: str,
    *,
    max_rows: int = MAX_ROWS,
    takes_formulas: bool = True,
    tells_types: bool = False,
) -> Table:
    """Read the first table of an uploaded XLSX or CSV; every cell is text.

    Of a workbook the first visible sheet that holds anything is read; the first
    row that is not empty is the header. Whole numbers are plain, dates ISO 8601; a
    number of more than fifteen digits comes as ``1.990012E+17``, since its digits
    are lost. Of a formula its stored result is read; without ``takes_formulas`` every
    formula is a fault of its cell. With ``tells_types`` every cell of a workbook that
    is no plain text is told, and a number reads as Excel shows it where that is sure
    (``5%``, ``007``), else as its value. CSV is UTF-8 or Windows-1252, with semicolons,
    commas or tabs.

    Raises ``SpreadsheetProblem`` for everything that keeps the table from being
    read whole: too large, of another type than its name or content says, locked,
    broken, titles twice or without a value, more cells than titles. The file is read
    in a process of its own with bounded memory, so that a hostile one cannot take the
    caller down.
    """
    with tempfile.TemporaryFile() as copy:
        _copy(file, copy)
        start = copy.read(4096)
        copy.seek(0)
        kind = _kind_of(start, filename)
        if kind == "csv":
            return _table(_RawSheet("", _read_csv(copy.read())), max_rows)
        has_pictures = _check_zip(copy)
        sheet = _read_xlsx(
            copy, max_rows, takes_formulas=takes_formulas, tells_types=tells_types
        )
        return _table(replace(sheet, has_pictures=has_pictures), max_rows)


def read_grid(
    file: IO[bytes],
    filename: str,
    *,
    sheet: str = "",
    max_rows: int = MAX_ROWS,
    takes_formulas: bool = False,
) -> Grid:
    """Read a sheet of an uploaded XLSX, or a CSV, whose titles may stand anywhere.

    `sheet` names the one to read, else it is the first visible one that holds anything.
    Types are told and formulas are faults, or are taken, as `read_table` does. Raises
    ``SpreadsheetProblem``, also for a sheet that is not there or too wide.
    """
    with tempfile.TemporaryFile() as copy:
        _copy(file, copy)
        start = copy.read(4096)
        copy.seek(0)
        if _kind_of(start, filename) == "csv":
            rows = _read_csv(copy.read(), looks_at=_FIRST_LINES)
            return _grid(_RawSheet("", rows), max_rows)
        has_pictures = _check_zip(copy)
        raw = _read_xlsx(
            copy,
            max_rows,
            takes_formulas=takes_formulas,
            tells_types=True,
            wished=sheet,
        )
        if sheet and raw.name != sheet:
            raise SpreadsheetProblem(
                f"Lembar “{sheet[:40]}” tidak ada atau kosong.", "Pilih lembar lain."
            )
        return _grid(replace(raw, has_pictures=has_pictures), max_rows)


def _grid(sheet: _RawSheet, max_rows: int) -> Grid:
    rows = [
        TableRow(row.number, tuple(row.cells), row.faults, row.typed)
        for row in _filled(sheet.rows)
    ]
    if not rows:
        raise SpreadsheetProblem("Berkas ini kosong.", "Pilih berkas yang berisi data.")
    if len(rows) > max_rows:
        raise TooManyRows(
            f"Berkas berisi lebih dari {format_number(max_rows)} baris.",
            "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
        )
    if max(len(row.cells) for row in rows) > MAX_COLUMNS:
        raise SpreadsheetProblem(
            f"Berkas berisi lebih dari {MAX_COLUMNS} kolom.",
            "Hapus kolom yang tidak diperlukan.",
        )
    return Grid(
        *(tuple(rows), sheet.name, sheet.others, sheet.has_pictures, sheet.merged),
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
    )


def _copy(file: IO[bytes], copy: IO[bytes]) -> None:
    """Take a bounded copy; what is too large is not read to its end."""
    size = 0
    while chunk := file.read(1 << 16):
        size += len(chunk)
        if size > MAX_BYTES:
            raise SpreadsheetProblem(
                f"Berkas lebih besar dari {format_bytes(MAX_BYTES)}.",
                "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
            )
        copy.write(chunk)
    if not size:
        raise SpreadsheetProblem("Berkas ini kosong.", "Pilih berkas yang berisi data.")
    copy.seek(0)


def _kind_of(start: bytes, filename: str) -> str:
    """Return "xlsx" or "csv" where name and content agree."""
    suffix = Path(filename).suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise SpreadsheetProblem(
            f"Jenis berkas {suffix or 'tanpa akhiran'} tidak dapat dibaca.",
            "Unggah berkas .xlsx atau .csv.",
        )
    if start.startswith(_OLE):
        raise SpreadsheetProblem(
            "Berkas ini berformat Excel lama atau dikunci dengan kata sandi.",
            f"Hapus kata sandinya. {_SAVE_AS_XLSX}",
        )
    is_zip = start.startswith(_ZIP)
    if is_zip != (suffix == ".xlsx") or _HTML.match(start) or start.startswith(b"%PDF"):
        raise SpreadsheetProblem(
            f"Isi berkas ini bukan {suffix[1:].upper()} walaupun namanya demikian.",
            _SAVE_AS_XLSX,
        )
    return suffix[1:]


def _check_zip(copy: IO[bytes]) -> bool:
    """Look at what the archive says of itself, before anything unpacks it.

    Return whether it holds pictures.
    """
    try:
        with zipfile.ZipFile(copy) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _unreadable() from error
    finally:
        copy.seek(0)
    if not {member.filename for member in members} >= _XLSX_MEMBERS:
        raise SpreadsheetProblem("Isi berkas ini bukan XLSX.", _SAVE_AS_XLSX)
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_ZIP_MEMBERS:
        raise SpreadsheetProblem(
            "Isi berkas ini terlalu besar setelah dibuka.",
            "Salin barisnya saja ke buku kerja baru, atau bagi menjadi beberapa.",
        )
    return any(member.filename.startswith(_PICTURES) for member in members)


def _read_xlsx(
    copy: IO[bytes],
    max_rows: int,
    *,
    takes_formulas: bool,
    tells_types: bool,
    wished: str = "",
) -> _RawSheet:
    with tempfile.TemporaryFile() as output:
        try:
            result = subprocess.run(  # noqa: S603 - our own script, no input in it
                [
                    *(sys.executable, "-I", str(_CHILD), str(max_rows + 2)),
                    *(str(_CHILD_MEMORY), str(_CHILD_SECONDS), str(_CHILD_OUTPUT)),
                    *(str(int(takes_formulas)), str(int(tells_types))),
                    wished,
                ],
                stdin=copy,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={
                    name: os.environ[name]
                    for name in _CHILD_ENVIRONMENT
                    if name in os.environ
                },
                timeout=_CHILD_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _unreadable() from error
        if result.returncode == _CHILD_SAW_UNCERTAIN_ARRAY:
            raise SpreadsheetProblem(
                "Berkas ini memuat rumus larik (array) tanpa hasil yang tersimpan.",
                "Salin selnya, tempel sebagai nilai, simpan, lalu unggah lagi.",
            )
        if result.returncode:
            raise _unreadable()
        output.seek(0)
        name, *lines = [json.loads(line) for line in output] or [""]
        about = lines.pop() if lines and isinstance(lines[-1], dict) else {}
        return _RawSheet(
            name,
            [_raw_row(*line) for line in lines],
            tuple(about.get("others", ())),
            merged=tuple(map(tuple, about.get("merged", ()))),
            hidden_rows=tuple(map(tuple, about.get("hidden", {}).get("rows", ()))),
            hidden_columns=tuple(
                map(tuple, about.get("hidden", {}).get("columns", ()))
            ),
        )


def _raw_row(number: int, cells: list[str], kinds: Mapping[str, str]) -> _RawRow:
    faults = {
        int(at): _FAULTS[kind].format(shown=cells[int(at)])
        for at, kind in kinds.items()
        if kind in _FAULTS
    }
    typed = {}
    for at, kind in kinds.items():
        if kind in _TYPES:
            cells[int(at)], typed[int(at)] = typed_cell(_TYPES[kind], cells[int(at)])
    return _RawRow(number, cells, faults, typed)


def _unreadable() -> SpreadsheetProblem:
    return SpreadsheetProblem(
        "Berkas ini tidak dapat dibaca.",
        "Salin barisnya ke buku kerja baru, simpan sebagai .xlsx, lalu unggah lagi.",
    )


def _read_csv(content: bytes, *, looks_at: int = 1) -> list[_RawRow]:
    text = _decode(content)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _delimiter_of(text, looks_at)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 2 if separator else 1
    rows: list[_RawRow] = []
    try:
        for number, cells in enumerate(reader, start=first):
            rows.append(_RawRow(number, cells))
    except csv.Error as error:
        raise SpreadsheetProblem(
            f"Tanda kutip pada baris {len(rows) + first} tidak berpasangan.",
            "Perbaiki baris itu, atau simpan datanya sebagai .xlsx.",
        ) from error
    return rows


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SpreadsheetProblem(
        "Huruf dalam berkas CSV ini tidak dikenal.",
        "Simpan dari Excel sebagai CSV UTF-8 atau sebagai .xlsx.",
    )


def _delimiter_of(text: str, looks_at: int) -> str:
    """Return what stands most often in one of the first lines, outside quotes.

    Where titles stand in the first line that is not empty, it alone is looked at.
    """
    start = re.sub('"[^"]*"', "", text.lstrip()[:_FIRST_SIGNS])
    lines = start.split("\n")[:looks_at]
    return max(_DELIMITERS, key=lambda sign: max(line.count(sign) for line in lines))


def _table(sheet: _RawSheet, max_rows: int) -> Table:
    filled = _filled(sheet.rows)
    titles = next(filled, _RawRow(0, []))
    header = tuple(" ".join(title.split()) for title in titles.cells)
    _check_header(header, titles.faults)
    read: list[TableRow] = []
    for row in filled:
        if len(read) == max_rows:
            raise SpreadsheetProblem(
                f"Berkas berisi lebih dari {format_number(max_rows)} baris.",
                "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
            )
        if len(row.cells) > len(header):
            raise SpreadsheetProblem(
                f"Baris {row.number} berisi lebih banyak kolom daripada judulnya.",
                "Periksa tanda pemisah di dalam isian, atau lengkapi judul kolom.",
            )
        blanks = [""] * (len(header) - len(row.cells))
        cells = tuple(row.cells + blanks)
        read.append(TableRow(row.number, cells, row.faults, row.typed))
    return Table(header, tuple(read), sheet.name, sheet.others, sheet.has_pictures)


def _filled(rows: Iterable[_RawRow]) -> Iterator[_RawRow]:
    """Yield the rows that hold anything, cleaned, without empty cells at the end."""
    for row in rows:
        clean = [_UNWANTED.sub("", cell).strip() for cell in row.cells]
        while clean and not clean[-1]:
            clean.pop()
        if clean:
            yield replace(row, cells=clean)


def _check_header(header: tuple[str, ...], faults: Mapping[int, str]) -> None:
    if not header:
        raise SpreadsheetProblem("Berkas ini kosong.", "Pilih berkas yang berisi data.")
    if len(header) > MAX_COLUMNS:
        raise SpreadsheetProblem(
            f"Berkas berisi lebih dari {MAX_COLUMNS} kolom.",
            "Hapus kolom yang tidak diperlukan.",
        )
    for at in faults:
        raise SpreadsheetProblem(
            f"Judul kolom ke-{at + 1} berisi rumus atau galat ({header[at]}).",
            "Ketik judulnya, atau hapus kolom itu.",
        )
    for at, title in enumerate(header):
        if title and title.lower() in {other.lower() for other in header[:at]}:
            raise SpreadsheetProblem(
                f"Judul kolom “{title}” muncul dua kali.",
                "Hapus atau ganti salah satunya.",
            )
