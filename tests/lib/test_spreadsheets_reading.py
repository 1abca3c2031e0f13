import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.spreadsheets import (
    Column,
    Sheet,
    SpreadsheetProblem,
    TableRow,
    read_grid,
    read_table,
    reading,
    write_csv,
    write_xlsx,
)

MORNING = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001 - a cell has no zone


def read_csv(content, **more):
    if isinstance(content, str):
        content = content.encode()
    return read_table(io.BytesIO(content), "pegawai.csv", **more)


def read_xlsx(content, **more):
    return read_table(io.BytesIO(content), "pegawai.XLSX", **more)


def problem_of(content, filename):
    with pytest.raises(SpreadsheetProblem) as caught:
        read_table(io.BytesIO(content), filename)
    assert caught.value.remedy.endswith(".")
    assert str(caught.value) == f"{caught.value.message} {caught.value.remedy}"
    return caught.value.message


def workbook(*rows, first=0):
    """A workbook with a sheet of rows that start at a row and in column B."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Pegawai")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for at, cells in enumerate(rows, start=first):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                else:
                    sheet.write(
                        at, column, cell, day if isinstance(cell, date) else None
                    )
    return buffer.getvalue()


def repacked(content, **changed):
    """The same workbook with members replaced; a name ends in its last part."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, changed.pop(stem, None) or old.read(name))
    assert changed == {}
    return buffer.getvalue()


def sheet_xml(cells):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
        '"http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def test_a_workbook_is_read_as_text_with_its_row_numbers():
    content = workbook(
        ["nip", " nama  pegawai ", "jp", "nilai", "lahir", "aktif"],
        ["199001172015041901", "Budi Contoh", 2, 82.5, MORNING.date(), True],
        [],
        ["", "\u00a0Sari\u00a0", -3, 0.1 + 0.2, MORNING, False],
        first=2,
    )
    table = read_xlsx(content)
    assert table.sheet == "Pegawai"
    assert table.header == ("nip", "nama pegawai", "jp", "nilai", "lahir", "aktif")
    assert table.rows == (
        TableRow(
            4, ("199001172015041901", "Budi Contoh", "2", "82.5", "2026-01-02", "TRUE")
        ),
        TableRow(6, ("", "Sari", "-3", "0.3", "2026-01-02 03:04:00", "FALSE")),
    )


def test_a_nip_that_a_spreadsheet_took_for_a_number_shows_that_it_is_lost():
    table = read_xlsx(workbook(["nip"], [199001172015041901]))
    assert table.rows[0].cells == ("1.990012E+17",)


def test_times_and_results_of_formulas_are_read():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["jam", "hasil", "rusak", "akhir"])
        sheet.write_datetime(1, 0, time(3, 4), clock)
        sheet.write_formula(1, 1, "=A1", value="abc")
        sheet.write_formula(1, 2, "=1/0", value="#DIV/0!")
        sheet.write_string(1, 3, "x")
    row = read_xlsx(buffer.getvalue()).rows[0]
    assert row.cells == ("03:04:00", "abc", "#DIV/0!", "x")
    assert [*row.faults] == [2]


def fault_of(cells, *, calc="", **more):
    """What is wrong in the only row below the titles, by position; and its cells."""
    titles = "".join(
        f'<c r="{title}1" t="str"><v>{title}</v></c>' for title in ("A", "B", "C")
    )
    sheet = sheet_xml(f'<row r="1">{titles}</row>{cells}')
    content = repacked(workbook(["x"]), sheet1=sheet)
    book = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
    start = book.index("<calcPr")
    book = book[:start] + calc + book[book.index("/>", start) + 2 :]
    (row,) = read_xlsx(replaced(content, "xl/workbook.xml", book), **more).rows
    return {at: row.cells[at] for at in row.faults}, row.cells


