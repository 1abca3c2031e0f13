"""Background work of this room: ids in, one action."""

from django.db import OperationalError
from django.utils import timezone

from certificates import jobs, work
from certificates.outside import papers, telling


@jobs.ISSUE_CERTIFICATE.task()
def issue_certificate(*, enrollment_id: int) -> None:
    """Issue the certificate of a completed enrolment and ask for its file."""
    work.make_certificate(enrollment_id=enrollment_id, now=timezone.now())


@jobs.STORE_PDF.task()
def store_pdf(*, certificate_id: int) -> None:
    """Render, sign and store the file, and ask for the mail."""
    work.make_file(certificate_id=certificate_id, now=timezone.now())


@jobs.MAIL_CERTIFICATE.task(
    autoretry_for=(OperationalError, OSError),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def mail_certificate(*, certificate_id: int) -> None:
    """Tell the person once."""
    work.tell_owner(certificate_id=certificate_id, now=timezone.now())


@jobs.ISSUE_MISSING_CERTIFICATES.task()
def issue_missing_certificates() -> int:
    """Queue what a lost message left behind, and what is to be tried again."""
    return work.ask_for_what_is_missing(now=timezone.now())


@jobs.TELL_OUTSIDE_DECISION.task(
    autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5
)
def tell_outside_decision(*, decision_id: int) -> None:
    """Tell somebody what became of what she handed in, once."""
    telling.tell_decision(decision_id=decision_id, now=timezone.now())


@jobs.TELL_OUTSIDE_DECISIONS.task()
def tell_outside_decisions() -> int:
    """Queue the notices whose message was lost."""
    return telling.ask_for_untold()


@jobs.DELETE_UNNAMED_PAPERS.task()
def delete_unnamed_papers() -> int:
    """Delete papers of people who were anonymised, or whose form was not stored."""
    return papers.delete_unnamed(now=timezone.now())
