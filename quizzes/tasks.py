"""Background work of this room: ids in, one action."""

from django.db import OperationalError
from django.utils import timezone

from quizzes import actions, jobs
from quizzes.analysis.freshness import stale_statistics
from quizzes.models import Attempt
from quizzes.practice.events import missing_follow_ups


@jobs.SUBMIT_OVERDUE_ATTEMPTS.task()
def submit_overdue_attempts() -> int:
    """Hand in every attempt whose time and grace are over; one task each."""
    ids = list(
        Attempt.objects.overdue(timezone.now()).values_list("pk", flat=True)[:5_000]
    )
    for attempt_id in ids:
        submit_attempt.delay(attempt_id=attempt_id)
    return len(ids)


@jobs.SUBMIT_ATTEMPT.task(
    autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5
)
def submit_attempt(*, attempt_id: int) -> None:
    """Hand one attempt in; harmless when the person was faster."""
    actions.submit_attempt(attempt_id=attempt_id, by=None, now=timezone.now())


@jobs.REFRESH_STALE_STATISTICS.task()
def refresh_stale_statistics() -> int:
    """Analyse anew every quiz whose attempts have changed; one task each."""
    stale = stale_statistics()
    for course_id, quiz_key, selection in stale:
        refresh_statistics.delay(
            course_id=course_id, quiz_key=quiz_key, selection=selection
        )
    return len(stale)


@jobs.REFRESH_STATISTICS.task()
def refresh_statistics(*, course_id: int, quiz_key: str, selection: str) -> None:
    """Analyse one quiz; twice is once."""
    actions.refresh_statistics(
        course_id=course_id,
        quiz_key=quiz_key,
        selection=selection,
        now=timezone.now(),
    )


@jobs.OPEN_FOLLOW_UPS.task()
def open_follow_ups() -> int:
    """Open what is due 30 and 90 days after a course; one task each."""
    missing = list(missing_follow_ups(timezone.now(), limit=2_000))
    for enrollment_id, day in missing:
        open_follow_up.delay(enrollment_id=enrollment_id, day=day)
    return len(missing)


@jobs.OPEN_FOLLOW_UP.task(
    autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5
)
def open_follow_up(*, enrollment_id: int, day: int) -> None:
    """Open one follow-up; twice is once."""
    actions.open_follow_up(enrollment_id=enrollment_id, day=day, now=timezone.now())


@jobs.EXTEND_ATTEMPT.task(
    autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5
)
def extend_attempt(*, attempt_id: int) -> None:
    """Move the deadline of one running attempt after its window was changed."""
    actions.extend_attempt(attempt_id=attempt_id, by=None, now=timezone.now())


@jobs.APPLY_REPAIRS.task()
def apply_repairs() -> int:
    """Apply repaired questions to attempts handed in before; one task each."""
    waiting = actions.unfinished_repairs(timezone.now(), limit=5_000)
    for repair_id, attempt_id in waiting:
        apply_repair.delay(repair_id=repair_id, attempt_id=attempt_id)
    return len(waiting)


@jobs.APPLY_REPAIR.task(
    autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5
)
def apply_repair(*, repair_id: int, attempt_id: int) -> None:
    """Mark one attempt again; harmless when it was done already."""
    actions.apply_repair(repair_id=repair_id, attempt_id=attempt_id, now=timezone.now())
