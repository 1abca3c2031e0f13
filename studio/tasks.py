"""Background work of this room."""

from django.db import OperationalError
from django.utils import timezone

from courses import actions as courses_actions
from studio import jobs
from studio.exchange.uploads import FILES
from studio.folders.sending.uploads import COURSE_UPLOADS
from studio.lessons.word_uploads import DOCUMENTS
from studio.publishing import mailing, planned
from studio.reviewing import digest


@jobs.SWEEP_QUESTION_UPLOADS.task()
def sweep_question_uploads() -> None:
    """Delete files of questions and courses, which hold keys, and documents."""
    now = timezone.now()
    FILES.sweep(now=now)
    DOCUMENTS.sweep(now=now)
    COURSE_UPLOADS.sweep(now=now)


@jobs.SWEEP_WRITINGS.task()
def sweep_writings() -> int:
    """Put aside and delete what authors typed and never came back to."""
    return courses_actions.sweep_writings(now=timezone.now())


@jobs.ASK_FOR_DUE_PUBLICATIONS.task()
def ask_for_due_publications() -> int:
    """Queue every publication whose moment has come."""
    return planned.ask_for_due(now=timezone.now())


@jobs.PUBLISH_PLANNED.task()
def publish_planned(*, planned_id: int) -> None:
    """Publish what was planned, or stop it and say why."""
    planned.publish_planned(planned_id=planned_id, now=timezone.now())


@jobs.TELL_OF_PLANNED.task(
    autoretry_for=(OperationalError, OSError),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def tell_of_planned(*, planned_id: int) -> None:
    """Tell an author once what became of her planned publication."""
    mailing.tell_of_planned(planned_id=planned_id, now=timezone.now())


@jobs.ASK_FOR_DIGESTS.task()
def ask_for_digests() -> int:
    """Queue the daily mail of everybody who works in Studio."""
    return digest.ask_for_digests(now=timezone.now())


@jobs.SEND_DIGEST.task(
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def send_digest(*, person_id: int) -> None:
    """Tell one person what is new in Studio, once a day at most."""
    digest.send_digest(person_id=person_id, now=timezone.now())
