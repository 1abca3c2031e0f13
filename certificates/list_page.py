"""What the page of a person's own certificates shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate, CertificateWork
from certificates.verification_code import display
from courses.jp import JpStatus, credited_jp, jp_status
from courses.models import Enrollment

# From then on nobody is told any more that it takes a minute.
LATE_AFTER = timedelta(minutes=15)
# What keeps back, by enrolment and certificate (None where there is none yet).
Failed = dict[tuple[int, int | None], str]


@dataclass(frozen=True)
class CertificateRow:
    """A certificate in the list; `status` says what became of it.

    "active", "revoked", "replaced", "preparing" or "stuck"; `note` tells what keeps it
    back, or why it was revoked.
    """

    title: str
    jp: int
    number: str
    issued_on: date
    code: str
    verify_url: str
    download_url: str | None
    status: str
    note: str = ""
    # The whole address of the page that vouches for it, and a message that holds it.
    public_url: str = ""
    message_url: str = ""


@dataclass(frozen=True)
class CertificateListPage:
    """The list and the year's JP."""

    rows: list[CertificateRow]
    jp: JpStatus


def certificate_list_page(user: User, *, now: datetime) -> CertificateListPage:
    """Return the person's certificates, those on their way first."""
    failed = {
        (row.enrollment_id, row.certificate_id): _what_keeps_back(row)
        for row in CertificateWork.objects.failed().filter(enrollment__person=user)
    }
    return CertificateListPage(
        rows=_waiting_rows(user, failed, now) + _rows(user, failed, now),
        jp=jp_status(user, on=timezone.localdate(now)),
    )


def _what_keeps_back(row: CertificateWork) -> str:
    if row.kind == CertificateWork.Problem.DATA:
        return _(
            "Sertifikat ini belum dapat dibuat. %(problem)s Pengelola kepegawaian "
            "sudah melihatnya. Kelulusan Anda tetap tercatat."
        ) % {"problem": row.problem}
    return _(
        "Ada kendala pada situs saat membuat sertifikat ini. Operator sudah "
        "melihatnya, dan sertifikat dicoba lagi dengan sendirinya. Kelulusan Anda "
        "tetap tercatat."
    )


def _on_its_way(problem: str, since: datetime, now: datetime) -> tuple[str, str]:
    """Return status and note of what is not there yet: never a minute for ever."""
    if problem:
        return "stuck", problem
    if since > now - LATE_AFTER:
        return "preparing", ""
    return "stuck", _(
        "Pembuatan sertifikat ini tertunda. Sertifikat dibuat dengan sendirinya begitu "
        "kendalanya selesai. Kelulusan Anda tetap tercatat."
    )


def _rows(user: User, failed: Failed, now: datetime) -> list[CertificateRow]:
    certificates = (
        Certificate.objects.filter(person=user)
        .select_related("revocation", "replaced_by")
        .prefetch_related("files")
    )
    rows = []
    for certificate in certificates:
        problem = failed.get((certificate.enrollment_id, certificate.pk), "")
        waiting = _on_its_way(problem, certificate.issued_at, now)
        rows.append(_row(certificate, waiting))
    return rows


def _row(certificate: Certificate, waiting: tuple[str, str]) -> CertificateRow:
    has_file = bool(certificate.files.all())
    status, note = _status(certificate) or (("active", "") if has_file else waiting)
    code = display(certificate.code)
    holds = status in {"active", "preparing", "stuck"}
    return CertificateRow(
        title=certificate.data["course_title"],
        jp=certificate.data["jp"],
        number=certificate.number,
        issued_on=date.fromisoformat(certificate.data["issued_on"]),
        code=code,
        verify_url=reverse("certificates:certificate_verify", args=[code]),
        download_url=reverse("certificates:certificate_download", args=[code])
        if has_file
        else None,
        status=status,
        note=note,
        public_url=certificate.data["verify_url"] if holds else "",
        message_url=_message_url(certificate) if holds else "",
    )


def _message_url(certificate: Certificate) -> str:
    """Return an address that opens WhatsApp with the link already typed."""
    text = _("Sertifikat saya “%(title)s”: %(url)s") % {
        "title": certificate.data["course_title"],
        "url": certificate.data["verify_url"],
    }
    return f"https://wa.me/?{urlencode({'text': text})}"


def _status(certificate: Certificate) -> tuple[str, str] | None:
    """Return status and note of a certificate that holds no longer."""
    revocation = getattr(certificate, "revocation", None)
    if revocation:
        return "revoked", _("Dicabut: %(reason)s.") % {
            "reason": revocation.get_reason_display()
        }
    if getattr(certificate, "replaced_by", None):
        return "replaced", ""
    return None


def _waiting_rows(user: User, failed: Failed, now: datetime) -> list[CertificateRow]:
    """Return courses just finished whose certificate has no number yet."""
    waiting = (
        Enrollment.objects.completed()
        .filter(person=user, certificates__isnull=True)
        .select_related("completed_version", "jp_entry")
    )
    rows = []
    for enrollment in waiting:
        problem = failed.get((enrollment.pk, None), "")
        status, note = _on_its_way(problem, enrollment.completed_at, now)
        rows.append(
            CertificateRow(
                title=enrollment.completed_version.title,
                jp=credited_jp(enrollment),
                number="",
                issued_on=timezone.localdate(enrollment.completed_at),
                code="",
                verify_url="",
                download_url=None,
                status=status,
                note=note,
            )
        )
    return rows
