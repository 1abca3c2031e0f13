"""Are the stored analyses what their attempts give? For `manage.py verify_derived`."""

from collections.abc import Iterator
from datetime import datetime

from quizzes.analysis.actions import refresh_statistics
from quizzes.analysis.freshness import stale_statistics, wrong_statistics


def verify_statistics(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield every analysis that differs from its attempts, or has none of them.

    One that is older than its attempts, or not there yet, waits for the night and is
    no difference; who repairs gets these too.
    """
    for row in list(wrong_statistics()):
        yield f"{row}: differ from their attempts"
        if repair:
            _analyse(row.course_id, row.quiz_key, row.selection, now=now)
    for identity in stale_statistics() if repair else ():
        _analyse(*identity, now=now)


def _analyse(course_id: int, quiz_key: str, selection: str, *, now: datetime) -> None:
    refresh_statistics(
        course_id=course_id, quiz_key=quiz_key, selection=selection, now=now
    )
