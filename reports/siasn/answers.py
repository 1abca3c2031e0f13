"""What SIASN answered, read from the file that HR brings back."""

import re
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext

from lib.spreadsheets import SpreadsheetProblem, Table, TableRow, read_table
from reports.siasn.actions import MOST_IN_BATCH, Said

_SIGNS = re.compile(r"[^a-z0-9]")
# As the file is written, as SIASN's reading side spells it, and as replies say it.
_NUMBER = ("nomorsertipikat", "nosertipikat", "nomorsertifikat")
_ACCEPTED = ("rwkursusid",)
_REFUSED = ("alasan", "message", "pesan")
_LONGEST_ID, _LONGEST_REASON = 64, 300


def read_answers(file: IO[bytes], filename: str) -> list[Said]:
    """Return the answers of an XLSX or CSV, one for each certificate's number.

    Rows without an answer are left out: SIASN may not have come to them yet. Raises
    SpreadsheetProblem for a file without the columns, and for a row that says both
    that it was taken and why not, or a number twice with different answers.
    """
    table = read_table(file, filename, max_rows=MOST_IN_BATCH)
    found: dict[str, Said] = {}
    for row, said in _said(table):
        if not said.number or not (said.rw_kursus_id or said.reason):
            continue
        if said.rw_kursus_id and said.reason:
            raise _problem(row, gettext("berisi rwKursusId dan alasan sekaligus"))
        if len(said.rw_kursus_id) > _LONGEST_ID:
            raise _problem(row, gettext("berisi rwKursusId yang terlalu panjang"))
        if found.get(said.number, said) != said:
            raise _problem(row, gettext("mengulang nomor sertifikat dengan isi lain"))
        found[said.number] = said
    ids = [said.rw_kursus_id for said in found.values() if said.rw_kursus_id]
    if len(ids) > len(set(ids)):
        raise SpreadsheetProblem(
            gettext("Satu rwKursusId dipakai untuk beberapa sertifikat."),
            gettext("Salin ulang nomornya dari SIASN, lalu unggah lagi."),
        )
    if not found:
        raise SpreadsheetProblem(
            gettext("Belum ada jawaban di berkas ini."),
            gettext("Isi kolom rwKursusId atau alasan, lalu unggah lagi."),
        )
    return list(found.values())


def _said(table: Table) -> Iterator[tuple[TableRow, Said]]:
    titles = [_SIGNS.sub("", title.lower()) for title in table.header]
    number, accepted = _place(titles, _NUMBER), _place(titles, _ACCEPTED)
    refused = _place(titles, _REFUSED)
    if number is None or (accepted is None and refused is None):
        raise SpreadsheetProblem(
            gettext(
                "Kolom nomorSertipikat dan rwKursusId atau alasan tidak ditemukan."
            ),
            gettext("Unggah berkas kiriman yang sudah ditambah kolom jawabannya."),
        )
    for row in table.rows:
        yield (
            row,
            Said(
                row.cells[number].strip(),
                row.cells[accepted].strip() if accepted is not None else "",
                row.cells[refused].strip()[:_LONGEST_REASON]
                if refused is not None
                else "",
            ),
        )


def _place(titles: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, title in enumerate(titles) if title in names), None)


def _problem(row: TableRow, what: str) -> SpreadsheetProblem:
    return SpreadsheetProblem(
        gettext("Baris %(number)d %(what)s.") % {"number": row.number, "what": what},
        gettext("Perbaiki baris itu, lalu unggah lagi. Belum ada yang disimpan."),
    )
