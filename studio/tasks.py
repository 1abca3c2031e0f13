"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from studio.exchange.uploads import FILES


@shared_task
def sweep_question_uploads() -> None:
    """Delete files of questions, which hold keys, an hour after they came."""
    FILES.sweep(now=timezone.now())
