"""The sheet as people and units: every cell judged, nothing known of the database.

`read_people` collects everything that is wrong, so that HR repairs a file once. What
needs other rows of the file is checked here too: numbers and addresses that appear
twice, units that are named in two ways.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from accounts.nip import OLD_LENGTH, NipCheck, check_nip, normalise_nip
from accounts.people_import.cells import (
    READERS,
    CellProblem,
    Value,
    check_kind,
    check_text,
    check_words,
    clean,
    read_active,
)
from accounts.people_import.columns import (
    ABOUT_PEOPLE,
    BY_TITLE,
    COLUMNS,
    GOLONGAN_BY_STATUS,
    JABATAN_KINDS,
    JENJANG,
)
from accounts.people_import.findings import Finding, ImportRefused, Severity
from accounts.people_import.office_words import jabatan_kind_of

if TYPE_CHECKING:
    from lib.spreadsheets import Table
    from lib.spreadsheets.number_formats import TypedCell

_Said = TypeVar("_Said")
_EARLIEST_TMT_YEAR = 1950
_WITHOUT_NIP = frozenset({"Non-ASN", "TNI/Polri"})
_SHAPE_CODES = frozenset({"NIP_PANJANG", "NIP_BUKAN_ANGKA"})
# What answers that nobody carried another number.
_NOBODY = frozenset({"tidakada", "bukan", "oranglain", "orangberbeda"})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row without errors. `values` holds only the fields whose column is there.

    `kind` is PNS or PPPK as the number says; `is_active` is None where the file does
    not say; `reason` is why the number may contradict the status. `old_nip` is the
    number that she carried before, "" where none is said; `is_somebody_else` answers
    that she is not who has the same name and birth date.
    """

    row: int
    nip: str
    kind: str
    values: Mapping[str, Value]
    unit_code: str
    is_active: bool | None
    reason: str
    old_nip: str = ""
    is_somebody_else: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the file speaks of it; "" where it says nothing. `row` is the first."""

    row: int
    code: str
    name: str
    agency_name: str
    parent_code: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: the sheet, what was left out, its columns, its cells.

    `places` says how the sheet calls a column of ours, `cells` hold by row what stands
    in each of them, for the list of repairs.
    """

    sheet: str = ""
    notes: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """What a file says: rows that can be used, and everything that is wrong."""

    people: tuple[PersonRow, ...]
    units: tuple[UnitRow, ...]
    findings: tuple[Finding, ...]
    row_count: int
    ignored_columns: tuple[str, ...]
    source: Source = NOWHERE


@dataclass(slots=True)
class _Reading:
    """One row while it is read: its values so far, and what is wrong with it."""

    row: int
    today: date
    values: dict[str, Value] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(
        self, column: str, code: str, message: str, severity: Severity = "error"
    ) -> None:
        self.findings.append(Finding(self.row, column, code, message, severity))

    def text(self, column: str) -> str:
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    @property
    def is_refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(slots=True)
class _Units:
    """Units by code, from all the rows that name them."""

    said: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, reading: _Reading) -> None:
        """Take what this row says of its unit; refuse the row where it contradicts."""
        code = reading.text("unit_kode")
        if not code:
            return
        first = self.rows.setdefault(code, reading.row)
        known = self.said.setdefault(code, {"instansi": reading.text("instansi")})
        for column in ("unit_nama", "unit_induk_kode", "zona_waktu"):
            value = reading.text(column)
            if value and known.setdefault(column, value) != value:
                reading.note(
                    column,
                    "UNIT_BERBEDA",
                    f"Isinya berbeda dari baris sebelumnya untuk unit yang sama "
                    f"(mulai baris {first}). Samakan isinya.",
                )
        if known.get("unit_induk_kode") == code:
            reading.note(
                "unit_induk_kode",
                "UNIT_MELINGKAR",
                "Unit tidak dapat menjadi induk dirinya sendiri. Perbaiki kodenya.",
            )

    def rows_of_units(self) -> tuple[UnitRow, ...]:
        return tuple(
            UnitRow(
                row=self.rows[code],
                code=code,
                name=said.get("unit_nama", ""),
                agency_name=said["instansi"],
                parent_code=said.get("unit_induk_kode", ""),
                time_zone=said.get("zona_waktu", ""),
            )
            for code, said in self.said.items()
        )


