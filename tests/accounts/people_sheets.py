"""Sheets for the tests of the import: rows by column, files, and shortcuts."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from accounts.actions.importing import ImportResult, apply_import
from accounts.models import User
from accounts.people_import.columns import COLUMNS
from accounts.people_import.plan import ImportOptions, ImportPlan
from accounts.people_import.planning import plan_import
from accounts.people_import.sheet import PeopleSheet, read_people
from lib.spreadsheets import Column, Sheet, Table, write_xlsx
from lib.spreadsheets.reading import TableRow

TODAY = date(2026, 11, 21)
OPTIONS = ImportOptions(TODAY)
SEVENTEEN = tuple(column.title for column in COLUMNS if not column.is_extra)
ALL = tuple(column.title for column in COLUMNS)
Row = Mapping[str, str]
STALE = '<calcPr calcId="1" fullCalcOnLoad="1"/>'


def nip_of(number: int) -> str:
    """Return a woman's test NIP; those of `factories.make_nip` are men's."""
    year, rest = divmod(number, 12 * 28)
    month, day = divmod(rest, 28)
    return f"{1970 + year % 25}{month + 1:02}{day + 1:02}2015042{900 + number % 100}"


def make_row(number: int = 1, **over: str) -> dict[str, str]:
    """Return a row that is right in every cell; `number` makes the person."""
    row = {
        "nip": nip_of(number),
        "nama": "Budi Contoh",
        "status_kepegawaian": "PNS",
        "unit_kode": "seksi-uji",
        "unit_nama": "Seksi Uji",
    }
    return {**row, **over}


def row_of(person: User, **over: str) -> dict[str, str]:
    """Return the row that says of a person what is stored already."""
    assert person.nip
    assert person.unit
    row = {
        "nip": person.nip,
        "nama": person.name,
        "status_kepegawaian": person.employment_status,
        "unit_kode": person.unit.code,
        "unit_nama": person.unit.name,
        "email_dinas": person.email or "",
    }
    return {**row, **over}


def make_table(*rows: Row, columns: Sequence[str] = ALL) -> Table:
    """Return the table of these rows; columns that a row leaves out are empty."""
    lines = tuple(
        TableRow(number, tuple(row.get(title, "") for title in columns))
        for number, row in enumerate(rows, start=2)
    )
    return Table(header=tuple(columns), rows=lines, sheet="Pegawai")


def make_sheet(*rows: Row, columns: Sequence[str] = ALL) -> PeopleSheet:
    """Return what a file of these rows says."""
    return read_people(make_table(*rows, columns=columns), today=TODAY)


def make_xlsx(*rows: Row, columns: Sequence[str] = ALL) -> bytes:
    """Return a workbook of these rows."""
    content = BytesIO()
    titles = [Column(title) for title in columns]
    cells = [[row.get(title, "") for title in columns] for row in rows]
    write_xlsx(content, sheets=[Sheet("Pegawai", titles, cells)])
    return content.getvalue()


def with_cell(content: bytes, name: str, cell: str) -> bytes:
    """Return the workbook, never calculated, with another cell of this name."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        for member in old.namelist():
            text = old.read(member).decode()
            if member.endswith("sheet1.xml"):
                whole = re.compile(rf'<c r="{name}"[^>]*?(/>|>.*?</c>)')
                text, _count = whole.subn("", text)
                row = re.sub(r"\D", "", name)
                pattern = rf'(<row r="{row}"[^>]*?)(?:/>|>(.*?)</row>)'
                text = re.sub(
                    pattern,
                    lambda found: (
                        f'{found[1]}>{found[2] or ""}<c r="{name}" {cell}</c></row>'
                    ),
                    text,
                )
            if member == "xl/workbook.xml":
                text = re.sub(r"<calcPr[^>]*/>", "", text)
                text = text.replace("</workbook>", f"{STALE}</workbook>")
            new.writestr(member, text)
    return target.getvalue()


def codes(found: PeopleSheet | ImportPlan) -> list[tuple[int, str, str]]:
    """Return row, column and code of every error."""
    return [
        (one.row, one.column, one.code)
        for one in found.findings
        if one.severity == "error"
    ]


def warning_codes(found: PeopleSheet | ImportPlan) -> list[tuple[int, str, str]]:
    """Return row, column and code of every warning."""
    return [
        (one.row, one.column, one.code)
        for one in found.findings
        if one.severity == "warning"
    ]


def plan(
    *rows: Row,
    by: User | None,
    options: ImportOptions = OPTIONS,
    columns: Sequence[str] = ALL,
) -> ImportPlan:
    """Return what importing these rows would do."""
    return plan_import(make_sheet(*rows, columns=columns), options=options, by=by)


def apply(
    *rows: Row,
    by: User | None,
    now,
    options: ImportOptions = OPTIONS,
    columns: Sequence[str] = ALL,
) -> ImportResult:
    """Import these rows as somebody does who confirms what she was shown."""
    sheet = make_sheet(*rows, columns=columns)
    shown = plan_import(sheet, options=options, by=by)
    return apply_import(
        sheet=sheet,
        options=options,
        confirmed=shown.digest,
        number=shown.number_to_confirm,
        by=by,
        now=now,
    )


def counts(**over):
    """Return the figures of a plan, zero where nothing is said."""
    names = (
        *("people_new", "people_changed", "people_moved", "people_activated"),
        *("people_deactivated", "people_unchanged", "units_new", "units_changed"),
        *("units_moved", "rows_refused", "people_renumbered"),
    )
    return {**dict.fromkeys(names, 0), **over}


def asked(**over):
    """Return what a plan asks to be confirmed, nothing where nothing is said."""
    names = (
        *("people_deactivated", "units_emptied", "units_similar"),
        "units_returning",
        *("people_renumbered", "people_renamed", "people_readdressed"),
        "people_returning",
    )
    return {**dict.fromkeys(names, 0), **over}
