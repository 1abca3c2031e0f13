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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lib.indonesian import format_bytes, format_number
from lib.spreadsheets.problems import SpreadsheetProblem

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
_CHILD_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_XLSX_MEMBERS = {"[Content_Types].xml", "xl/workbook.xml"}
_HTML = re.compile(rb"\s*<", re.DOTALL)
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_DELIMITERS = ";,\t"
_SEPARATOR_LINE = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)

_SAVE_AS_XLSX = "Buka di Excel, simpan sebagai Buku Kerja Excel (.xlsx), lalu unggah."


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number in the file, from 1, and a cell for each title."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What an uploaded file holds: titles, the rows that are not empty, the sheet.

    ``sheet`` is the name of the sheet that was read, "" for CSV.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sheet: str


def read_table(file: IO[bytes], filename: str, *, max_rows: int = MAX_ROWS) -> Table:
    """Read the first table of an uploaded XLSX or CSV; every cell is text.

    Of a workbook the first visible sheet that holds anything is read; the first
    row that is not empty is the header. Whole numbers are plain, dates ISO 8601; a
    number of more than fifteen digits comes as ``1.990012E+17``, since its digits
    are lost. CSV is UTF-8 or Windows-1252, with semicolons, commas or tabs.

    Raises ``SpreadsheetProblem`` for everything that keeps the table from being
    read whole: too large, of another type than its name or content says, locked,
    broken, titles twice, more cells than titles. The file is read in a process of
    its own with bounded memory, so that a hostile one cannot take the caller down.
    """
    with tempfile.TemporaryFile() as copy:
        _copy(file, copy)
        start = copy.read(4096)
        copy.seek(0)
        kind = _kind_of(start, filename)
        if kind == "xlsx":
            _check_zip(copy)
            sheet, rows = _read_xlsx(copy, max_rows)
        else:
            sheet, rows = "", _read_csv(copy.read())
        return _table(sheet, rows, max_rows)


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


def _check_zip(copy: IO[bytes]) -> None:
    """Look at what the archive says of itself, before anything unpacks it."""
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


def _read_xlsx(
    copy: IO[bytes], max_rows: int
) -> tuple[str, list[tuple[int, list[str]]]]:
    with tempfile.TemporaryFile() as output:
        try:
            result = subprocess.run(  # noqa: S603 - our own script, no input in it
                [
                    *(sys.executable, "-I", str(_CHILD), str(max_rows + 2)),
                    *(str(_CHILD_MEMORY), str(_CHILD_SECONDS), str(_CHILD_OUTPUT)),
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
        if result.returncode:
            raise _unreadable()
        output.seek(0)
        lines = (json.loads(line) for line in output)
        return next(lines, ""), [(number, cells) for number, cells in lines]


def _unreadable() -> SpreadsheetProblem:
    return SpreadsheetProblem(
        "Berkas ini tidak dapat dibaca.",
        "Salin barisnya ke buku kerja baru, simpan sebagai .xlsx, lalu unggah lagi.",
    )


def _read_csv(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decode(content)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 2 if separator else 1
    rows = []
    try:
        for number, cells in enumerate(reader, start=first):
            rows.append((number, cells))
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


def _delimiter_of(text: str) -> str:
    """Return the delimiter of the first line that is not empty, outside quotes."""
    line = re.sub('"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(_DELIMITERS, key=line.count)


def _table(sheet: str, rows: Iterable[tuple[int, list[str]]], max_rows: int) -> Table:
    filled = _filled(rows)
    _, titles = next(filled, (0, []))
    header = tuple(" ".join(title.split()) for title in titles)
    _check_header(header)
    read: list[TableRow] = []
    for number, cells in filled:
        if len(read) == max_rows:
            raise SpreadsheetProblem(
                f"Berkas berisi lebih dari {format_number(max_rows)} baris.",
                "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
            )
        if len(cells) > len(header):
            raise SpreadsheetProblem(
                f"Baris {number} berisi lebih banyak kolom daripada judulnya.",
                "Periksa tanda pemisah di dalam isian, atau lengkapi judul kolom.",
            )
        blanks = [""] * (len(header) - len(cells))
        read.append(TableRow(number, tuple(cells + blanks)))
    return Table(header, tuple(read), sheet)


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, cleaned, without empty cells at the end."""
    for number, cells in rows:
        clean = [_UNWANTED.sub("", cell).strip() for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if clean:
            yield number, clean


def _check_header(header: tuple[str, ...]) -> None:
    if not header:
        raise SpreadsheetProblem("Berkas ini kosong.", "Pilih berkas yang berisi data.")
    if len(header) > MAX_COLUMNS:
        raise SpreadsheetProblem(
            f"Berkas berisi lebih dari {MAX_COLUMNS} kolom.",
            "Hapus kolom yang tidak diperlukan.",
        )
    for at, title in enumerate(header):
        if title and title.lower() in {other.lower() for other in header[:at]}:
            raise SpreadsheetProblem(
                f"Judul kolom “{title}” muncul dua kali.",
                "Hapus atau ganti salah satunya.",
            )