def read_people(table: "Table", *, today: date) -> PeopleSheet:
    """Read every row; problems are collected, with the row's number as in Excel.

    A row that names a unit and nobody speaks of the unit alone. Raises
    `ImportRefused` when required columns are missing or nothing is below the header.
    """
    places = _places(table.header)
    units = _Units()
    people: list[PersonRow] = []
    findings: list[Finding] = []
    seen: dict[tuple[str, str], int] = {}
    for line in table.rows:
        cells = {title: line.cells[at] for title, at in places.items()}
        if not any(cells.values()) and line.faults:
            continue  # formulas that reach below the people, in columns of no concern
        reading = _Reading(line.number, today)
        faults = _of_titles(line.faults, places)
        kind = _kind_of_jabatan(reading, cells, faults)
        _read_cells(*(reading, cells | kind), faults, _of_titles(line.typed, places))
        units.add(reading)
        if any(reading.values.get(title) for title in ABOUT_PEOPLE):
            person = _person(reading, seen)
            if person:
                people.append(person)
        findings += reading.findings
    return PeopleSheet(
        people=tuple(people),
        units=units.rows_of_units(),
        findings=tuple(findings),
        row_count=len(table.rows),
        ignored_columns=tuple(
            title for title in table.header if title and _title(title) not in BY_TITLE
        ),
    )


def _title(written: str) -> str:
    """Return a title as the file format spells it: `Unit Kode *` is `unit_kode`."""
    return "_".join(written.strip(" *").lower().replace("_", " ").split())


def _places(header: tuple[str, ...]) -> dict[str, int]:
    """Return where each known column stands; refuse what cannot be read as people."""
    places: dict[str, int] = {}
    for at, written in enumerate(header):
        title = _title(written)
        if title in BY_TITLE and places.setdefault(title, at) != at:
            raise ImportRefused(
                "KOLOM_GANDA",
                f"Kolom {title} ada dua. Hapus salah satunya, lalu unggah lagi.",
            )
    missing = [
        column.title
        for column in COLUMNS
        if column.is_required and column.title not in places
    ]
    if missing:
        raise ImportRefused(
            "KOLOM_KURANG",
            f"Kolom yang wajib belum ada: {', '.join(missing)}. "
            "Tambahkan judulnya pada baris pertama, atau pakai templat.",
        )
    return places


def _read_cells(
    reading: _Reading,
    cells: Mapping[str, str],
    faults: Mapping[str, str],
    typed: Mapping[str, "TypedCell"],
) -> None:
    for title, raw in cells.items():
        try:
            if title in faults:
                raise CellProblem("SEL_RUMUS", faults[title])
            if title in typed:
                check_kind(title, typed[title], clean(raw))
            reading.values[title] = _read_cell(title, clean(raw))
        except CellProblem as problem:
            reading.note(title, problem.code, problem.message)
    for title, cell in typed.items():
        if cell.kind == "rich":
            reading.note(
                title,
                "HURUF_BERHIAS",
                "Ada huruf yang dicoret, dinaikkan, atau diturunkan. Huruf itu dibaca "
                "seperti huruf lain. Periksa isinya.",
                "warning",
            )
    if reading.values.get("unit_kode") == "":
        reading.note(
            "unit_kode", "UNIT_KODE_KOSONG", "Kode unit belum diisi. Isi kodenya."
        )


