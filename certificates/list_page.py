"""What the page of a person's own certificates shows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accounts.models import User
from certificates.models import Certificate
from certificates.verification_code import display
from courses.jp import JpStatus, jp_status
from courses.models import Enrollment


@dataclass(frozen=True)
class CertificateRow:
    """A certificate in the list; `status` active, revoked, replaced or preparing."""

    title: str
    jp: int
    number: str
    issued_on: datetime
    code: str
    verify_url: str
    download_url: str | None
    status: str


@dataclass(frozen=True)
class CertificateListPage:
    """The list and the year's JP."""

    rows: list[CertificateRow]
    jp: JpStatus


def certificate_list_page(user: User, *, today: date) -> CertificateListPage:
    """Return the person's certificates, those on their way first."""
    return CertificateListPage(
        rows=_waiting_rows(user) + _rows(user), jp=jp_status(user, on=today)
    )


def _rows(user: User) -> list[CertificateRow]:
    certificates = (
        Certificate.objects.filter(person=user)
        .select_related("revocation", "replaced_by")
        .prefetch_related("files")
    )
    rows = []
    for certificate in certificates:
        has_file = bool(certificate.files.all())
        status = "active" if has_file else "preparing"
        if getattr(certificate, "revocation", None):
            status = "revoked"
        elif getattr(certificate, "replaced_by", None):
            status = "replaced"
        code = display(certificate.code)
        rows.append(
            CertificateRow(
                title=certificate.data["course_title"],
                jp=certificate.data["jp"],
                number=certificate.number,
                issued_on=certificate.issued_at,
                code=code,
                verify_url=reverse("certificates:certificate_verify", args=[code]),
                download_url=reverse("certificates:certificate_download", args=[code])
                if has_file
                else None,
                status=status,
            )
        )
    return rows


def _waiting_rows(user: User) -> list[CertificateRow]:
    """Return courses just finished whose certificate has no number yet."""
    waiting = (
        Enrollment.objects.completed()
        .filter(person=user, certificates__isnull=True)
        .select_related("completed_version")
    )
    return [
        CertificateRow(
            title=enrollment.completed_version.title,
            jp=enrollment.completed_version.jp,
            number="",
            issued_on=enrollment.completed_at,
            code="",
            verify_url="",
            download_url=None,
            status="preparing",
        )
        for enrollment in waiting
    ]
