"""Columns that every listing of people has."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.listings.definition import ListingColumn, Raw

UNIT_COLUMN = ListingColumn(
    _("Unit kerja"),
    "text",
    32,
    _("Unit kerja pada tanggal keadaan yang tertulis di atas."),
    key="unit",
)
NAMED_COLUMNS = (
    ListingColumn(_("Nama"), "text", 32, _("Nama dengan gelar."), key="nama"),
    ListingColumn(
        "NIP",
        "text",
        21,
        _("NIP atau NI PPPK, 18 angka, tersimpan sebagai teks."),
        key="nip",
    ),
    UNIT_COLUMN,
)
LINE_COLUMNS = (
    ListingColumn(
        _("Kode unit"),
        "text",
        24,
        _("Kode unit kerja, seperti pada impor pegawai."),
        key="kode-unit",
        is_extra=True,
    ),
    ListingColumn(
        _("Jalur unit kerja"),
        "text",
        70,
        _("Nama semua unit dari puncak sampai unit kerja, dipisah garis miring."),
        key="jalur-unit",
        is_extra=True,
    ),
)
JOB_COLUMNS = (
    *LINE_COLUMNS,
    ListingColumn(
        _("Golongan"),
        "text",
        10,
        _("Golongan pada tanggal keadaan."),
        key="golongan",
        is_extra=True,
    ),
    ListingColumn(
        _("Jabatan"),
        "text",
        36,
        _("Jabatan pada tanggal keadaan."),
        key="jabatan",
        is_extra=True,
    ),
    ListingColumn(
        _("Status kepegawaian"),
        "text",
        18,
        _("PNS, CPNS, PPPK, atau lainnya pada tanggal keadaan."),
        key="status-kepegawaian",
        is_extra=True,
    ),
)


def line_values(raw: Raw) -> dict[str, Any]:
    """Return the values about the unit."""
    return {
        "unit": raw.unit,
        "kode-unit": raw.line.code,
        "jalur-unit": raw.line.names,
    }


def person_values(raw: Raw) -> dict[str, Any]:
    """Return the values of `NAMED_COLUMNS` and `JOB_COLUMNS`."""
    person = raw.named
    return {
        **line_values(raw),
        "nama": person.full_name,
        "nip": person.nip,
        "golongan": person.golongan,
        "jabatan": person.jabatan,
        "status-kepegawaian": person.employment_status,
        "person_key": person.key,
    }
