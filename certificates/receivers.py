"""The one receiver of the one signal. It queues; it does no work."""

from typing import Any

from certificates import jobs, work
from courses.signals import enrollment_completed
from lib.queueing import queue_on_commit


def connect() -> None:
    """Connect the receiver; calling twice changes nothing."""
    enrollment_completed.connect(
        queue_certificate, dispatch_uid="certificates.queue_certificate"
    )


def queue_certificate(*, enrollment_id: int, is_new: bool, **kwargs: Any) -> None:
    """Ask for the certificate once the completion, or its grade, has been committed.

    A completion without a certificate is found again by its own rows. That a grade
    has changed is taken down, so that a lost message costs time only.
    """
    if not is_new:
        work.note(enrollment_id=enrollment_id)
    queue_on_commit(jobs.ISSUE_CERTIFICATE, enrollment_id=enrollment_id)
