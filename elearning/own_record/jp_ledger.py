"""The ledger of learning hours: every JP of a year, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate
from certificates.verification_code import display
from courses.jp import JpStatus, agreement_since, jp_status, year_of
from courses.jp_years import JpYear, jp_year_numbered
from courses.models import JpEntry
from lib.indonesian import format_date_range, format_score


@dataclass(frozen=True)
class CopyField:
    """One field of the form in MyASN, to be copied."""

    label: str
    value: str


@dataclass(frozen=True)
class LedgerRow:
    """Hours that were earned on a day, and why; `fields` where there is a paper.

    `is_of_course` says that a paper of this site belongs to them. What was recognised
    wrongly stands there again with less than nothing.
    """

    is_of_course: bool
    earned_on: date
    title: str
    jp: int
    reason: str
    number: str
    certificate_url: str
    fields: list[CopyField]


@dataclass(frozen=True)
class LedgerYear:
    """A year that can be chosen."""

    number: int
    label: str
    is_shown: bool


@dataclass(frozen=True)
class JpLedgerPage:
    """The ledger of one year, the newest hours first."""

    label: str
    status: JpStatus
    rows: list[LedgerRow]
    years: list[LedgerYear]
    is_agreement: bool
    is_past: bool


def jp_ledger_page(user: User, asked: str, *, now: datetime) -> JpLedgerPage:
    """Return the year that is asked for by its number, this one by default.

    Every entry belongs to exactly one year, also those from before an agreement.
    """
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    entries = _entries(user)
    present = year_of(user, today)
    years = {present} | {year_of(user, row.earned_on) for row in entries}
    shown = _chosen(user, asked, years) or present
    mine = [row for row in entries if row.earned_on in shown]
    papers = _papers([row.enrollment_id for row in mine if row.enrollment_id])
    earned = sum(row.jp for row in mine)
    return JpLedgerPage(
        label=_label(shown),
        status=jp_status(user, on=shown.last, earned=earned),
        rows=[_row(row, papers.get(row.enrollment_id or 0)) for row in mine],
        years=[
            LedgerYear(year.number, _label(year), year == shown)
            for year in sorted(years, key=lambda year: year.first, reverse=True)
        ],
        is_agreement=shown.is_agreement,
        is_past=shown.last < today,
    )


def _chosen(user: User, asked: str, years: set[JpYear]) -> JpYear | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) == len("2026")):
        return None
    if asked.startswith("0"):
        return None
    year = jp_year_numbered(int(asked), agreement_since=agreement_since(user))
    return year if year in years else None


def _label(year: JpYear) -> str:
    if not year.is_agreement:
        return _("Tahun %(year)d") % {"year": year.number}
    days = format_date_range(year.first, year.last)
    return _("Tahun perjanjian %(days)s") % {"days": days}


def _entries(user: User) -> list[JpEntry]:
    rows = JpEntry.objects.filter(person=user).select_related(
        "version", "enrollment", "enrollment__course"
    )
    return list(rows.order_by("-earned_on", "-pk"))


def _papers(enrollments: list[int]) -> Mapping[int, Certificate]:
    """Return the certificate that holds now, by enrolment."""
    found = Certificate.objects.current().select_related("design")
    hers = found.filter(enrollment__in=enrollments)
    return {row.enrollment_id: row for row in hers}


def _row(entry: JpEntry, paper: Certificate | None) -> LedgerRow:
    code = display(paper.code) if paper else ""
    return LedgerRow(
        is_of_course=entry.enrollment is not None,
        earned_on=entry.earned_on,
        title=entry.version.title if entry.version else entry.title,
        jp=entry.jp,
        reason=_reason(entry),
        number=paper.number if paper else "",
        certificate_url=reverse("certificates:certificate_verify", args=[code])
        if paper
        else "",
        fields=myasn_fields(paper) if paper else [],
    )


def _reason(entry: JpEntry) -> str:
    if entry.enrollment is None:
        return _("Dari luar, diakui SDM.") if entry.jp >= 0 else _("Pengakuan dicabut.")
    score = entry.enrollment.final_percent
    if score is None:
        return _("Kursus selesai.")
    return _("Kursus selesai dengan nilai %(score)s.") % {"score": format_score(score)}


def myasn_fields(paper: Certificate) -> list[CopyField]:
    """Return what MyASN asks about a course, as its certificate says (DOMAIN §4)."""
    data = paper.data
    started_on = date.fromisoformat(data["started_on"])
    completed_on = date.fromisoformat(data["completed_on"])
    return [
        CopyField(_("Jenis diklat"), settings.ELEARNING_SIASN_JENIS_DIKLAT),
        CopyField(_("Nama kursus"), data["course_title"]),
        CopyField(_("Institusi penyelenggara"), _issuer(paper)),
        CopyField(_("Nomor sertifikat"), paper.number),
        CopyField(_("Tanggal mulai"), _as_siasn(started_on)),
        CopyField(_("Tanggal selesai"), _as_siasn(completed_on)),
        CopyField(_("Tahun kursus"), str(completed_on.year)),
        CopyField(_("Jumlah jam (JP)"), str(data["jp"])),
    ]


def _issuer(paper: Certificate) -> str:
    body: str = paper.design.settings["body_name"]
    return body


def _as_siasn(day: date) -> str:
    return f"{day:%d-%m-%Y}"