def replaced(content, member, text):
    """The same workbook with one member replaced, by its whole name."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == member else old.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A"),
        ("<c t='e' r='B2'><f>NA()</f><v>#N/A</v></c>", "#N/A"),
        ('<c r="B2" t="e"><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="B2" t="e"/>', "#N/A"),
        ('<c r="B2" t="e"></c>', "#N/A"),
        ('<c r="B2" t="e"><v/></c>', "#N/A"),
        ('<c r="B2" t="e" ></c >', "#N/A"),
        ('<c r="B2" t="&#101;"><v>&#35;REF!</v><f/></c>', "#REF!"),
        ('<c r="B2" s="1"><f>A2</f></c>', "#BELUM_DIHITUNG"),
        ('<c r="B2"><f>A2</f><v/></c>', "#BELUM_DIHITUNG"),
        ('<c r="B2"><f t="shared" si="0"/><v></v></c>', "#BELUM_DIHITUNG"),
        ('<c r="B2" t="str"><f>A2</f></c>', "#BELUM_DIHITUNG"),
        ('<c r="B2"><f t="array" ref="B2">A2</f></c>', "#BELUM_DIHITUNG"),
        ('<c><v>1</v></c><c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c><v>1</v></c><c><f>"a&lt;b"</f></c>', "#BELUM_DIHITUNG"),
    ],
)
def test_a_cell_that_holds_no_value_is_not_taken_for_an_empty_one(cell, shown):
    faults, cells = fault_of(f'<row>{cell}<c r="C2"><v>3</v></c></row>')
    assert faults == {1: shown}
    assert cells[2] == "3"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="str"><v>#N/A</v></c>',
        '<c r="B2" t="inlineStr"><is><t>#N/A</t></is></c>',
        '<c r="B2" t="str"><f>""</f><v></v></c>',
        '<c r="B2"><f>1-1</f><v>0</v></c>',
        '<c r="B2"><v>0</v></c>',
        '<c r="B2"/>',
    ],
)
def test_typed_text_and_results_are_no_faults(cell):
    faults, _cells = fault_of(f'<row r="2">{cell}<c r="C2"><v>3</v></c></row>')
    assert faults == {}


def test_a_row_of_nothing_but_errors_is_there():
    faults, _cells = fault_of('<row r="9"><c r="C9" t="e"><v>#REF!</v></c></row>')
    assert faults == {2: "#REF!"}


@pytest.mark.parametrize("calc", ['fullCalcOnLoad="1"', 'calcCompleted="false"'])
def test_a_zero_that_a_library_wrote_in_place_of_a_result_is_none(calc):
    row = '<row r="2"><c r="B2"><f>A2</f><v>{}</v></c><c r="C2"><v>0</v></c></row>'
    found = [fault_of(row.format(n), calc=f"<calcPr {calc}/>")[0] for n in (0, 7)]
    assert found == [{1: "#BELUM_DIHITUNG"}, {}]


def test_every_formula_is_a_fault_where_none_is_taken():
    row = '<row r="2"><c r="B2"><f>A2</f><v>7</v></c><c r="C2"><v>0</v></c></row>'
    assert fault_of(row, takes_formulas=False)[0] == {1: "#RUMUS"}


def test_errors_of_other_sheets_do_not_matter():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Data").write_column(0, 0, ["nip", "1"])
        book.add_worksheet("Bantu").write_formula(0, 0, "=NA()", value="#N/A")
    assert read_xlsx(buffer.getvalue()).rows == (TableRow(2, ("1",)),)


def test_an_array_formula_without_results_refuses_the_workbook():
    row = '<row r="2"><c r="B2"><f t="array" ref="B2:B9">A2</f></c></row>'
    with pytest.raises(SpreadsheetProblem, match="rumus larik"):
        fault_of(row)


def test_a_title_without_a_value_refuses_the_workbook():
    sheet = sheet_xml('<row><c t="str"><v>a</v></c><c t="e"><v>#REF!</v></c></row>')
    content = repacked(workbook(["x"]), sheet1=sheet)
    assert problem_of(content, "a.xlsx").startswith("Judul kolom ke-2 berisi")


def test_a_member_that_is_there_twice_refuses_the_workbook():
    content = io.BytesIO(workbook(["x"], ["y"]))
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(content, "a") as archive,
    ):
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml(""))
    assert problem_of(content.getvalue(), "a.xlsx").startswith("Berkas ini tidak dapat")


def test_the_first_visible_sheet_that_holds_anything_is_read():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Sembunyi").write_string(0, 0, "rahasia")
        book.add_worksheet("Kosong")
        book.add_worksheet("Data").write_string(0, 0, "nip")
        book.worksheets()[0].hide()
        book.worksheets()[2].activate()
    table = read_xlsx(buffer.getvalue())
    assert (table.sheet, table.header) == ("Data", ("nip",))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_the_site_writes_it_can_read(suffix, tmp_path):
    path = tmp_path / f"pegawai.{suffix}"
    columns = [Column("nip"), Column("nama"), Column("jp", "integer")]
    rows = [["199001172015041901", "Ni Luh; “Éva”", 2], ["198512312010122902", "A", 0]]
    if suffix == "csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_csv(stream, columns, rows)
    else:
        write_xlsx(path, sheets=[Sheet("Pegawai", columns, rows)])
    with path.open("rb") as file:
        table = read_table(file, path.name)
    assert table.header == ("nip", "nama", "jp")
    assert [row.number for row in table.rows] == [2, 3]
    assert [list(row.cells) for row in table.rows] == [
        [*row[:2], str(row[2])] for row in rows
    ]


@pytest.mark.parametrize(
    "content",
    [
        "nip;nama\n1;a, b\n",
        'nip,nama\r\n1,"a, b"\r\n',
        "nip\tnama\n1\ta, b\n",
        "\ufeffnip;nama\n1;a, b",
        "sep=;\nnip;nama\n1;a, b\n",
        "\n\n;;\nnip;nama\n\n1;a, b\n;\n",
        '"nip";"nama, lengkap;;;"\n1;"a, b"\n'.replace("nama, lengkap;;;", "nama"),
        " nip ; nama \n 1 ;\ta, b ;;\n",
    ],
)
def test_delimiters_marks_and_empty_lines_of_csv_are_seen_through(content):
    table = read_csv(content)
    assert table.header == ("nip", "nama")
    assert [row.cells for row in table.rows] == [("1", "a, b")]
    assert table.sheet == ""


def test_the_delimiter_is_not_taken_from_quoted_titles():
    assert read_csv('"a;b;c",d\n1,2\n').header == ("a;b;c", "d")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_of_excel_is_read_in_the_encodings_it_uses(encoding):
    assert read_csv("nama\nÉva “A”\n".encode(encoding)).rows[0].cells == ("Éva “A”",)


def test_row_numbers_of_csv_are_those_a_spreadsheet_shows():
    table = read_csv('sep=;\na;b\n"1\n2";3\n\n4;5\n')
    assert table.rows == (TableRow(3, ("1\n2", "3")), TableRow(5, ("4", "5")))


def test_short_rows_are_filled_up():
    assert read_csv("a;b;c\n1\n").rows[0].cells == ("1", "", "")


def test_as_many_rows_as_allowed_are_read_and_not_one_more():
    for read, content in [
        (read_csv, b"a\n1\n\n2\n"),
        (read_xlsx, workbook(["a"], ["1"], [], ["2"])),
    ]:
        assert len(read(content, max_rows=2).rows) == 2
        with pytest.raises(SpreadsheetProblem, match="lebih dari 1 baris"):
            read(content, max_rows=1)


@pytest.mark.parametrize(
    ("content", "filename", "message"),
    [
        (b"", "a.csv", "Berkas ini kosong."),
        (b"\n;;\n", "a.csv", "Berkas ini kosong."),
        (workbook(), "a.xlsx", "Berkas ini kosong."),
        (b"a;A\n", "a.csv", "Judul kolom “A” muncul dua kali."),
        (b"a;b\n1;2;3\n", "a.csv", "Baris 2 berisi lebih banyak kolom"),
        (b'a;b\n1;2\n3;"4\n', "a.csv", "Tanda kutip pada baris 3"),
        (b"a\n\x81\x8d\n", "a.csv", "Huruf dalam berkas CSV ini tidak dikenal."),
        ("a;b\n1;2\n".encode("utf-16"), "a.csv", "Huruf dalam berkas CSV"),
        ("a;" * 300 + "b", "a.csv", "Berkas berisi lebih dari 200 kolom."),
        (b"a", "a.pdf", "Jenis berkas .pdf tidak dapat dibaca."),
        (b"a", "pegawai", "Jenis berkas tanpa akhiran tidak dapat dibaca."),
        (b"a;b\n1;2\n", "a.xlsx", "Isi berkas ini bukan XLSX walaupun"),
        (workbook(["a"]), "a.csv", "Isi berkas ini bukan CSV walaupun"),
        (b"<table><tr>", "a.csv", "Isi berkas ini bukan CSV walaupun"),
        (b"%PDF-1.7", "a.csv", "Isi berkas ini bukan CSV walaupun"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 999, "a.xlsx", "Berkas ini berformat Excel"),
        (workbook(["a"])[:2000], "a.xlsx", "Berkas ini tidak dapat dibaca."),
        (b"PK\x03\x04" + b"a" * 5000, "a.xlsx", "Berkas ini tidak dapat dibaca."),
        (repacked(workbook(["a"]), sheet1=b"<a"), "a.xlsx", "Berkas ini tidak dapat"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(content, filename, message):
    content = content.encode() if isinstance(content, str) else content
    assert problem_of(content, filename).startswith(message)


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    assert problem_of(buffer.getvalue(), "a.xlsx") == "Isi berkas ini bukan XLSX."


def test_a_file_that_is_too_large_is_not_read_to_its_end():
    class Endless(io.BytesIO):
        given = 0

        def read(self, size=-1):
            self.given += size or 0
            return b"a" * (size or 0)

    file = Endless()
    with pytest.raises(SpreadsheetProblem, match="lebih besar dari 20 MB"):
        read_table(file, "a.csv")
    assert file.given < reading.MAX_BYTES * 1.1


def test_a_bomb_that_says_its_size_is_not_unpacked():
    bomb = repacked(workbook(["a"]), styles=b" " * (reading.MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < 1_000_000
    assert problem_of(bomb, "a.xlsx").startswith("Isi berkas ini terlalu besar")


def test_a_bomb_that_lies_about_its_size_harms_nobody():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 9))
    padding = f"<!--{' ' * 50_000_000}-->"
    bomb = bytearray(
        repacked(workbook(["a"]), sheet1=sheet_xml(rows + padding).encode())
    )
    real = len(sheet_xml(rows + padding)).to_bytes(4, "little")
    assert bytes(bomb).count(real) == 2
    lie = bytes(bomb).replace(real, (1000).to_bytes(4, "little"))
    assert problem_of(lie, "a.xlsx") == "Berkas ini tidak dapat dibaca."


def test_cells_far_apart_do_not_take_the_process_down():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">'
    content = repacked(
        workbook(["a"]), sheet1=sheet_xml(far + "<v>1</v></c></row>").encode()
    )
    assert problem_of(content, "a.xlsx") == "Berkas ini tidak dapat dibaca."


def test_a_text_repeated_without_end_does_not_take_the_process_down(monkeypatch):
    # Less than usual, so that it is used up sooner.
    monkeypatch.setattr(reading, "_CHILD_MEMORY", 300_000_000)
    text = f"<si><t>{'a' * 5_000_000}</t></si>"
    strings = (
        '<?xml version="1.0" encoding="UTF-8"?><sst xmlns='
        f'"http://schemas.openxmlformats.org/spreadsheetml/2006/main">{text}</sst>'
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5000)
    )
    content = repacked(
        workbook(["a"]), sheet1=sheet_xml(rows).encode(), sharedStrings=strings.encode()
    )
    assert len(content) < 100_000
    assert problem_of(content, "a.xlsx") == "Berkas ini tidak dapat dibaca."


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(reading, "_CHILD_PATIENCE", 0.001)
    assert problem_of(workbook(["a"]), "a.xlsx") == "Berkas ini tidak dapat dibaca."


def test_entities_of_a_workbook_are_not_expanded():
    declared = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    )
    content = repacked(workbook(["a"]), sheet1=declared.encode())
    assert problem_of(content, "a.xlsx") == "Berkas ini tidak dapat dibaca."


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_problem(content):
    try:
        table = read_csv(content)
    except SpreadsheetProblem:
        return
    assert all(len(row.cells) == len(table.header) for row in table.rows)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"))),
        max_size=5,
    )
)
def test_any_csv_is_a_table_or_a_problem(rows):
    content = "\n".join(";".join(cells) for cells in rows)
    try:
        table = read_csv(content)
    except SpreadsheetProblem:
        return
    assert all(any(row.cells) for row in table.rows)


def test_a_grid_has_rows_of_any_length_other_sheets_and_merged_cells():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        first, second = workbook.add_worksheet("Satu"), workbook.add_worksheet("Dua")
        first.write(0, 0, "Judul")
        second.merge_range("A1:B1", "Gabung")
        second.write(2, 3, "D3")
    content.seek(0)

    grid = read_grid(content, "berkas.xlsx", sheet="Dua")

    assert [(row.number, row.cells) for row in grid.rows] == [
        (1, ("Gabung",)),
        (3, ("", "", "", "D3")),
    ]
    assert (grid.sheet, grid.other_sheets) == ("Dua", ("Satu",))
    assert grid.merged == ((1, 1, 1, 2),)


def test_a_sheet_that_is_not_there_is_refused():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Satu").write(0, 0, "x")
    content.seek(0)

    with pytest.raises(SpreadsheetProblem, match="Lembar “Dua” tidak ada"):
        read_grid(content, "berkas.xlsx", sheet="Dua")
