"""Certificates of this site, and those that people bring from elsewhere."""

from certificates.models.issued import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    CertificateMail,
    CertificateWork,
    Correction,
    NumberCounter,
    PublicAddress,
    Revocation,
)
from certificates.models.outside import (
    OutsideCertificate,
    OutsideDecision,
    OutsideNotice,
)

__all__ = [
    "Certificate",
    "CertificateDesign",
    "CertificateFile",
    "CertificateMail",
    "CertificateWork",
    "Correction",
    "NumberCounter",
    "OutsideCertificate",
    "OutsideDecision",
    "OutsideNotice",
    "PublicAddress",
    "Revocation",
]