def _kind_of_jabatan(
    reading: _Reading, cells: Mapping[str, str], faults: Mapping[str, str]
) -> dict[str, str]:
    """Return the kind of jabatan of the law where the sheet says it as SIASN does."""
    if "jenis_jabatan" not in cells or "jenis_jabatan" in faults:
        return {}
    said = clean(cells["jenis_jabatan"])
    eselon, jabatan = (clean(cells.get(one, "")) for one in ("eselon", "jabatan"))
    kind = jabatan_kind_of(said, eselon, jabatan)
    if kind == "":
        reading.note(
            "jenis_jabatan",
            "JENIS_JABATAN_KASAR",
            f"“{said}” belum menyebut jenisnya, jadi dibiarkan kosong. Isi dengan "
            f"salah satu dari: {', '.join(JABATAN_KINDS)}.",
            "warning",
        )
    return {} if kind is None else {"jenis_jabatan": kind}


def _of_titles(
    by_place: Mapping[int, _Said], places: Mapping[str, int]
) -> dict[str, _Said]:
    return {title: by_place[at] for title, at in places.items() if at in by_place}


def _read_cell(title: str, text: str) -> Value:
    if title in {"nip", "nip_lama"}:
        return text
    if title == "aktif":
        is_active = read_active(text)
        return "" if is_active is None else ("ya" if is_active else "tidak")
    check_text(text, BY_TITLE[title].longest)
    reader = READERS.get(title)
    if reader is None:
        check_words(text)
    return reader(text) if reader else text


def _person(reading: _Reading, seen: dict[tuple[str, str], int]) -> PersonRow | None:
    checked = _check_number(reading)
    _check_filled(reading)
    _check_job(reading)
    is_somebody_else = _is_no(reading.text("nip_lama"))
    old_nip = "" if is_somebody_else else _read_old_number(reading, checked.value)
    _check_once(reading, "nip", checked.value or "", seen)
    _check_once(reading, "nip_lama", old_nip, seen)
    _check_once(reading, "email_dinas", reading.text("email_dinas"), seen)
    if reading.is_refused or checked.value is None:
        return None
    active = reading.text("aktif")
    return PersonRow(
        row=reading.row,
        nip=checked.value,
        kind=checked.kind or "",
        values={
            column.field: reading.values[column.title]
            for column in COLUMNS
            if column.field and column.title in reading.values
        },
        unit_code=reading.text("unit_kode"),
        is_active=active == "ya" if active else None,
        reason=reading.text("alasan_beda_status"),
        old_nip=old_nip,
        is_somebody_else=is_somebody_else,
    )


def _is_no(text: str) -> bool:
    return re.sub(r"[^a-z]", "", text.lower()) in _NOBODY and bool(text)


def _read_old_number(reading: _Reading, number: str | None) -> str:
    """Return the number before this one, "" where it is the same or unusable."""
    text = reading.text("nip_lama")
    if not text:
        return ""
    digits = normalise_nip(text)
    if re.fullmatch(f"[0-9]{{{OLD_LENGTH}}}", digits):
        return digits
    checked = check_nip(text, today=reading.today)
    for error in checked.errors:
        reading.note("nip_lama", error.code, _old_advice(error.code, error.message))
    return "" if checked.value in {None, number} else checked.value or ""


def _old_advice(code: str, message: str) -> str:
    if code in _SHAPE_CODES:
        return (
            "NIP lama terdiri atas 18 angka, atau 9 angka. Periksa nomornya, atau "
            "kosongkan."
        )
    return message


def _check_number(reading: _Reading) -> NipCheck:
    if any(finding.column == "nip" for finding in reading.findings):
        return NipCheck(())
    status = reading.text("status_kepegawaian")
    reason = reading.text("alasan_beda_status")
    checked = check_nip(
        reading.text("nip"),
        today=reading.today,
        expected_status=status or None,
        recorded_sex=reading.text("jenis_kelamin") or None,
    )
    mismatch = checked.errors[0] if len(checked.errors) == 1 else None
    if reason and mismatch and mismatch.code == "NIP_TIDAK_COCOK_STATUS":
        reading.note("nip", mismatch.code, mismatch.message, "warning")
        checked = check_nip(reading.text("nip"), today=reading.today)
    else:
        reading.values.pop("alasan_beda_status", None)
    for error in checked.errors:
        reading.note("nip", error.code, _advice(error.code, error.message, status))
    for warning in checked.warnings:
        reading.note("nip", warning.code, warning.message, "warning")
    return checked


