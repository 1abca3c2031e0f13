"""From an uploaded file to people and units, with one kind of refusal."""

from datetime import date
from typing import IO

from accounts.people_import.findings import ImportRefused
from accounts.people_import.sheet import PeopleSheet, read_people
from lib.spreadsheets import SpreadsheetProblem, read_table
from lib.spreadsheets.reading import MAX_ROWS


def read_file(
    file: IO[bytes], filename: str, *, today: date, max_rows: int = MAX_ROWS
) -> PeopleSheet:
    """Read a hostile XLSX or CSV; raises `ImportRefused` with what to do.

    Problems of single cells are no refusal: they are in the sheet's findings.
    """
    try:
        table = read_table(file, filename, max_rows=max_rows, tells_types=True)
    except SpreadsheetProblem as problem:
        raise ImportRefused("BERKAS_TIDAK_TERBACA", str(problem)) from problem
    if not table.rows:
        raise ImportRefused(
            "BERKAS_KOSONG",
            "Berkas ini belum berisi baris pegawai. Isi di bawah judul kolom, lalu "
            "unggah lagi.",
        )
    return read_people(table, today=today)
