"""The columns of the import file, and the values that some of them are limited to.

The seventeen columns and their order are those of the agreed file. Four more may be
added: `unit_induk_kode` and `zona_waktu` build the tree of units,
`alasan_beda_status` lets HR keep a number whose pattern contradicts the status,
`nip_lama` says whose number has changed.

Lists: employment status, kinds of jabatan and jenjang follow UU 20/2023; golongan
and eselon are those of SIASN's references.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STATUSES = ("PNS", "CPNS", "PPPK", "PPPK Paruh Waktu", "Non-ASN", "TNI/Polri")
GENDERS = ("L", "P")
JABATAN_KINDS = (
    "JPT Utama",
    "JPT Madya",
    "JPT Pratama",
    "Administrator",
    "Pengawas",
    "Pelaksana",
    "Fungsional Keahlian",
    "Fungsional Keterampilan",
)
JENJANG: Mapping[str, tuple[str, ...]] = {
    "Fungsional Keahlian": ("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"),
    "Fungsional Keterampilan": ("Pemula", "Terampil", "Mahir", "Penyelia"),
}
ESELONS = (
    *("I.a", "I.b", "II.a", "II.b", "III.a", "III.b"),
    *("IV.a", "IV.b", "V.a", "V.b", "NON"),
)
_PNS_RANKS = {"I": "abcd", "II": "abcd", "III": "abcd", "IV": "abcde"}
GOLONGAN_PNS = tuple(
    f"{group}/{letter}" for group, letters in _PNS_RANKS.items() for letter in letters
)
GOLONGAN_PPPK = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
GOLONGAN_BY_STATUS: Mapping[str, tuple[str, ...]] = {
    "PNS": GOLONGAN_PNS,
    "CPNS": GOLONGAN_PNS,
    "PPPK": GOLONGAN_PPPK,
    "PPPK Paruh Waktu": GOLONGAN_PPPK,
}
ZONES: Mapping[str, str] = {
    "WIB": "Asia/Jakarta",
    "WITA": "Asia/Makassar",
    "WIT": "Asia/Jayapura",
}


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column: its title in the file, the person's field it fills, how to fill it.

    `field` is "" where the column is not about the person herself; `longest` is the
    length of the database column, 0 where the value is limited otherwise.
    """

    title: str
    label: str
    note: str
    example: str = ""
    field: str = ""
    longest: int = 0
    is_required: bool = False
    is_extra: bool = False


