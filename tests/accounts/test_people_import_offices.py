"""Sheets as offices have them: each is read right, or refused with a reason.

None is read wrong: what a case expects of its people is all that is read of them.
"""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from accounts.people_import.findings import ImportRefused
from accounts.people_import.reading import read_file
from tests.accounts.office_sheets import Office, csv, people, sheet
from tests.accounts.people_sheets import TODAY, codes, nip_of

TITLES = ["No", "NIP", "Nama", "Status", "Kode Unit", "Unit Kerja"]
ROWS = people("no", "nip", "nama", "status", "kode", "unit")
SIGNATURES = [
    [],
    ["", "", "", "", "Merauke, 30 November 2026"],
    ["", "", "", "", "Mengetahui,"],
    ["", "", "", "", "Kepala Dinas"],
    [],
    ["", "", "", "", "Drs. Pejabat Contoh"],
    ["", "", "", "", "NIP. 19700101 199503 1 901"],
]


@dataclass(frozen=True)
class Case:
    """A file, and what must be read of it: values of its first person, notes."""

    content: bytes
    first: dict[str, Any] = field(default_factory=dict)
    count: int = 3
    notes: tuple[str, ...] = ()
    name: str = "pegawai.xlsx"
    sheet: str = "Pegawai"
    ignored: tuple[str, ...] = ()
    errors: tuple[tuple[int, str, str], ...] = ()
    is_active: bool | None = None


