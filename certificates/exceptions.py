"""Refusals of this room."""

from lib.refusals import ActionRefused


class NotEligible(ActionRefused):
    """No certificate can be issued for this enrolment."""


class CertificateNotRevocable(ActionRefused):
    """The certificate cannot be revoked or replaced as asked."""