COLUMNS = (
    ImportColumn(
        title="nip",
        label="NIP",
        note="18 angka NIP atau NI PPPK. Kolom ini harus berformat Teks.",
        example="199001172015041901",
        is_required=True,
    ),
    ImportColumn(
        title="nama",
        label="Nama",
        note="Nama tanpa gelar, persis seperti pada SK. Boleh satu kata.",
        example="Budi Contoh",
        field="name",
        longest=150,
        is_required=True,
    ),
    ImportColumn(
        title="gelar_depan",
        label="Gelar depan",
        note="Boleh kosong. Contoh: Dr.",
        field="title_prefix",
        longest=50,
    ),
    ImportColumn(
        title="gelar_belakang",
        label="Gelar belakang",
        note="Boleh kosong. Contoh: S.Sos., M.Si.",
        example="S.Sos.",
        field="title_suffix",
        longest=80,
    ),
    ImportColumn(
        title="jenis_kelamin",
        label="Jenis kelamin",
        note="L atau P. Boleh kosong.",
        example="L",
        field="gender",
    ),
    ImportColumn(
        title="status_kepegawaian",
        label="Status kepegawaian",
        note=f"Salah satu dari: {', '.join(STATUSES)}.",
        example="PNS",
        field="employment_status",
        is_required=True,
    ),
    ImportColumn(
        title="golongan",
        label="Golongan",
        note="PNS: I/a sampai IV/e. PPPK: I sampai XVII. Boleh kosong.",
        example="III/c",
        field="golongan",
    ),
    ImportColumn(
        title="jenis_jabatan",
        label="Jenis jabatan",
        note=f"Boleh kosong, atau salah satu dari: {', '.join(JABATAN_KINDS)}.",
        example="Pelaksana",
        field="jabatan_kind",
    ),
    ImportColumn(
        title="jabatan",
        label="Jabatan",
        note="Nama jabatan lengkap. Boleh kosong.",
        example="Pengelola Kepegawaian",
        field="jabatan",
        longest=200,
    ),
    ImportColumn(
        title="jenjang",
        label="Jenjang",
        note="Hanya untuk jabatan fungsional. Contoh: Ahli Muda, Terampil.",
        field="jenjang",
        longest=32,
    ),
    ImportColumn(
        title="eselon",
        label="Eselon",
        note="I.a sampai V.b, atau NON. Boleh kosong.",
        example="NON",
        field="eselon",
    ),
    ImportColumn(
        title="unit_kode",
        label="Kode unit",
        note="Kode unit kerja. Unit yang belum ada dibuat dari kode ini.",
        example="dukcapil.loket",
        longest=64,
        is_required=True,
    ),
    ImportColumn(
        title="unit_nama",
        label="Nama unit",
        note="Nama unit kerja. Wajib diisi untuk unit baru.",
        example="Seksi Pelayanan Loket",
        longest=200,
        is_required=True,
    ),
    ImportColumn(
        title="instansi",
        label="Instansi",
        note="Nama instansi. Boleh kosong.",
        example="Pemerintah Kabupaten Contoh",
        field="agency_name",
        longest=200,
    ),
    ImportColumn(
        title="tmt_jabatan",
        label="TMT jabatan",
        note="Hari, bulan, tahun: 31-12-2025 atau 31 Desember 2025. Boleh kosong.",
        example="01-03-2024",
        field="jabatan_starts_on",
    ),
    ImportColumn(
        title="email_dinas",
        label="Surel dinas",
        note="Dipakai untuk membuat kata sandi. Satu surel untuk satu pegawai.",
        example="budi@contoh.example",
        field="email",
        longest=254,
    ),
    ImportColumn(
        title="aktif",
        label="Aktif",
        note="ya atau tidak. Kosong berarti tetap; pegawai baru menjadi aktif. Yang "
        "tidak aktif tidak dapat masuk.",
        example="ya",
    ),
    ImportColumn(
        title="unit_induk_kode",
        label="Kode unit induk",
        note="Kode unit di atasnya. Wajib untuk unit baru. Kosong berarti tetap.",
        example="dukcapil",
        longest=64,
        is_extra=True,
    ),
    ImportColumn(
        title="zona_waktu",
        label="Zona waktu",
        note="WIB, WITA, atau WIT. Kosong berarti sama dengan unit induknya.",
        example="WIT",
        is_extra=True,
    ),
    ImportColumn(
        title="alasan_beda_status",
        label="Alasan beda status",
        note="Diisi hanya bila pola NIP memang berbeda dari status kepegawaiannya.",
        longest=200,
        is_extra=True,
    ),
    ImportColumn(
        title="nip_lama",
        label="NIP lama",
        note="Diisi bila NIP pegawai berganti: nomor sebelumnya, 18 atau 9 angka. "
        "Tulis tidak ada bila ia orang lain yang nama dan tanggal lahirnya sama.",
        is_extra=True,
    ),
)
BY_TITLE: Mapping[str, ImportColumn] = {column.title: column for column in COLUMNS}
CLEARABLE: Mapping[str, ImportColumn] = {
    column.title: column
    for column in COLUMNS
    if column.field and not column.is_required
}
LABEL_OF_FIELD: Mapping[str, str] = {
    **{column.field: column.label for column in COLUMNS if column.field},
    "unit_name": "Nama unit",
    "time_zone": "Zona waktu",
}
# Filled only about a person: a row where all of them are empty speaks of its unit.
ABOUT_PEOPLE = frozenset(
    column.title for column in COLUMNS if column.field and column.field != "agency_name"
) | {"nip", "nip_lama"}
