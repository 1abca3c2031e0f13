"""Every rule about a cell, a row and a file, without a database."""

from datetime import date

import pytest

from accounts.models import User
from accounts.models.person import EmploymentStatus, Gender, JabatanKind
from accounts.models.unit import IndonesianZone, Unit
from accounts.people_import import columns
from accounts.people_import.columns import COLUMNS, GOLONGAN_PNS, GOLONGAN_PPPK
from accounts.people_import.findings import ImportRefused
from accounts.people_import.sheet import read_people
from lib.spreadsheets import Table
from tests.accounts.people_sheets import (
    SEVENTEEN,
    TODAY,
    codes,
    make_row,
    make_sheet,
    make_table,
    nip_of,
    warning_codes,
)
from tests.every_case import every_case

PPPK = "198806302021211904"


def value_of(column: str, raw: str):
    """Return what the field of this column becomes."""
    sheet = make_sheet(make_row(1, **{column: raw}))
    assert codes(sheet) == []
    field = next(one.field for one in COLUMNS if one.title == column)
    return sheet.people[0].values[field]


# --- the columns -------------------------------------------------------------------
def test_the_columns_are_the_seventeen_agreed_ones_in_their_order():
    assert ";".join(SEVENTEEN) == (
        "nip;nama;gelar_depan;gelar_belakang;jenis_kelamin;status_kepegawaian;golongan;"
        "jenis_jabatan;jabatan;jenjang;eselon;unit_kode;unit_nama;instansi;tmt_jabatan;"
        "email_dinas;aktif"
    )


def test_the_accepted_values_are_those_of_the_models():
    assert set(columns.STATUSES) == set(EmploymentStatus.values)
    assert set(columns.GENDERS) == set(Gender.values)
    assert set(columns.JABATAN_KINDS) == set(JabatanKind.values)
    assert dict(columns.ZONES) == {zone.label: zone.value for zone in IndonesianZone}


def test_every_value_fits_into_its_database_column():
    units = {"unit_kode": "code", "unit_nama": "name", "unit_induk_kode": "code"}
    limits = [
        (column, User._meta.get_field(column.field))
        for column in COLUMNS
        if column.field and column.longest
    ]
    limits += [
        (column, Unit._meta.get_field(units[column.title]))
        for column in COLUMNS
        if column.title in units
    ]

    assert len(limits) == 10
    for column, stored in limits:
        assert column.longest <= getattr(stored, "max_length", 0)


def test_there_are_seventeen_ranks_of_each_kind():
    assert (len(GOLONGAN_PNS), len(GOLONGAN_PPPK)) == (17, 17)


# --- the header --------------------------------------------------------------------
def test_titles_may_be_written_with_spaces_capitals_and_a_star():
    table = make_table(make_row())
    spelled = tuple(f"{title.replace('_', ' ').upper()} *" for title in table.header)

    sheet = read_people(Table(spelled, table.rows, table.sheet), today=TODAY)

    assert len(sheet.people) == 1


def test_missing_required_columns_are_named():
    with pytest.raises(ImportRefused, match="KOLOM_KURANG") as refused:
        make_sheet(make_row(), columns=("nama", "unit_kode", "unit_nama"))

    assert "nip, status_kepegawaian" in refused.value.message


def test_a_column_that_is_there_twice_is_refused():
    with pytest.raises(ImportRefused, match="KOLOM_GANDA"):
        make_sheet(make_row(), columns=(*SEVENTEEN, "UNIT KODE"))


def test_unknown_columns_are_reported_and_ignored():
    sheet = make_sheet(make_row(), columns=(*SEVENTEEN, "no_hp", "NIK"))

    assert sheet.ignored_columns == ("no_hp", "NIK")
    assert len(sheet.people) == 1


def test_only_columns_that_are_there_have_a_value():
    sheet = make_sheet(
        make_row(),
        columns=("nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama"),
    )

    assert set(sheet.people[0].values) == {"name", "employment_status"}
    assert sheet.people[0].is_active is None


