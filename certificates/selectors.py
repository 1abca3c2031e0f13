"""Reads of this room."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from certificates.models import Certificate, CertificateFile
from courses.models import Enrollment


def enrollments_without_certificate() -> "QuerySet[Enrollment, int]":
    """Return ids of completed enrolments that no certificate was issued for."""
    return (
        Enrollment.objects.completed()
        .filter(certificates__isnull=True)
        .order_by("completed_at")
        .values_list("pk", flat=True)
    )


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
