import csv
import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from lib.spreadsheets import (
    Column,
    Sheet,
    SpreadsheetProblem,
    write_csv,
    write_xlsx,
    writing,
)
from tests.examples import some

JAKARTA = ZoneInfo("Asia/Jakarta")
COLUMNS = [
    Column("NIP", width=22),
    Column("Nilai", "decimal"),
    Column("JP", "integer"),
    Column("TMT", "date"),
    Column("Selesai", "datetime"),
]
EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
ROW = ["199001172015041901", Decimal("82.5"), 2, date(2026, 1, 2), EVENING]


def write_fast(path, sheets, zone):
    fast = writing.fast_writer()
    assert fast is not None
    writing.write_fast(fast, path, sheets, zone)


@pytest.fixture(params=["fast", "slow"])
def write(request, tmp_path):
    """Write sheets with one of the two writers; return the path."""

    def write_sheets(*sheets, zone=JAKARTA):
        path = tmp_path / "rekap.xlsx"
        if request.param == "fast":
            write_fast(path, sheets, zone)
        else:
            writing.write_slowly(path, sheets, zone)
        return path

    return write_sheets


def cells_of(path, sheet="Rekap"):
    return load_workbook(str(path)).get_sheet_by_name(sheet).to_python()


def xml_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def csv_of(columns, rows, **more):
    stream = io.StringIO(newline="")
    write_csv(stream, columns, rows, **more)
    return stream.getvalue()


def test_every_kind_arrives_as_itself(write):
    header, row = cells_of(write(Sheet("Rekap", COLUMNS, [ROW])))
    assert header == ["NIP", "Nilai", "JP", "TMT", "Selesai"]
    assert row == [
        "199001172015041901",
        82.5,
        2.0,
        date(2026, 1, 2),
        datetime(2026, 11, 21, 1, 30),  # noqa: DTZ001 - a cell has no zone
    ]


def test_kinds_hold_after_empty_cells_and_rows(write):
    rows: list[list[object]] = [[None] * 5, ["", *ROW[1:]], ROW]
    path = write(Sheet("Rekap", COLUMNS, iter(rows)))
    cells = cells_of(path)
    assert cells[1] == ["", "", "", "", ""]
    assert cells[2][1:] == cells[3][1:]
    assert cells[3][3] == date(2026, 1, 2)


@pytest.mark.parametrize("text", ["=1+1", "+62", "-", "@a", "https://a.id", "{=1}"])
def test_text_is_never_a_formula_or_a_link(write, text):
    path = write(Sheet("Rekap", [Column("A")], [[text]]))
    assert cells_of(path) == [["A"], [text]]
    assert "<f>" not in xml_of(path)
    assert "<hyperlink" not in xml_of(path)


def test_a_nip_stays_text_also_when_the_cell_is_edited(write):
    path = write(Sheet("Rekap", COLUMNS[:1], [["199001172015041901"]]))
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    # 49 is Excel's built-in format for text.
    assert 'numFmtId="49"' in styles or 'formatCode="@"' in styles
    assert 'numberStoredAsText="1"' in xml_of(path)


def test_numbers_and_days_that_excel_would_spoil_become_text(write):
    rows = [[199001172015041901, date(1890, 1, 1)], [10**15 - 1, date(1990, 1, 1)]]
    columns = [Column("A", "integer"), Column("B", "date")]
    assert cells_of(write(Sheet("Rekap", columns, rows)))[1:] == [
        ["199001172015041901", "1890-01-01"],
        [10**15 - 1, date(1990, 1, 1)],
    ]


def test_a_text_that_is_too_long_for_a_cell_is_cut(write):
    cells = cells_of(write(Sheet("Rekap", [Column("A")], [["a" * 40_000]])))
    assert cells[1][0] == "a" * 32_766 + "…"


def test_a_sheet_without_rows_has_its_header(write):
    path = write(Sheet("Rekap", COLUMNS, iter([])), Sheet("Lain", COLUMNS, [ROW]))
    assert cells_of(path)[0] == ["NIP", "Nilai", "JP", "TMT", "Selesai"]
    assert len(cells_of(path, "Lain")) == 2


def test_the_header_stays_in_view_and_can_be_filtered(write):
    xml = xml_of(write(Sheet("Rekap", COLUMNS, [ROW, ROW])))
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:E3"/>' in xml
    assert 'width="22.7109375"' in xml


def test_a_sheet_with_too_many_rows_is_refused(write, monkeypatch):
    monkeypatch.setattr(writing, "MAX_XLSX_ROWS", 2)
    with pytest.raises(SpreadsheetProblem, match="melebihi") as caught:
        write(Sheet("Rekap", [Column("A")], [["a"]] * 3))
    assert caught.value.remedy.startswith("Saring")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "2"),
        ("integer", 2.5),
        ("decimal", "2,5"),
        ("date", EVENING),
        ("date", "2026-01-02"),
        ("datetime", date(2026, 1, 2)),
        ("datetime", EVENING.replace(tzinfo=None)),
    ],
)
def test_a_value_of_another_kind_is_refused(write, kind, value):
    with pytest.raises(ValueError, match=r"does not go|no moment"):
        write(Sheet("Rekap", [Column("A", kind)], [[value]]))
    with pytest.raises(ValueError, match=r"does not go|no moment"):
        csv_of([Column("A", kind)], [[value]])