# --- numbers -----------------------------------------------------------------------
@every_case(
    ("nip", "code"),
    [
        ("", "NIP_PANJANG"),
        ("19900117201504190", "NIP_PANJANG"),
        ("1.99001E+17", "NIP_NOTASI_ILMIAH"),
        ("1.990012E+17", "NIP_NOTASI_ILMIAH"),
        ("1,99001E+17", "NIP_NOTASI_ILMIAH"),
        ("19900117201504I901", "NIP_BUKAN_ANGKA"),
        ("199002302015041908", "NIP_TGL_LAHIR"),
        ("199001172015131910", "NIP_BLOK"),
        ("199001172015041000", "NIP_URUT"),
        ("199001172031041916", "NIP_TMT_TIDAK_WAJAR"),
        (PPPK, "NIP_TIDAK_COCOK_STATUS"),
    ],
)
def test_a_wrong_number_is_refused_with_its_code(nip, code):
    assert codes(make_sheet(make_row(nip=nip))) == [(2, "nip", code)]


def test_a_number_of_seventeen_digits_says_so():
    (finding,) = make_sheet(make_row(nip="19900117201504190")).findings

    assert finding.message == (
        "Baru 17 angka. NIP terdiri dari 18 angka. Periksa pada SK atau MyASN."
    )


def test_a_number_that_ends_in_zeros_says_that_excel_may_have_rounded_it():
    (finding,) = make_sheet(make_row(nip="199001172015041000")).findings

    assert "ubah kolomnya menjadi Teks" in finding.message


@every_case(
    "written",
    [
        "'199001172015041901",
        '="199001172015041901"',
        "19900117 201504 1 901",
        "19900117.201504.1.901",
        "\u200b199001172015041901\u00a0",
    ],
)
def test_a_number_is_read_as_people_and_programs_write_it(written):
    assert make_sheet(make_row(nip=written)).people[0].nip == "199001172015041901"


def test_the_kind_of_number_is_told_apart():
    sheet = make_sheet(make_row(1), make_row(nip=PPPK, status_kepegawaian="PPPK"))

    assert [person.kind for person in sheet.people] == ["PNS", "PPPK"]


def test_a_sex_that_differs_from_the_number_only_warns():
    sheet = make_sheet(make_row(1, jenis_kelamin="L"))

    assert warning_codes(sheet) == [(2, "nip", "NIP_TIDAK_COCOK_DATA")]
    assert len(sheet.people) == 1


def test_a_number_twice_is_refused_at_the_second_row_naming_the_first():
    sheet = make_sheet(make_row(1), make_row(2), make_row(1))

    assert codes(sheet) == [(4, "nip", "NIP_GANDA")]
    assert "baris 2" in sheet.findings[0].message


def test_a_reason_lets_a_number_contradict_the_status():
    sheet = make_sheet(make_row(nip=PPPK, alasan_beda_status="SK 12/2026"))

    assert warning_codes(sheet) == [(2, "nip", "NIP_TIDAK_COCOK_STATUS")]
    assert sheet.people[0].reason == "SK 12/2026"
    assert sheet.people[0].kind == "PPPK"


def test_a_reason_excuses_nothing_else():
    row = make_row(nip="198806302015211917", alasan_beda_status="SK 12/2026")

    assert {code for _row, _column, code in codes(make_sheet(row))} == {
        "NIP_TAHUN_PPPK",
        "NIP_TIDAK_COCOK_STATUS",
    }


def test_a_reason_that_is_not_needed_is_not_kept():
    assert make_sheet(make_row(alasan_beda_status="SK 12/2026")).people[0].reason == ""


@every_case("status", ["Non-ASN", "TNI/Polri"])
def test_people_without_a_nip_are_refused_in_plain_words(status):
    (finding,) = make_sheet(
        make_row(nip="12345678", status_kepegawaian=status)
    ).findings

    assert finding.code == "NIP_PANJANG"
    assert f"Pegawai {status} tanpa NIP 18 angka" in finding.message


# --- names and texts ---------------------------------------------------------------
@every_case("name", ["Suharto", "'Aisyah", "de Fretes", "R.A. KARTINI"])
def test_names_stay_exactly_as_given(name):
    assert value_of("nama", name) == name


