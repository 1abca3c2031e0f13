"""Background work of this room."""

from django.utils import timezone

from studio import jobs
from studio.exchange.uploads import FILES


@jobs.SWEEP_QUESTION_UPLOADS.task()
def sweep_question_uploads() -> None:
    """Delete files of questions, which hold keys, an hour after they came."""
    FILES.sweep(now=timezone.now())
