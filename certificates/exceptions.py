"""Refusals of this room."""

from lib.refusals import ActionRefused


class NotEligible(ActionRefused):
    """No certificate can be issued for this enrolment."""


class SigningFailed(Exception):
    """The file could not be signed; nothing was changed."""


class CertificateNotRevocable(ActionRefused):
    """The certificate cannot be revoked or replaced as asked."""


class SiteNotReady(ActionRefused):
    """No certificate of this site can be issued until its operator mends something."""


class CorrectionNotAccepted(ActionRefused):
    """A correction cannot be asked for or decided in this way."""


class OutsideNotAccepted(ActionRefused):
    """A certificate from elsewhere cannot be handed in or decided in this way."""
