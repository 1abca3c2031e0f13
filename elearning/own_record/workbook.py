"""A person's own record as a workbook: her JP, her courses, her attempts."""

from io import BytesIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from courses.jp import year_of
from courses.models import JpEntry
from elearning.own_record.history import HistoryRow, whole_history
from lib.spreadsheets import Column, Sheet, write_xlsx


def own_workbook(user: User) -> bytes:
    """Return the workbook; its moments are those of her own clock."""
    history = whole_history(user)
    target = BytesIO()
    sheets = [_jp_sheet(user), _course_sheet(history), _attempt_sheet(history)]
    write_xlsx(target, sheets=sheets, zone=ZoneInfo(user.time_zone))
    return target.getvalue()


def _jp_sheet(user: User) -> Sheet:
    entries = JpEntry.objects.filter(person=user).select_related("version")
    return Sheet(
        "JP",
        [
            Column(_("Tanggal"), "date", 14),
            Column(_("Kursus"), "text", 48),
            Column("JP", "integer", 8),
            Column(_("Tahun hitung mulai"), "date", 20),
            Column(_("Tahun hitung sampai"), "date", 20),
        ],
        [
            (row.earned_on, row.version.title, row.jp, year.first, year.last)
            for row in entries.order_by("earned_on", "pk")
            for year in [year_of(user, row.earned_on)]
        ],
    )


def _course_sheet(history: list[HistoryRow]) -> Sheet:
    states = {"open": _("Sedang dipelajari"), "done": _("Selesai")}
    return Sheet(
        _("Kursus"),
        [
            Column(_("Kursus"), "text", 48),
            Column(_("Keadaan"), "text", 20),
            Column(_("Mulai"), "datetime", 18),
            Column(_("Selesai"), "datetime", 18),
            Column(_("Nilai"), "text", 10),
            Column(_("Nomor sertifikat"), "text", 40),
        ],
        [
            (
                row.title,
                states.get(row.state, _("Berhenti mengikuti")),
                row.started_at,
                row.completed_at,
                row.score,
                ", ".join(paper.number for paper in row.papers),
            )
            for row in history
        ],
    )


def _attempt_sheet(history: list[HistoryRow]) -> Sheet:
    return Sheet(
        _("Percobaan"),
        [
            Column(_("Kursus"), "text", 48),
            Column(_("Kuis"), "text", 24),
            Column(_("Percobaan ke"), "integer", 14),
            Column(_("Mulai"), "datetime", 18),
            Column(_("Nilai"), "text", 10),
            Column(_("Hasil"), "text", 16),
        ],
        [
            (
                row.title,
                line.title,
                line.number,
                line.started_at,
                line.score,
                {True: _("Lulus"), False: _("Belum lulus")}.get(line.passed),  # type: ignore[arg-type]
            )
            for row in history
            for line in row.attempts
        ],
    )
