"""Reads of this room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import policy
from certificates.models import (
    Certificate,
    CertificateFile,
    CertificateWork,
    PublicAddress,
)
from certificates.snapshot import is_outdated
from certificates.verification_code import display, normalise_code
from courses.models import Enrollment


def enrollments_without_certificate() -> "QuerySet[Enrollment, int]":
    """Return ids of completed enrolments that no certificate was issued for."""
    return (
        Enrollment.objects.completed()
        .filter(certificates__isnull=True)
        .order_by("completed_at")
        .values_list("pk", flat=True)
    )


def enrollments_with_outdated_certificate() -> Iterator[int]:
    """Yield ids of enrolments whose valid certificate prints too low a score.

    Reads all certificates, in constant memory: for commands, not for pages.
    """
    rows = Certificate.objects.current().select_related("enrollment").order_by("pk")
    for row in rows.iterator(chunk_size=2_000):
        if is_outdated(row.data, row.enrollment.final_percent):
            yield row.enrollment_id


@dataclass(frozen=True)
class CertificateBacklog:
    """Certificates that are not there yet, as work, and how long the oldest waits.

    `hopeless` failed so often that somebody must look.
    """

    waiting: int
    failed: int
    hopeless: int
    oldest: timedelta


# After so many failures the next try is a day away.
HOPELESS_AFTER = 5


def certificate_backlog(*, now: datetime) -> CertificateBacklog:
    """Count what the sweep knows of; one statement over work that is not done."""
    said = CertificateWork.objects.filter(is_mail=False).aggregate(
        waiting=Count("pk"),
        failed=Count("pk", filter=Q(failures__gt=0)),
        hopeless=Count("pk", filter=Q(failures__gte=HOPELESS_AFTER)),
        oldest=Min("enrollment__completed_at", filter=Q(certificate__isnull=True)),
    )
    oldest = said.pop("oldest") or now
    return CertificateBacklog(**said, oldest=now - oldest)


@dataclass(frozen=True)
class Verdict:
    """What may be said in public about a code.

    `verdict` is "genuine", "revoked", "replaced" or "unknown".
    """

    verdict: str
    certificate: Certificate | None = None
    replacement: Certificate | None = None


def verdict_on(code: str) -> Verdict:
    """Say what became of the certificate with this (normalised) code."""
    certificate = (
        Certificate.objects.filter(code=code)
        .select_related("revocation", "replaced_by", "design")
        .first()
    )
    if certificate is None:
        return Verdict("unknown")
    if _related(certificate, "revocation"):
        return Verdict("revoked", certificate)
    replacement = _related(certificate, "replaced_by")
    if replacement:
        return Verdict("replaced", certificate, replacement)
    return Verdict("genuine", certificate)


def _related(certificate: Certificate, name: str) -> Any:
    # A reverse one-to-one raises where there is no row.
    return getattr(certificate, name, None)


def released_file(certificate: Certificate) -> CertificateFile | None:
    """Return the newest file released for the certificate, if there is one."""
    return certificate.files.order_by("-pk").first()


def known_hosts() -> set[str]:
    """Return every host, with its port, under which certificates were issued."""
    return {
        urlsplit(url).netloc.lower()
        for url in PublicAddress.objects.values_list("url", flat=True)
    }


@dataclass(frozen=True)
class Typed:
    """What was typed for a code: the code, or a host that was never ours."""

    code: str | None = None
    foreign_host: str = ""


def read_typed(text: str) -> Typed:
    """Read a code, or the whole address from a QR code.

    The address counts if it is the site's own or one under which it has ever issued;
    another one is named, because somebody may have made a copy of this page.
    """
    if "/" not in text:
        return Typed(normalise_code(text))
    with_scheme = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(with_scheme.strip())
    except ValueError:
        return Typed()
    own = urlsplit(settings.PUBLIC_URL).netloc.lower()
    host = parts.netloc.lower()
    if host != own and host not in known_hosts():
        return Typed(foreign_host=host)
    return Typed(normalise_code(parts.path.rstrip("/").rpartition("/")[2]))


def failed_count(user: Any) -> int:
    """Return how many certificates of the people of `user`'s units failed."""
    count: int = (
        CertificateWork.objects.visible_to(user, policy.CORRECT).failed().count()
    )
    return count


def state_of(certificate: Certificate) -> str:
    """Return what became of a certificate, in words."""
    if getattr(certificate, "revocation", None):
        return _("Dicabut")
    if getattr(certificate, "replaced_by", None):
        return _("Digantikan")
    return _("Berlaku")


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate of somebody, for whoever looks after her; `state` in words."""

    code: str
    number: str
    course: str
    jp: int
    issued_on: date
    state: str
    is_current: bool


def certificates_of(person: User) -> list[IssuedCertificate]:
    """Return every certificate that a person was given, latest first; one query."""
    rows = Certificate.objects.filter(person=person)
    return [
        IssuedCertificate(
            code=display(row.code),
            number=row.number,
            course=row.data["course_title"],
            jp=row.data["jp"],
            issued_on=date.fromisoformat(row.data["issued_on"]),
            state=state_of(row),
            is_current=not (
                _related(row, "revocation") or _related(row, "replaced_by")
            ),
        )
        for row in rows.select_related("revocation", "replaced_by")
    ]
