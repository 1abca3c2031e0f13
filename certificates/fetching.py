"""Fetch one row for a person, or answer 404."""

from typing import Any

from accounts.access import get_for
from certificates import policy
from certificates.models import Certificate
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
