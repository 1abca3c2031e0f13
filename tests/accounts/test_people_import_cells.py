"""Cells of a workbook that are no plain text: read as Excel shows them, or refused.

Each case is a small sheet of its own with one cell of another kind. Wrong would be a
value that is stored and differs from what the officer saw.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from accounts.people_import.columns import COLUMNS
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import PeopleSheet
from tests.accounts.people_sheets import TODAY, codes, make_row, warning_codes

TITLES = tuple(column.title for column in COLUMNS)
FIELDS = {column.title: column.field for column in COLUMNS}
Write = Callable[[Any, Any, int], Any]


def number(value: float, form: str = "") -> Write:
    """Return what writes a number under a format."""
    return lambda book, sheet, at: sheet.write_number(
        *(1, at, value), book.add_format({"num_format": form}) if form else None
    )


def moment(value: date | datetime | time, form: str) -> Write:
    """Return what writes a day or a time under a format."""
    return lambda book, sheet, at: sheet.write_datetime(
        *(1, at, value), book.add_format({"num_format": form})
    )


def truth(value: bool) -> Write:
    """Return what writes TRUE or FALSE."""
    return lambda _book, sheet, at: sheet.write_boolean(1, at, value)


def read(column: str, write: Write) -> PeopleSheet:
    """Return what a sheet says whose only row has this cell."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Pegawai")
        for at, title in enumerate(TITLES):
            sheet.write_string(0, at, title)
            if title == column:
                write(book, sheet, at)
            elif title in make_row():
                sheet.write_string(1, at, make_row()[title])
    return read_file(BytesIO(content.getvalue()), "pegawai.xlsx", today=TODAY)


