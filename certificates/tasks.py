"""Background work of this room: ids in, one action."""

from django.db import OperationalError
from django.utils import timezone

from certificates import actions, jobs
from certificates.models import Certificate
from certificates.selectors import enrollments_without_certificate

_RETRY = {
    "autoretry_for": (OperationalError, OSError),
    "retry_backoff": True,
    "retry_jitter": True,
    "max_retries": 5,
}


@jobs.ISSUE_CERTIFICATE.task(**_RETRY)
def issue_certificate(*, enrollment_id: int) -> None:
    """Issue the certificate of a completed enrolment and ask for its file."""
    actions.issue_certificate(enrollment_id=enrollment_id, by=None, now=timezone.now())


@jobs.STORE_PDF.task(**_RETRY)
def store_pdf(*, certificate_id: int) -> None:
    """Render, sign and store the file, and ask for the mail."""
    actions.store_pdf(certificate_id=certificate_id, now=timezone.now())


@jobs.MAIL_CERTIFICATE.task(**_RETRY)
def mail_certificate(*, certificate_id: int) -> None:
    """Tell the person once."""
    actions.mail_certificate(certificate_id=certificate_id, now=timezone.now())


@jobs.ISSUE_MISSING_CERTIFICATES.task()
def issue_missing_certificates() -> int:
    """Queue what a lost message left behind; one task each."""
    enrollment_ids = list(enrollments_without_certificate()[:2_000])
    for enrollment_id in enrollment_ids:
        issue_certificate.delay(enrollment_id=enrollment_id)
    certificate_ids = list(
        Certificate.objects.without_file().values_list("pk", flat=True)[:2_000]
    )
    for certificate_id in certificate_ids:
        store_pdf.delay(certificate_id=certificate_id)
    return len(enrollment_ids) + len(certificate_ids)