SIASN_TITLES = [
    "PNS ID",
    "NIP BARU",
    "NIP LAMA",
    "NAMA",
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "STATUS CPNS PNS",
    "KEDUDUKAN HUKUM NAMA",
    "GOL AWAL NAMA",
    "GOL AKHIR NAMA",
    "JENIS JABATAN NAMA",
    "JABATAN NAMA",
    "TMT JABATAN",
    "UNOR ID",
    "UNOR NAMA",
    "INSTANSI INDUK NAMA",
    "INSTANSI KERJA NAMA",
    "EMAIL",
]
SIASN = sheet(
    "Data Utama",
    SIASN_TITLES,
    *(
        [
            *("A8ACA", nip_of(n), "", "SARI PERCOBAAN", "", "S.Kom.", "01-01-1970"),
            *("F", "P", "Aktif", "III/a", "III/b", "Jabatan Fungsional Tertentu"),
            *("Pranata Komputer Ahli Pertama", "01-03-2024", "8ae4", "Seksi Uji"),
            *("Pemerintah Kab. Lama", "Pemerintah Kab. Contoh", f"s{n}@contoh.example"),
        ]
        for n in (1, 2, 3)
    ),
)
SIASN_JSON = sheet(
    "Sheet1",
    [
        "nipBaru",
        "nama",
        "jenisKelamin",
        "jenisPegawaiNama",
        "golRuangAkhir",
        "jabatanNama",
        "tmtJabatan",
        "unorId",
        "unorNama",
        "instansiKerjaNama",
    ],
    *people(
        *("nip", "nama", "l", "p3", "gol", "j", "tmt", "kode", "unit", "i"),
        l="P",
        p3="PNS Daerah",
        gol="III/c",
        j="Analis",
        tmt="2024-03-01",
        i="Kab. Contoh",
    ),
)
SIMPEG = sheet(
    "Nominatif",
    ["DAFTAR NOMINATIF PEGAWAI NEGERI SIPIL"],
    ["PEMERINTAH KABUPATEN CONTOH"],
    ["KEADAAN: 30 NOVEMBER 2026"],
    [],
    [
        *("NO", "NAMA PEGAWAI", "NIP", "L/P", "STATUS", "PANGKAT/GOL. RUANG"),
        *("JABATAN", "", "", "UNIT KERJA", ""),
    ],
    ["", "", "", "", "", "", "NAMA", "ESELON", "TMT", "KODE", "NAMA"],
    [str(number) for number in range(1, 12)],
    ["DINAS CONTOH"],
    *people(
        *("no", "nama", "nip", "l", "status", "gol", "j", "e", "tmt", "kode", "unit"),
        l="P",
        gol="Penata Muda Tk. I (III/b)",
        j="Kepala Seksi",
        e="IV/a",
        tmt="1 Maret 2024",
    ),
    ["JUMLAH", "3"],
    *SIGNATURES,
    merges=[
        ("Nominatif", "A1:K1"),
        ("Nominatif", "G5:I5"),
        ("Nominatif", "J5:K5"),
        ("Nominatif", "A8:K8"),
    ],
)
FORMASI = sheet(
    "Peta Jabatan",
    [
        "Kode Unor",
        "Nama Unor",
        "Jenis Jabatan",
        "Nama Jabatan",
        "Kelas",
        "NIP",
        "Nama Pemangku Jabatan",
        "Status ASN",
        "Gol/Ruang",
    ],
    *people(
        *("kode", "unit", "jj", "j", "kelas", "nip", "nama", "status", "gol"),
        jj="Jabatan Struktural",
        j="Kepala Seksi Uji",
        kelas=9,
        gol="III/d",
    ),
)
GUIDE = Office(
    [
        ("Petunjuk", [["Kolom", "Cara mengisi"], ["NIP", "18 angka"], ["Nama", "x"]]),
        ("Data", [TITLES, *ROWS]),
    ]
).content()
HIDDEN = sheet(
    "Pegawai",
    [*TITLES, "Golongan"],
    *people("no", "nip", "nama", "status", "kode", "unit", "gol", gol="III/a"),
    hidden_rows=(3, 4),
    hidden_columns=("G",),
)
TWO_TITLES_CSV = csv(
    ["DAFTAR PEGAWAI, KAB. CONTOH"],
    ["Identitas", "", "Unit Kerja", "", "Status"],
    ["NIP", "Nama Lengkap", "Kode", "Nama", "Pegawai"],
    *people("nip", "nama", "kode", "unit", "status"),
    delimiter=",",
)
OWN_LABELS = sheet(
    "JP per pegawai",
    ["NIP", "Nama", "Unit kerja", "Kode unit", "Golongan", "Status kepegawaian"],
    *people("nip", "nama", "unit", "kode", "gol", "status", gol="III/c"),
)
REPEATED = sheet(
    "Pegawai",
    TITLES,
    ROWS[0],
    ["Sub Total", "", "", "", "", "1"],
    TITLES,
    *ROWS[1:],
    ["Total", "", "3"],
)
PPPK = sheet(
    "Pegawai",
    [*TITLES, "Golongan", "TMT Jabatan"],
    [
        *(1, "198806302021211904", "Sari", "PPPK Penuh Waktu", "seksi-uji"),
        *("Seksi Uji", "Golongan IX", 45352),
    ],
    [
        *(2, "199303082025242906", "Budi", "PPPK Paruh Waktu", "seksi-uji"),
        *("Seksi Uji", "", "1/3/24"),
    ],
)
NUMBERED = sheet(
    "Pegawai",
    TITLES,
    *ROWS,
    *([number, "", "", "", "", ""] for number in range(4, 60)),
)
NO_NUMBER = sheet(
    "Pegawai", TITLES, *ROWS, [4, "", "Honorer Contoh", "PNS", "seksi-uji"]
)
READ = {
    "siasn": Case(
        SIASN,
        {
            "name": "SARI PERCOBAAN",
            "title_suffix": "S.Kom.",
            "gender": "P",
            "employment_status": "PNS",
            "golongan": "III/b",
            "jabatan_kind": "Fungsional Keahlian",
            "jabatan": "Pranata Komputer Ahli Pertama",
            "jabatan_starts_on": date(2024, 3, 1),
            "agency_name": "Pemerintah Kab. Contoh",
            "email": "s1@contoh.example",
        },
        sheet="Data Utama",
        ignored=("PNS ID", "TANGGAL LAHIR", "GOL AWAL NAMA", "INSTANSI INDUK NAMA"),
        is_active=True,
    ),
    "siasn by its field names": Case(
        SIASN_JSON,
        {
            "gender": "P",
            "employment_status": "PNS",
            "golongan": "III/c",
            "jabatan_starts_on": date(2024, 3, 1),
        },
        sheet="Sheet1",
    ),
    "simpeg": Case(
        SIMPEG,
        {
            "name": "Sari Percobaan",
            "golongan": "III/b",
            "jabatan": "Kepala Seksi",
            "eselon": "IV.a",
            "jabatan_starts_on": date(2024, 3, 1),
        },
        notes=("baris 5–6", "jumlah: baris 12", "tanda tangan: baris 14–16, 18–19"),
        sheet="Nominatif",
        ignored=("NO",),
    ),
    "e-formasi": Case(
        FORMASI,
        {"jabatan_kind": "", "jabatan": "Kepala Seksi Uji", "golongan": "III/d"},
        sheet="Peta Jabatan",
        ignored=("Kelas",),
    ),
    "a guide first": Case(
        GUIDE, notes=("lembar “Data”, tidak “Petunjuk”",), sheet="Data"
    ),
    "hidden": Case(
        HIDDEN,
        {"golongan": "III/a"},
        notes=("Baris tersembunyi ikut dibaca: 3–4", "ikut dibaca: G (golongan)"),
    ),
    "two rows of titles in a csv": Case(
        TWO_TITLES_CSV, notes=("baris 2–3",), name="x.csv", sheet=""
    ),
    "our own download": Case(OWN_LABELS, {"golongan": "III/c"}, sheet="JP per pegawai"),
    "titles on every page": Case(
        REPEATED, notes=("jumlah: baris 3, 7", "berulang: baris 4")
    ),
    "pppk": Case(
        PPPK,
        {
            "employment_status": "PPPK",
            "golongan": "IX",
            "jabatan_starts_on": date(2024, 3, 1),
        },
        count=2,
    ),
    "rows that are only numbered": Case(
        NUMBERED, notes=("kolom yang dibaca: baris 5–60",)
    ),
    "somebody without a number": Case(
        NO_NUMBER,
        errors=((5, "nip", "NIP_PANJANG"),),
    ),
}
REFUSED = {
    "names alone": (
        csv(["Nama", "Jabatan"], ["Budi", "Analis"]),
        "x.csv",
        "KOLOM_KURANG",
    ),
    "no unit": (
        sheet(
            "A", ["NIP", "Nama", "Status", "Gol", "Jabatan"], ["1", "B", "PNS", "", ""]
        ),
        "x.xlsx",
        "KOLOM_KURANG",
    ),
    "two numbers": (
        sheet("A", ["NIP", "NIP", *TITLES[2:]], *ROWS),
        "x.xlsx",
        "KOLOM_GANDA",
    ),
    "shifted by a comma": (
        csv(
            ["NIP", "Nama", "Status", "Kode Unit", "Unit Kerja"],
            [nip_of(1), "Budi", " S.Sos.", "PNS", "seksi-uji", "Seksi Uji"],
            delimiter=",",
        ),
        "x.csv",
        "BARIS_TERLALU_LEBAR",
    ),
    "titles only": (sheet("A", ["Daftar"], TITLES), "x.xlsx", "BERKAS_KOSONG"),
    "signatures only": (sheet("A", TITLES, *SIGNATURES), "x.xlsx", "BERKAS_KOSONG"),
}


