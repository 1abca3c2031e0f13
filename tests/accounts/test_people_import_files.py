"""From the bytes that people upload to people and units, and the workbooks back."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from accounts.people_import.columns import COLUMNS
from accounts.people_import.files import write_findings, write_template
from accounts.people_import.findings import Finding, ImportRefused
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import Source
from lib.spreadsheets import read_table
from tests.accounts.people_sheets import (
    SEVENTEEN,
    TODAY,
    codes,
    make_row,
    make_xlsx,
    nip_of,
    with_cell,
)
from tests.every_case import every_case

EXTRA = tuple(column.title for column in COLUMNS if column.is_extra)
NAME = "Zoë d’Almeida"


def read(content: bytes, filename: str = "pegawai.xlsx", **over):
    """Return what a file says."""
    return read_file(BytesIO(content), filename, today=TODAY, **over)


def make_csv(*rows, delimiter=";", columns=SEVENTEEN) -> str:
    """Return the text of a CSV."""
    lines = [columns, *([row.get(title, "") for title in columns] for row in rows)]
    return "\r\n".join(delimiter.join(line) for line in lines)


def make_workbook(write) -> bytes:
    """Return a workbook whose second row `write` fills below the titles."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet("Pegawai")
        for at, title in enumerate(SEVENTEEN):
            sheet.write_string(0, at, title)
            sheet.write_string(1, at, make_row().get(title, ""))
        write(workbook, sheet)
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_in_every_way_that_excel_writes_it(encoding, delimiter):
    text = make_csv(make_row(nama=NAME), delimiter=delimiter)

    sheet = read(text.encode(encoding), "pegawai.csv")

    assert sheet.people[0].values["name"] == NAME
    assert sheet.people[0].nip == nip_of(1)


def test_a_comma_in_quotes_is_part_of_the_degrees():
    text = make_csv(make_row(gelar_belakang='"S.Sos., M.Si."'), delimiter=",")

    sheet = read(text.encode(), "pegawai.csv")

    assert sheet.people[0].values["title_suffix"] == "S.Sos., M.Si."


def test_rows_are_numbered_as_excel_numbers_them():
    text = make_csv(make_row(1), {}, make_row(2, nama=""))

    assert codes(read(text.encode(), "pegawai.csv")) == [(4, "nama", "NAMA_KOSONG")]


def test_a_workbook_is_read():
    sheet = read(make_xlsx(make_row(1, nama=NAME), make_row(2)))

    assert [person.row for person in sheet.people] == [2, 3]


@pytest.mark.parametrize("number", [199001172015041901, 1.99001172015042e17])
def test_a_number_that_excel_has_rounded_is_refused_and_never_guessed(number):
    content = make_workbook(lambda _book, sheet: sheet.write_number(1, 0, number))

    (finding,) = read(content).findings

    assert finding.code == "NIP_NOTASI_ILMIAH"
    assert "Ubah kolom NIP menjadi Teks" in finding.message


def test_a_csv_with_a_number_that_excel_has_rounded_is_refused():
    text = make_csv(make_row(nip="1,99001E+17"))

    assert codes(read(text.encode(), "pegawai.csv")) == [
        (2, "nip", "NIP_NOTASI_ILMIAH")
    ]


def test_the_value_of_a_formula_cell_counts_and_the_formula_does_not():
    def write(_book, sheet):
        sheet.write_formula(1, 1, '=CONCATENATE("Sari"," ","Contoh")', None, NAME)

    assert read(make_workbook(write)).people[0].values["name"] == NAME


@every_case(
    ("cell", "said"),
    [
        ('t="e"><f>VLOOKUP(A2,Z:Z,1)</f><v>#N/A</v>', "galat Excel (#N/A)"),
        ('t="e"><v>#SPILL!</v>', "galat Excel (#SPILL!)"),
        ("><f>VLOOKUP(A2,Z:Z,1)</f>", "belum dihitung"),
        ('t="str"><f>VLOOKUP(A2,Z:Z,1)</f>', "belum dihitung"),
        ("><f>VLOOKUP(A2,Z:Z,1)</f><v></v>", "belum dihitung"),
        ("><f>VLOOKUP(A2,Z:Z,1)</f><v>0</v>", "belum dihitung"),
    ],
)
def test_a_cell_without_a_value_is_refused_in_every_column(cell, said):
    titles = [*SEVENTEEN, *EXTRA]
    # A row a column: starting the reader for each of them took a minute.
    rows = [make_row(number) for number in range(1, len(titles) + 1)]
    content = make_xlsx(*rows, columns=titles)
    for at in range(len(titles)):
        content = with_cell(content, f"{chr(65 + at)}{at + 2}", cell)

    found = [one for one in read(content).findings if one.severity == "error"]

    assert [(one.row, one.column) for one in found] == [
        (row, title) for row, title in enumerate(titles, 2)
    ]
    for finding in found:
        assert finding.code == "SEL_RUMUS"
        assert said in finding.message


