"""The rows that marking reads: a paper, and what was said last."""

from collections.abc import Iterable
from datetime import timedelta

from quizzes.marking.saves import Save, current
from quizzes.models import (
    Attempt,
    AttemptItem,
    ResponseSave,
)


def current_saves(attempt: Attempt) -> dict[int, Save]:
    """Return the current save of each item that has one, by item id."""
    return current_saves_of([attempt])


def current_saves_of(attempts: Iterable[Attempt]) -> dict[int, Save]:
    """Return the current saves of all the attempts by item id, in one query."""
    by_id = {attempt.pk: attempt for attempt in attempts}
    rows: Iterable[ResponseSave] = ResponseSave.objects.filter(
        attempt__in=by_id
    ).order_by("pk")
    return current(
        Save(
            item_id=row.item_id,
            device=row.device,
            sequence=row.sequence,
            number=row.pk,
            value=row.value,
            flagged=row.flagged,
            counts=row.counts,
            received_at=row.received_at,
            moment=_moment(row, by_id[row.attempt_id]),
        )
        for row in rows
    )


def _moment(row: ResponseSave, attempt: Attempt) -> timedelta:
    arrived = row.received_at - attempt.started_at
    if row.offset_ms is None:
        return arrived
    return min(arrived, timedelta(milliseconds=row.offset_ms))


def items_with_questions(attempt: Attempt) -> list[AttemptItem]:
    """Return the paper with its questions and options, in two queries."""
    return list(
        attempt.items.select_related("question_version").prefetch_related(
            "question_version__options"
        )
    )
