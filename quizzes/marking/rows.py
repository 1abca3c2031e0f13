"""The rows that marking reads: a paper, and what was said last."""

from collections.abc import Collection, Iterable
from typing import Any

from quizzes.marking.saves import Save, current, moment_said
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
    return current(save_of(row, by_id[row.attempt_id]) for row in rows)


def current_values(item_ids: Collection[int]) -> list[Any]:
    """Return the value that counts of each of these items that was answered."""
    rows = ResponseSave.objects.filter(item__in=item_ids).select_related("attempt")
    saves = current(save_of(row, row.attempt) for row in rows)
    return [save.value for save in saves.values()]


def save_of(row: ResponseSave, attempt: Attempt) -> Save:
    """Return a stored save as the pure rules see it; `attempt` is the row's own."""
    return Save(
        item_id=row.item_id,
        device=row.device,
        sequence=row.sequence,
        number=row.pk,
        value=row.value,
        flagged=row.flagged,
        counts=row.counts,
        received_at=row.received_at,
        moment=moment_said(
            received_at=row.received_at,
            offset_ms=row.offset_ms,
            started_at=attempt.started_at,
        ),
    )


def items_with_questions(attempt: Attempt) -> list[AttemptItem]:
    """Return the paper with its questions and options, in two queries."""
    return list(
        attempt.items.select_related("question_version").prefetch_related(
            "question_version__options"
        )
    )