def test_formulas_that_reach_below_the_people_count_where_a_column_is_known():
    known = make_xlsx(make_row(), {"jabatan": "x"}, columns=SEVENTEEN)
    other = make_xlsx(make_row(), {"cek": "x"}, columns=[*SEVENTEEN, "cek"])
    error = 't="e"><v>#N/A</v>'

    assert codes(read(with_cell(known, "I3", error)))[0] == (3, "jabatan", "SEL_RUMUS")
    assert read(with_cell(other, "R3", error)).findings == ()


def test_a_formula_that_failed_is_refused_in_a_csv():
    text = make_csv(make_row(jabatan="#N/A"))

    assert codes(read(text.encode(), "pegawai.csv")) == [(2, "jabatan", "SEL_RUMUS")]


def test_formulas_in_a_csv_are_refused():
    text = make_csv(make_row(nama="=cmd|' /C calc'!A0"))

    assert codes(read(text.encode(), "pegawai.csv")) == [(2, "nama", "SEL_RUMUS")]


def test_real_dates_of_excel_are_read():
    def write(book, sheet):
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 14, datetime(2024, 3, 1), style)  # noqa: DTZ001

    values = read(make_workbook(write)).people[0].values

    assert str(values["jabatan_starts_on"]) == "2024-03-01"


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "pegawai.xlsx", "BERKAS_TIDAK_TERBACA"),
        (b"nip;nama", "pegawai.pdf", "BERKAS_TIDAK_TERBACA"),
        (b"nip;nama", "pegawai.xlsx", "BERKAS_TIDAK_TERBACA"),
        (b"<html><body>", "pegawai.csv", "BERKAS_TIDAK_TERBACA"),
        (make_csv().encode(), "pegawai.csv", "BERKAS_KOSONG"),
        (b"nama;unit\r\nBudi;x", "pegawai.csv", "KOLOM_KURANG"),
    ],
)
def test_what_is_no_such_table_is_refused_with_a_remedy(content, filename, code):
    with pytest.raises(ImportRefused, match=code) as refused:
        read(content, filename)

    assert refused.value.message.endswith(".")


def test_too_many_rows_are_refused():
    with pytest.raises(ImportRefused, match="BERKAS_TERLALU_PANJANG"):
        read(make_csv(make_row(1), make_row(2)).encode(), "pegawai.csv", max_rows=1)


# --- what is handed out ------------------------------------------------------------
def test_the_template_is_read_without_a_finding():
    content = BytesIO()
    write_template(content)

    sheet = read(content.getvalue())

    assert sheet.findings == ()
    assert len(sheet.people) == 1
    assert sheet.ignored_columns == ()


def test_the_template_explains_every_column():
    content = BytesIO()
    write_template(content)
    content.seek(0)

    assert read_table(content, "templat.xlsx").header == tuple(
        column.title for column in COLUMNS
    )
    assert all(column.note for column in COLUMNS)


def test_the_list_of_repairs_has_row_column_code_and_message():
    content = BytesIO()
    source = Source(cells={4: {"nip": "1234", "nama": "Budi", "golongan": "V/a"}})
    finding = Finding(4, "golongan", "GOLONGAN", "=Isi golongan.", place="G, Gol")
    write_findings(content, [finding], source)
    content.seek(0)

    table = read_table(content, "perbaikan.xlsx")

    assert table.header == (
        *("Baris", "Kolom", "Isi sel", "NIP", "Nama", "Akibat", "Kode", "Keterangan"),
    )
    assert table.rows[0].cells == (
        *("4", "golongan (G, Gol)", "V/a", "1234", "Budi", "ditolak", "GOLONGAN"),
        "=Isi golongan.",
    )