def test_degrees_stay_exactly_as_given():
    assert value_of("gelar_depan", "Dr.  drh.") == "Dr. drh."
    assert value_of("gelar_belakang", "S.Sos., M.Si") == "S.Sos., M.Si"


def test_a_lone_dash_is_nothing():
    assert value_of("gelar_depan", "-") == ""


@every_case(
    ("column", "value", "code"),
    [
        ("nama", "", "NAMA_KOSONG"),
        ("nama", "x" * 151, "TERLALU_PANJANG"),
        ("nama", "=1+1", "SEL_RUMUS"),
        ("nama", "@SUM(A1)", "SEL_RUMUS"),
        ("nama", "+cmd", "SEL_RUMUS"),
        ("jabatan", '=HYPERLINK("http://x.example";"klik")', "SEL_RUMUS"),
        ("jabatan", "#N/A", "SEL_RUMUS"),
        ("jabatan", "Kepala\u202eSeksi", "HURUF_TIDAK_DIKENAL"),
        ("jabatan", "Kepala\x07", "HURUF_TIDAK_DIKENAL"),
        ("nama", "Sari 😀", "HURUF_TIDAK_TERCETAK"),
        ("gelar_belakang", "ꦱ.ꦱ.", "HURUF_TIDAK_TERCETAK"),
        ("unit_nama", "Seksi 王", "HURUF_TIDAK_TERCETAK"),
        ("gelar_depan", "x" * 51, "TERLALU_PANJANG"),
        ("unit_kode", "", "UNIT_KODE_KOSONG"),
        ("unit_kode", "x" * 65, "TERLALU_PANJANG"),
        ("status_kepegawaian", "", "STATUS_KOSONG"),
        ("status_kepegawaian", "Honorer", "STATUS_TIDAK_DIKENAL"),
        ("jenis_kelamin", "X", "JENIS_KELAMIN_TIDAK_DIKENAL"),
        ("golongan", "III/z", "GOLONGAN_TIDAK_DIKENAL"),
        ("golongan", "IX", "GOLONGAN_TIDAK_COCOK"),
        ("jenis_jabatan", "Jabatan Utama", "JENIS_JABATAN_TIDAK_DIKENAL"),
        ("eselon", "VI.a", "ESELON_TIDAK_DIKENAL"),
        ("tmt_jabatan", "31-02-2025", "TANGGAL_TIDAK_TERBACA"),
        ("tmt_jabatan", "12/31/2025", "TANGGAL_TIDAK_TERBACA"),
        ("tmt_jabatan", "1-3", "TANGGAL_TIDAK_TERBACA"),
        ("tmt_jabatan", "4500", "TANGGAL_TIDAK_TERBACA"),
        ("golongan", "Penata (III/b)", "PANGKAT_TIDAK_COCOK"),
        ("golongan", "Kepala Seksi", "GOLONGAN_TIDAK_DIKENAL"),
        ("tmt_jabatan", "01-01-1945", "TANGGAL_TIDAK_WAJAR"),
        ("tmt_jabatan", "2028-01-01", "TANGGAL_TIDAK_WAJAR"),
        ("email_dinas", "budi", "SUREL_TIDAK_SAH"),
        ("email_dinas", "budi@contoh", "SUREL_TIDAK_SAH"),
        ("email_dinas", "budi..c@contoh.example", "SUREL_TIDAK_SAH"),
        ("email_dinas", "budi@contoh.example, sari@contoh.example", "SUREL_TIDAK_SAH"),
        ("aktif", "mungkin", "AKTIF_TIDAK_DIKENAL"),
        ("unit_induk_kode", "seksi-uji", "UNIT_MELINGKAR"),
        ("zona_waktu", "WITB", "ZONA_TIDAK_DIKENAL"),
    ],
)
def test_a_cell_that_cannot_be_used_refuses_its_row(column, value, code):
    sheet = make_sheet(make_row(1, **{column: value}), make_row(2, unit_kode="lain"))

    assert codes(sheet) == [(2, column, code)]
    assert [person.row for person in sheet.people] == [3]