@pytest.mark.parametrize("row", [["a"], ["a", "b", "c"]])
def test_a_row_must_have_a_value_for_each_column(write, row):
    with pytest.raises(ValueError, match="zip"):
        write(Sheet("Rekap", [Column("A"), Column("B")], [row]))


@pytest.mark.parametrize("columns", [[], [Column("A"), Column("A", "date")]])
def test_columns_without_titles_of_their_own_are_refused(columns):
    with pytest.raises(ValueError, match="titles that differ"):
        write_xlsx(io.BytesIO(), sheets=[Sheet("Rekap", columns, [])])
    with pytest.raises(ValueError, match="titles that differ"):
        csv_of(columns, [])


def test_without_the_fast_writer_the_other_does_it_all(monkeypatch, tmp_path):
    monkeypatch.setattr(writing, "fast_writer", lambda: None)
    path = tmp_path / "rekap.xlsx"
    write_xlsx(str(path), sheets=[Sheet("Rekap", COLUMNS, [ROW])])
    assert cells_of(path)[1][0] == "199001172015041901"


def failing_rows():
    yield ["a"]
    raise OSError


def test_an_error_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "rekap.xlsx"
    write_xlsx(path, sheets=[Sheet("Rekap", [Column("A")], [["dahulu"]])])
    with pytest.raises(OSError):  # noqa: PT011 - nothing but our own can raise it
        write_xlsx(path, sheets=[Sheet("Rekap", [Column("A")], failing_rows())])
    assert cells_of(path) == [["A"], ["dahulu"]]
    assert list(tmp_path.iterdir()) == [path]


def test_a_buffer_gets_the_whole_workbook_or_nothing():
    buffer = io.BytesIO()
    with pytest.raises(OSError):  # noqa: PT011 - nothing but our own can raise it
        write_xlsx(buffer, sheets=[Sheet("Rekap", [Column("A")], failing_rows())])
    assert buffer.getvalue() == b""
    write_xlsx(buffer, sheets=[Sheet("Rekap", COLUMNS, [ROW])], zone=JAKARTA)
    buffer.seek(0)
    rows = load_workbook(buffer).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "199001172015041901"


@settings(max_examples=some(30), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
            st.one_of(st.none(), st.integers(-(10**15) + 1, 10**15 - 1)),
            st.one_of(st.none(), st.dates(date(1900, 3, 1), date(9999, 12, 31))),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_both_writers_say_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("dua")
    columns = [Column("A"), Column("B", "integer"), Column("C", "date")]
    sheets = [Sheet("Rekap", columns, rows)]
    write_fast(folder / "a.xlsx", sheets, UTC)
    writing.write_slowly(folder / "b.xlsx", sheets, UTC)
    fast, slow = cells_of(folder / "a.xlsx"), cells_of(folder / "b.xlsx")
    assert fast == slow
    written = [[text, number, day] for text, number, day in rows]
    expected = [["" if cell is None else cell for cell in row] for row in written]
    while expected and not any(cell != "" for cell in expected[-1]):
        expected.pop()
    assert fast[1 : len(expected) + 1] == expected


MEASURE = """
import resource, sys
from datetime import date
from lib.spreadsheets import Column, Sheet, write_xlsx
rows = ([f"1990011720150{i:05}", f"Nama {i}", i, date(2026, 1, 2)] for i in
        range(int(sys.argv[2])))
columns = [Column("NIP"), Column("Nama"), Column("JP", "integer"), Column("T", "date")]
write_xlsx(sys.argv[1], sheets=[Sheet("Rekap", columns, rows)])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(rows):
        command = [sys.executable, "-c", MEASURE, str(tmp_path / "a.xlsx"), str(rows)]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, capture_output=True, check=True, cwd=root)
        return int(done.stdout) / 1024

    assert peak(80_000) - peak(1_000) < 8


def test_csv_is_for_systems():
    text = csv_of(COLUMNS, [ROW, [None] * 5], zone=JAKARTA)
    assert text == (
        "NIP;Nilai;JP;TMT;Selesai\r\n"
        "199001172015041901;82.5;2;2026-01-02;2026-11-21T01:30:00+07:00\r\n"
        ";;;;\r\n"
    )


def test_csv_can_have_another_delimiter():
    assert csv_of([Column("A"), Column("B")], [["a", "b,c"]], delimiter=",") == (
        'A,B\r\na,"b,c"\r\n'
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
    ],
)
def test_text_in_csv_cannot_run_as_a_formula(value, written):
    text = csv_of([Column(value)], [[value]], delimiter=",")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[written], [written]]


def test_negative_numbers_in_csv_stay_numbers():
    columns = [Column("A", "integer"), Column("B", "decimal")]
    assert csv_of(columns, [[-5, Decimal("-1E-3")]]) == "A;B\r\n-5;-0.001\r\n"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_text_in_csv_can_be_read_back(texts):
    text = csv_of([Column("A")], [[value] for value in texts])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    read = [row[0] if row else "" for row in rows[1:]]
    neutral = [value.removeprefix("'") for value in read]
    assert neutral == [value.removeprefix("'") for value in texts]
