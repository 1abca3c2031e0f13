"""The trail as a file: a row per record, the latest first."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from reports.columns import ReportColumn
from reports.trail.asking import TrailFilters
from reports.trail.kinds import GROUPS

TRAIL_KEY = "trail"
TRAIL_TITLE = _("Catatan aktivitas")
TRAIL_COLUMNS = (
    ReportColumn(_("Tanggal"), "date", 13, _("Hari kejadiannya."), key="tanggal"),
    ReportColumn(
        _("Pukul"), "text", 12, _("Jam menurut zona waktu pembaca."), key="pukul"
    ),
    ReportColumn(
        _("Siapa"),
        "text",
        32,
        _("Yang melakukan; Sistem bila tidak oleh orang."),
        key="siapa",
    ),
    ReportColumn(
        _("NIP siapa"), "text", 22, _("Hanya pegawai unit pembaca."), key="nip-siapa"
    ),
    ReportColumn(_("Melakukan apa"), "text", 40, _("Jenis kejadian."), key="apa"),
    ReportColumn(
        _("Tentang siapa"),
        "text",
        32,
        _("Orang yang akun atau catatannya disentuh."),
        key="tentang",
    ),
    ReportColumn(
        _("NIP tentang"),
        "text",
        22,
        _("Hanya pegawai unit pembaca."),
        key="nip-tentang",
    ),
    ReportColumn(
        _("Benda"),
        "text",
        24,
        _("Baris data yang disentuh, dengan nomornya."),
        key="benda",
    ),
    ReportColumn(
        _("Keterangan"), "text", 60, _("Keterangan tambahan tanpa rahasia."), key="ket"
    ),
    ReportColumn(
        _("Kode kejadian"), "text", 36, _("Nama jenis kejadian di sistem."), key="kode"
    ),
    ReportColumn(
        _("Nomor catatan"), "integer", 14, _("Nomor pada jejak bersegel."), key="nomor"
    ),
)


def trail_in_words(
    filters: TrailFilters, user: User, now: datetime
) -> list[tuple[str, str]]:
    """Return what was asked, as pairs of a label and words for people to read."""
    unit = Unit.objects.filter(code=filters.unit).first() if filters.unit else None
    groups = {group.slug: str(group.title) for group in GROUPS}
    days = [day.isoformat() if day else "…" for day in (filters.since, filters.until)]
    return [
        (
            gettext("Unit kerja"),
            gettext("%(unit)s dan di bawahnya") % {"unit": unit.name}
            if unit
            else gettext("Semua unit Anda"),
        ),
        (
            gettext("Kejadian"),
            groups.get(filters.group, gettext("Semua kejadian")),
        ),
        (gettext("Tanggal"), " – ".join(days)),
        (gettext("Pelaku yang dicari"), _how_many(filters.actors)),
        (gettext("Orang yang dicari"), _how_many(filters.subjects)),
    ]


def _how_many(people: tuple[int, ...] | None) -> str:
    if people is None:
        return gettext("Semua orang")
    return gettext("%(count)d orang") % {"count": len(people)}