def test_all_problems_of_a_row_are_told_at_once():
    row = make_row(nip="1", nama="", golongan="V/a", email_dinas="x")

    assert {column for _row, column, _code in codes(make_sheet(row))} == {
        "nip",
        "nama",
        "golongan",
        "email_dinas",
    }


@every_case(
    ("column", "written", "stored"),
    [
        ("status_kepegawaian", "cpns", "CPNS"),
        ("jenis_kelamin", "perempuan", "P"),
        ("golongan", "iii A", "III/a"),
        ("golongan", "IV/e", "IV/e"),
        ("jenis_jabatan", "fungsional  keahlian", "Fungsional Keahlian"),
        ("eselon", "II/a", "II.a"),
        ("eselon", "non eselon", "NON"),
        ("tmt_jabatan", "01-03-2024", date(2024, 3, 1)),
        ("tmt_jabatan", "1-3-2024", date(2024, 3, 1)),
        ("tmt_jabatan", "2024-03-01", date(2024, 3, 1)),
        ("tmt_jabatan", "3/12/2025", date(2025, 12, 3)),
        ("tmt_jabatan", "1/1/90", date(1990, 1, 1)),
        ("tmt_jabatan", "1/1/24", date(2024, 1, 1)),
        ("tmt_jabatan", "01.03.2024", date(2024, 3, 1)),
        ("tmt_jabatan", "1 Januari 1990", date(1990, 1, 1)),
        ("tmt_jabatan", "17 Agst 2020", date(2020, 8, 17)),
        ("tmt_jabatan", "1-Mei-2020", date(2020, 5, 1)),
        ("tmt_jabatan", "5 Nopember 2019", date(2019, 11, 5)),
        ("tmt_jabatan", "45352", date(2024, 3, 1)),
        ("jenis_kelamin", "F", "P"),
        ("jenis_kelamin", "M", "L"),
        ("jenis_kelamin", "Laki - Laki", "L"),
        ("jenis_kelamin", "Wanita", "P"),
        ("status_kepegawaian", "Pegawai Negeri Sipil", "PNS"),
        ("golongan", "Penata Muda Tk. I (III/b)", "III/b"),
        ("golongan", "Penata Muda Tk.I, III/b", "III/b"),
        ("golongan", "III/d - Penata Tingkat I", "III/d"),
        ("golongan", "Pembina Utama Muda", "IV/c"),
        ("golongan", "Gol. IIIb", "III/b"),
        ("tmt_jabatan", "2024-03-01 00:00:00", date(2024, 3, 1)),
        ("tmt_jabatan", "'01-03-2024", date(2024, 3, 1)),
        ("tmt_jabatan", "", None),
        ("email_dinas", "Budi.C@Contoh.Example", "budi.c@contoh.example"),
        ("email_dinas", "-", None),
    ],
)
def test_values_are_read_as_people_write_them(column, written, stored):
    assert value_of(column, written) == stored


def test_the_ranks_of_pppk_have_no_letter():
    sheet = make_sheet(make_row(nip=PPPK, status_kepegawaian="P3K", golongan="ix"))

    assert sheet.people[0].values["golongan"] == "IX"
    assert sheet.people[0].values["employment_status"] == "PPPK"


def test_an_unusual_jenjang_only_warns_and_a_known_one_is_spelled_alike():
    odd = make_row(1, jenis_jabatan="Fungsional Keahlian", jenjang="Mahir")
    usual = make_row(2, jenis_jabatan="Fungsional Keahlian", jenjang="ahli MUDA")
    sheet = make_sheet(odd, usual)

    assert warning_codes(sheet) == [(2, "jenjang", "JENJANG_TIDAK_COCOK")]
    assert [person.values["jenjang"] for person in sheet.people] == [
        "Mahir",
        "Ahli Muda",
    ]


@every_case(
    ("written", "is_active"),
    [
        ("ya", True),
        ("YA", True),
        ("", None),
        ("-", None),
        ("tidak", False),
        ("Tidak Aktif", False),
    ],
)
def test_active_is_yes_or_no(written, is_active):
    assert make_sheet(make_row(aktif=written)).people[0].is_active is is_active