DAY = date(2024, 3, 1)
READ = [
    ("unit_kode", number(7, "000"), "007"),
    ("unit_kode", number(7), "7"),
    ("unit_kode", number(102, "00000"), "00102"),
    ("unit_kode", number(12345678901), "12345678901"),
    ("unit_induk_kode", number(12, "0000"), "0012"),
    ("tmt_jabatan", number(45_352), date(2024, 3, 1)),
    ("tmt_jabatan", moment(DAY, "dd-mm-yyyy"), DAY),
    ("tmt_jabatan", moment(DAY, "d mmmm yyyy"), DAY),
    ("tmt_jabatan", moment(DAY, "[$-421]dd mmmm yyyy"), DAY),
    ("aktif", number(1), True),
    ("aktif", number(0), False),
    ("aktif", truth(True), True),
    ("aktif", truth(False), False),
]
REFUSED = [
    ("unit_kode", number(0.11, "0%"), "KODE_BERUBAH"),
    ("unit_kode", number(1.02), "KODE_BERUBAH"),
    ("unit_kode", number(0), "SEL_RUMUS"),
    ("unit_induk_kode", number(0), "SEL_RUMUS"),
    ("unit_kode", number(1.02, "00.00"), "KODE_BERUBAH"),
    ("unit_kode", number(1_500_000, '"Rp"#,##0'), "KODE_BERUBAH"),
    ("unit_kode", number(1_500_000, "#,##0"), "KODE_BERUBAH"),
    ("unit_kode", number(0.5, "# ?/?"), "KODE_BERUBAH"),
    ("unit_kode", number(123456789012), "KODE_BERUBAH"),
    ("unit_kode", number(1.0203, "0.00"), "KODE_BERUBAH"),
    ("unit_kode", number(7, '"UPT-"000'), "KODE_BERUBAH"),
    ("unit_kode", moment(time(8, 30), "hh:mm"), "KODE_BERUBAH"),
    ("unit_kode", moment(date(2003, 2, 1), "dd.mm.yyyy"), "KODE_BERUBAH"),
    ("unit_kode", truth(True), "SEL_BUKAN_TEKS"),
    ("unit_induk_kode", moment(date(2026, 2, 1), "d-mmm"), "KODE_BERUBAH"),
    ("nama", number(12), "SEL_BUKAN_TEKS"),
    ("nama", number(0), "SEL_RUMUS"),
    ("nama", truth(False), "SEL_RUMUS"),
    ("nama", moment(DAY, "mmmm"), "SEL_BUKAN_TEKS"),
    ("nama", moment(time(8, 30), "hh:mm"), "SEL_BUKAN_TEKS"),
    ("gelar_belakang", number(2), "SEL_BUKAN_TEKS"),
    ("jabatan", number(0.5, "# ?/?"), "SEL_BUKAN_TEKS"),
    ("jabatan", number(0.11, "0%"), "SEL_BUKAN_TEKS"),
    ("jabatan", moment(DAY, "dd-mm-yyyy"), "SEL_BUKAN_TEKS"),
    ("jenjang", number(3), "SEL_BUKAN_TEKS"),
    ("golongan", moment(date(2026, 3, 3), "d/m"), "SEL_BUKAN_TEKS"),
    ("eselon", number(3.2), "SEL_BUKAN_TEKS"),
    ("status_kepegawaian", number(1), "SEL_BUKAN_TEKS"),
    ("jenis_kelamin", number(1), "SEL_BUKAN_TEKS"),
    ("unit_nama", number(1_500_000, '"Rp"#,##0'), "SEL_BUKAN_TEKS"),
    ("instansi", number(2026), "SEL_BUKAN_TEKS"),
    ("email_dinas", number(42), "SEL_BUKAN_TEKS"),
    ("zona_waktu", number(8, '"GMT+"0'), "SEL_BUKAN_TEKS"),
    ("tmt_jabatan", number(2024), "TANGGAL_TIDAK_TERBACA"),
    (
        "tmt_jabatan",
        moment(datetime.fromisoformat("2024-03-01 08:30"), "dd-mm-yyyy hh:mm"),
        "TANGGAL_TIDAK_TERBACA",
    ),
    ("tmt_jabatan", truth(True), "TANGGAL_TIDAK_TERBACA"),
    ("aktif", moment(DAY, "dd-mm-yyyy"), "SEL_BUKAN_TEKS"),
    ("aktif", number(1, '"tidak"'), "SEL_BUKAN_TEKS"),
    ("aktif", number(0, ";;;"), "SEL_BUKAN_TEKS"),
    ("aktif", number(2), "AKTIF_TIDAK_DIKENAL"),
    ("nip", number(199001172015041901), "NIP_NOTASI_ILMIAH"),
    ("nip", moment(DAY, "dd-mm-yyyy"), "SEL_BUKAN_TEKS"),
]


@pytest.mark.parametrize(("column", "write", "value"), READ)
def test_what_excel_shows_is_what_is_read(column, write, value):
    sheet = read(column, write)

    assert codes(sheet) == []
    person = sheet.people[0]
    if column == "unit_induk_kode":
        assert sheet.units[0].parent_code == value
    elif column == "aktif":
        assert person.is_active is value
    elif column == "unit_kode":
        assert person.unit_code == value
    else:
        assert person.values[FIELDS[column]] == value


@pytest.mark.parametrize(("column", "write", "code"), REFUSED)
def test_a_cell_that_would_be_stored_otherwise_than_it_is_shown_is_refused(
    column, write, code
):
    assert [(place, why) for _row, place, why in codes(read(column, write))] == [
        (column, code)
    ]
    assert not read(column, write).people


def test_crossed_out_letters_are_announced():
    def write(book, sheet, at):
        crossed = book.add_format({"font_strikeout": True})
        sheet.write_rich_string(1, at, "Budi ", crossed, "Contoh", " Baru")

    sheet = read("nama", write)

    assert warning_codes(sheet) == [(2, "nama", "HURUF_BERHIAS")]
    assert sheet.people[0].values["name"] == "Budi Contoh Baru"
