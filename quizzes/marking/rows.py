"""The rows that marking reads: a paper, and what was said last."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from lib.written_once import written_once
from quizzes.marking.saves import Save, current, moment_said
from quizzes.models import (
    Attempt,
    AttemptItem,
    ResponseSave,
)


def current_saves(attempt: Attempt) -> dict[int, Save]:
    """Return the current save of each item that has one, by item id."""
    return current_among(_saves(attempt.pk), attempt)


def current_saves_of(attempts: Iterable[Attempt]) -> dict[int, Save]:
    """Return the current saves of all the attempts by item id, in one query."""
    by_id = {attempt.pk: attempt for attempt in attempts}
    rows: Iterable[ResponseSave] = (
        ResponseSave.objects.filter(attempt__in=by_id)
        .select_related("acceptance")
        .order_by("pk")
    )
    return current(save_of(row, by_id[row.attempt_id]) for row in rows)


def stored_saves(attempt: Attempt) -> list[ResponseSave]:
    """Return everything that was said in an attempt, in order of arrival; one query."""
    return _saves(attempt.pk)


def current_among(rows: Iterable[ResponseSave], attempt: Attempt) -> dict[int, Save]:
    """Return the current save of each item among all that an attempt has."""
    return current(save_of(row, attempt) for row in rows)


def current_values(item_ids: Collection[int]) -> list[Any]:
    """Return the value that counts of each of these items that was answered."""
    rows = ResponseSave.objects.filter(item__in=item_ids).select_related(
        "attempt", "acceptance"
    )
    saves = current(save_of(row, row.attempt) for row in rows)
    return [save.value for save in saves.values()]


def save_of(row: ResponseSave, attempt: Attempt) -> Save:
    """Return a stored save as the pure rules see it; `attempt` is the row's own.

    What HR has accepted counts.
    """
    return Save(
        item_id=row.item_id,
        device=row.device,
        sequence=row.sequence,
        number=row.pk,
        value=row.value,
        flagged=row.flagged,
        counts=row.counts or hasattr(row, "acceptance"),
        received_at=row.received_at,
        moment=moment_said(
            received_at=row.received_at,
            offset_ms=row.offset_ms,
            started_at=attempt.started_at,
        ),
    )


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """Return the paper in its order; one query."""
    return _items(attempt.pk)


@written_once
def _items(attempt_id: int) -> "QuerySet[AttemptItem]":
    return AttemptItem.objects.filter(attempt=attempt_id)


@written_once
def _saves(attempt_id: int) -> "QuerySet[ResponseSave]":
    rows = ResponseSave.objects.filter(attempt=attempt_id)
    return rows.select_related("acceptance").order_by("pk")
