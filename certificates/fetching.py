"""Fetch one row for a person, or answer 404."""

from typing import Any

from accounts.access import get_for
from certificates import policy
from certificates.models import Certificate, CertificateWork, Correction
from certificates.verification_code import normalise_code


def get_certificate_for(user: Any, code: str) -> Certificate:
    """Return a certificate that the person may download: her own, or HR's people's."""
    return get_for(
        Certificate.objects.all(),
        user,
        "certificates.download_certificate",
        policy.CERTIFICATE,
        code=normalise_code(code) or "",
    )


def get_correctable_for(user: Any, code: str) -> Certificate:
    """Return a certificate of HR's people, whatever became of it."""
    return get_for(
        Certificate.objects.select_related("revocation", "replaced_by"),
        user,
        policy.CORRECT,
        policy.CERTIFICATE,
        code=normalise_code(code) or "",
    )


def get_correction_for(user: Any, correction_id: int) -> Correction:
    """Return a request about a certificate of HR's people."""
    rows = Correction.objects.select_related("certificate", "asked_by", "decided_by")
    return get_for(rows, user, policy.CORRECT, policy.CORRECTION, pk=correction_id)


def get_work_for(user: Any, work_id: int) -> CertificateWork:
    """Return the work on a certificate of HR's people."""
    rows = CertificateWork.objects.all()
    return get_for(rows, user, policy.CORRECT, policy.WORK, pk=work_id)