def test_an_address_twice_is_refused_whatever_its_capitals():
    sheet = make_sheet(
        make_row(1, email_dinas="budi@contoh.example"),
        make_row(2, email_dinas="BUDI@contoh.example"),
    )

    assert codes(sheet) == [(3, "email_dinas", "SUREL_GANDA")]


# --- units -------------------------------------------------------------------------
def test_a_unit_is_gathered_from_all_the_rows_that_name_it():
    sheet = make_sheet(
        make_row(1, unit_kode="a", unit_nama="", unit_induk_kode="puncak"),
        make_row(2, unit_kode="'a", unit_nama="Unit A", zona_waktu="wit"),
    )

    (unit,) = sheet.units
    assert (unit.row, unit.code, unit.name) == (2, "a", "Unit A")
    assert (unit.parent_code, unit.time_zone) == ("puncak", "Asia/Jayapura")


@every_case(
    ("column", "first", "second"),
    [
        ("unit_nama", "Unit A", "Unit B"),
        ("unit_induk_kode", "x", "y"),
        ("zona_waktu", "WIB", "WIT"),
    ],
)
def test_a_unit_that_is_named_in_two_ways_is_refused(column, first, second):
    sheet = make_sheet(make_row(1, **{column: first}), make_row(2, **{column: second}))

    assert codes(sheet) == [(3, column, "UNIT_BERBEDA")]


def test_a_row_with_a_unit_and_nobody_speaks_of_the_unit_alone():
    sheet = make_sheet(
        {"unit_kode": "puncak", "unit_nama": "Kabupaten", "instansi": "Pemkab"}
    )

    assert codes(sheet) == []
    assert sheet.people == ()
    assert sheet.units[0].agency_name == "Pemkab"


def test_five_thousand_rows_are_read():
    sheet = make_sheet(*(make_row(number) for number in range(5_000)))

    assert len({person.nip for person in sheet.people}) == 5_000
    assert sheet.people[-1].nip == nip_of(4_999)
    assert sheet.people[-1].row == 5_001


@every_case(
    ("written", "old_nip", "is_somebody_else"),
    [
        ("", "", False),
        ("-", "", False),
        ("131 234 567", "131234567", False),
        (nip_of(2), nip_of(2), False),
        (nip_of(1), "", False),
        ("tidak ada", "", True),
        ("Tidak ada.", "", True),
        ("BUKAN", "", True),
    ],
)
def test_former_numbers(written, old_nip, is_somebody_else):
    (person,) = make_sheet(make_row(1, nip_lama=written)).people
    assert (person.old_nip, person.is_somebody_else) == (old_nip, is_somebody_else)


@every_case(
    ("written", "code"),
    [
        ("13123456", "NIP_PANJANG"),
        ("1.99001E+17", "NIP_NOTASI_ILMIAH"),
        ("199002302015041908", "NIP_TGL_LAHIR"),
        ("kosong", "NIP_BUKAN_ANGKA"),
    ],
)
def test_former_numbers_that_cannot_be(written, code):
    assert codes(make_sheet(make_row(1, nip_lama=written))) == [(2, "nip_lama", code)]


def test_a_former_number_twice_is_refused():
    sheet = make_sheet(*(make_row(n, nip_lama="131234567") for n in (1, 2)))

    assert codes(sheet) == [(3, "nip_lama", "NIP_GANDA")]


@every_case("title", ["nama", "gelar_depan", "gelar_belakang", "jabatan", "instansi"])
def test_what_formulas_give_that_found_nothing_is_no_word(title):
    for found in ("0", "FALSE", "TRUE"):
        row = make_row(1, **{title: found})
        assert (2, title, "SEL_RUMUS") in codes(make_sheet(row)), found


@every_case("name", ["Salah", "BENAR", "Falsé"])
def test_names_that_look_like_a_truth_are_names(name):
    assert codes(make_sheet(make_row(1, nama=name))) == []


@every_case(
    "word", ["NULL", "NaN", "None", "N/A", "#SPILL!", "#TIDAK ADA", "Err:508", "(null)"]
)
def test_what_programs_write_for_nothing_is_no_value(word):
    assert codes(make_sheet(make_row(1, jabatan=word))) == [(2, "jabatan", "SEL_RUMUS")]