def _advice(code: str, message: str, status: str) -> str:
    """Return the message, with what only a sheet or its status can explain."""
    if status in _WITHOUT_NIP and code in _SHAPE_CODES:
        return (
            f"Pegawai {status} tanpa NIP 18 angka belum dapat diimpor. "
            "Hapus baris ini dari berkas."
        )
    if code == "NIP_URUT":
        return (
            f"{message} Angka 000 di akhir sering berarti NIP dibulatkan Excel: "
            "ubah kolomnya menjadi Teks, lalu isi lagi NIP aslinya."
        )
    return message


def _check_filled(reading: _Reading) -> None:
    columns_with_problem = {finding.column for finding in reading.findings}
    for title, code, message in (
        ("nama", "NAMA_KOSONG", "Nama belum diisi. Isi nama tanpa gelar."),
        (
            "status_kepegawaian",
            "STATUS_KOSONG",
            "Status kepegawaian belum diisi. Contoh: PNS.",
        ),
    ):
        if not reading.text(title) and title not in columns_with_problem:
            reading.note(title, code, message)
    if "," in reading.text("nama") and not reading.text("gelar_belakang"):
        reading.note(
            "nama",
            "NAMA_BERGELAR",
            "Nama ini tampaknya memuat gelar. Pindahkan gelarnya ke kolom gelar, agar "
            "nama pada sertifikat benar.",
            "warning",
        )


def _check_job(reading: _Reading) -> None:
    status, golongan = reading.text("status_kepegawaian"), reading.text("golongan")
    allowed = GOLONGAN_BY_STATUS.get(status)
    if golongan and allowed and golongan not in allowed:
        reading.note(
            "golongan",
            "GOLONGAN_TIDAK_COCOK",
            f"Golongan {golongan} bukan golongan {status}. Isi {allowed[0]} sampai "
            f"{allowed[-1]}, atau kosongkan.",
        )
    kind, jenjang = reading.text("jenis_jabatan"), reading.text("jenjang")
    levels = JENJANG.get(kind, ())
    known = {level.casefold(): level for level in levels}.get(jenjang.casefold())
    if known:
        reading.values["jenjang"] = known
    elif jenjang and kind:
        hint = f"Biasanya: {', '.join(levels)}." if levels else "Biasanya kosong."
        reading.note(
            "jenjang",
            "JENJANG_TIDAK_COCOK",
            f"Jenjang ini tidak lazim untuk {kind}. {hint}",
            "warning",
        )
    tmt = reading.values.get("tmt_jabatan")
    if isinstance(tmt, date) and not (
        _EARLIEST_TMT_YEAR <= tmt.year <= reading.today.year + 1
    ):
        reading.note(
            "tmt_jabatan",
            "TANGGAL_TIDAK_WAJAR",
            f"Tahun {tmt.year} tidak wajar. Periksa tanggalnya pada SK.",
        )


def _check_once(
    reading: _Reading, column: str, value: str, seen: dict[tuple[str, str], int]
) -> None:
    if not value:
        return
    first = seen.setdefault((column, value), reading.row)
    if first == reading.row:
        return
    if column != "email_dinas":
        code = "NIP_GANDA"
        message = (
            f"Nomor ini sudah ada di baris {first}. Satu pegawai cukup satu baris."
        )
    else:
        code = "SUREL_GANDA"
        message = (
            f"Surel ini sudah ada di baris {first}. Satu surel untuk satu pegawai."
        )
    reading.note(column, code, message)
