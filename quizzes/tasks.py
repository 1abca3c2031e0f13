"""Background work of this room: ids in, one action."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from quizzes import actions
from quizzes.models import Attempt


@shared_task
def submit_overdue_attempts() -> int:
    """Hand in every attempt whose time and grace are over; one task each."""
    ids = list(
        Attempt.objects.overdue(timezone.now()).values_list("pk", flat=True)[:5_000]
    )
    for attempt_id in ids:
        submit_attempt.delay(attempt_id=attempt_id)
    return len(ids)


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def submit_attempt(*, attempt_id: int) -> None:
    """Hand one attempt in; harmless when the person was faster."""
    actions.submit_attempt(attempt_id=attempt_id, by=None, now=timezone.now())
