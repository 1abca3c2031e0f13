"""The one receiver of the one signal. It queues; it does no work."""

from typing import Any

from certificates import jobs
from courses.signals import enrollment_completed
from lib.queueing import queue_on_commit


def connect() -> None:
    """Connect the receiver; calling twice changes nothing."""
    enrollment_completed.connect(
        queue_certificate, dispatch_uid="certificates.queue_certificate"
    )


def queue_certificate(*, enrollment_id: int, **kwargs: Any) -> None:
    """Ask for the certificate once the completion has been committed."""
    queue_on_commit(jobs.ISSUE_CERTIFICATE, enrollment_id=enrollment_id)
