"""Stored scores against what the answers and the repairs give today."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lib.transactions import atomic_with_retry
from quizzes.marking.papers import marked_papers
from quizzes.models import Attempt
from quizzes.questions.types import QuestionView
from quizzes.taking.actions import locked_attempt, mark_again

_AT_ONCE = 500


def verify_scores(*, repair: bool, now: datetime) -> Iterator[str]:
    """Say which submitted attempts deserve more than is stored; raise them.

    A score never falls, so only too little is a difference. Memory does not grow with
    the attempts.
    """
    views: dict[int, QuestionView] = {}
    rows = Attempt.objects.submitted().order_by("pk").iterator(_AT_ONCE)
    while chunk := list(islice(rows, _AT_ONCE)):
        papers = marked_papers(chunk, views=views)
        for attempt in chunk:
            mark = papers[attempt.pk].mark
            points, most = attempt.points, attempt.max_points
            if points is None or not mark.is_better_than(points, most):
                continue
            yield f"{attempt.pk}: {points}/{most} ≠ {mark.points}/{mark.max_points}"
            if repair:
                _raise(attempt.pk, now=now)


@atomic_with_retry
def _raise(attempt_id: int, *, now: datetime) -> None:
    mark_again(locked_attempt(attempt_id), by=None, now=now)