def read(content: bytes, name: str = "pegawai.xlsx"):
    """Return what a file says."""
    return read_file(BytesIO(content), name, today=TODAY)


@pytest.mark.parametrize("style", READ)
def test_a_sheet_of_an_office_is_read(style):
    case = READ[style]

    found = read(case.content, case.name)

    assert tuple(codes(found)) == case.errors
    assert [one.nip for one in found.people][: case.count] == [
        nip_of(number) if style != "pppk" else found.people[number - 1].nip
        for number in range(1, case.count + 1)
    ]
    assert len(found.people) == case.count
    values = found.people[0].values
    assert {name: values[name] for name in case.first} == case.first
    assert found.people[0].is_active is case.is_active
    assert [unit.name for unit in found.units] == ["Seksi Uji"]
    assert found.source.sheet == case.sheet
    notes = " ".join(found.source.notes)
    assert [note for note in case.notes if note not in notes] == []
    if case.ignored:
        assert found.ignored_columns == case.ignored


@pytest.mark.parametrize("style", REFUSED)
def test_a_sheet_that_cannot_be_read_is_refused_with_a_reason(style):
    content, name, code = REFUSED[style]

    with pytest.raises(ImportRefused) as refused:
        read(content, name)

    assert refused.value.code == code


# --- columns of one's own -----------------------------------------------------------
OWN = sheet(
    "Pegawai",
    ["Nomor", "Orang", "Macam", "Sandi", "Kantor"],
    *people("nip", "nama", "status", "kode", "unit"),
)
SAID = {
    "sheet": "Pegawai",
    "header": 1,
    "roles": ["nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama"],
}


def test_columns_that_were_said_are_read():
    found = read_file(BytesIO(OWN), "x.xlsx", today=TODAY, said=SAID)

    assert [one.values["name"] for one in found.people] == [
        "Sari Percobaan",
        "Budi Contoh",
        "Dewi Misal",
    ]
    assert found.source.places["nip"] == "A, Nomor"


def test_findings_say_where_the_sheet_has_the_column():
    titles = [*TITLES[:2], "Nama Pegawai", *TITLES[3:]]
    content = sheet("Pegawai", titles, [*ROWS[0][:2], "", *ROWS[0][3:]])

    (finding,) = read(content).findings

    assert finding.where == "nama (C, Nama Pegawai)"


def test_a_coarse_kind_of_jabatan_follows_from_the_eselon():
    titles = [*TITLES, "Jenis Jabatan", "Eselon"]
    rows = [
        [*row, "Jabatan Struktural", eselon]
        for row, eselon in zip(ROWS, ("II.b", "III/a", "IVa"), strict=True)
    ]

    found = read(sheet("Pegawai", titles, *rows))

    assert [one.values["jabatan_kind"] for one in found.people] == [
        "JPT Pratama",
        "Administrator",
        "Pengawas",
    ]


@pytest.mark.parametrize("text", ["Kepala", "Jumlah"])
def test_a_row_with_a_number_is_never_skipped(text):
    rows = [
        *ROWS[:2],
        [3, nip_of(3), f"{text} Contoh", "PNS", "seksi-uji", "Seksi Uji"],
    ]

    assert len(read(sheet("Pegawai", TITLES, *rows)).people) == 3
