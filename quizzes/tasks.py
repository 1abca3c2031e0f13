"""Background work of this room: ids in, one action."""

import logging

from django.db import OperationalError
from django.utils import timezone

from lib.queueing import EVERY_HOUR, EVERY_MINUTE, EVERY_NIGHT
from quizzes import actions, jobs
from quizzes.analysis.freshness import stale_statistics
from quizzes.models import Attempt
from quizzes.practice.events import missing_follow_ups
from quizzes.taking.open_again import tell_open_again as tell_of_open_attempts

# About a second of work.
ATTEMPTS_A_TASK = 50
logger = logging.getLogger(__name__)


@jobs.SUBMIT_OVERDUE_ATTEMPTS.task()
def submit_overdue_attempts() -> int:
    """End every attempt whose time and grace are over; a task for each few.

    When a thousand end in one minute, so few messages get their turn beside the
    certificates that come of them.
    """
    overdue = Attempt.objects.overdue(timezone.now()).order_by("pk")
    ids = list(overdue.values_list("pk", flat=True)[:5_000])
    for start in range(0, len(ids), ATTEMPTS_A_TASK):
        submit_attempts.delay(attempt_ids=ids[start : start + ATTEMPTS_A_TASK])
    return len(ids)


@jobs.SUBMIT_ATTEMPTS.task(expires=EVERY_MINUTE)
def submit_attempts(*, attempt_ids: list[int]) -> None:
    """End these attempts, each in a transaction of its own.

    One that cannot be ended keeps no other one back: the next sweep finds it again.
    """
    for attempt_id in attempt_ids:
        try:
            actions.end_attempt(attempt_id=attempt_id, by=None, now=timezone.now())
        except Exception:
            logger.exception("Attempt %s was not ended.", attempt_id)


@jobs.SUBMIT_ATTEMPT.task(
    expires=EVERY_MINUTE,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def submit_attempt(*, attempt_id: int) -> None:
    """End one attempt; harmless when the person was faster.

    No sweep sends this any more: for messages from before `submit_attempts`.
    """
    actions.end_attempt(attempt_id=attempt_id, by=None, now=timezone.now())


@jobs.REFRESH_STALE_STATISTICS.task()
def refresh_stale_statistics() -> int:
    """Analyse anew every quiz whose attempts have changed; one task each."""
    stale = stale_statistics()
    for course_id, quiz_key, selection in stale:
        refresh_statistics.delay(
            course_id=course_id, quiz_key=quiz_key, selection=selection
        )
    return len(stale)


@jobs.REFRESH_STATISTICS.task(expires=EVERY_NIGHT)
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
    expires=EVERY_HOUR,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def open_follow_up(*, enrollment_id: int, day: int) -> None:
    """Open one follow-up; twice is once."""
    actions.open_follow_up(enrollment_id=enrollment_id, day=day, now=timezone.now())


@jobs.TELL_OPEN_AGAIN.task()
def tell_open_again() -> int:
    """Tell whose rest after failed attempts has ended."""
    return tell_of_open_attempts(now=timezone.now())


@jobs.EXTEND_ATTEMPT.task(
    expires=EVERY_MINUTE,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def extend_attempt(*, attempt_id: int) -> None:
    """Move the deadline of one running attempt after its window was changed."""
    actions.extend_attempt(attempt_id=attempt_id, by=None, now=timezone.now())


@jobs.EXTEND_RUNNING_ATTEMPTS.task()
def extend_running_attempts() -> int:
    """Find again what a lost message was to extend; one task each."""
    ids = actions.attempts_to_extend()
    for attempt_id in ids:
        extend_attempt.delay(attempt_id=attempt_id)
    return len(ids)


@jobs.APPLY_REPAIRS.task()
def apply_repairs() -> int:
    """Apply repaired questions to attempts handed in before; one task each."""
    return _apply(actions.unfinished_repairs(timezone.now(), limit=5_000))


@jobs.APPLY_OLD_REPAIRS.task()
def apply_old_repairs() -> int:
    """Apply what was repaired long ago and never finished; one task each."""
    return _apply(actions.unfinished_repairs(timezone.now(), limit=5_000, older=True))


def _apply(waiting: list[tuple[int, int]]) -> int:
    for repair_id, attempt_id in waiting:
        apply_repair.delay(repair_id=repair_id, attempt_id=attempt_id)
    return len(waiting)


@jobs.APPLY_REPAIR.task(
    expires=EVERY_MINUTE,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def apply_repair(*, repair_id: int, attempt_id: int) -> None:
    """Mark one attempt again; harmless when it was done already."""
    actions.apply_repair(repair_id=repair_id, attempt_id=attempt_id, now=timezone.now())
