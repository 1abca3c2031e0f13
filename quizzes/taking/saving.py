"""Taking down answers: append, never overwrite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lib.transactions import atomic_with_retry
from quizzes.bank.rows import question_view
from quizzes.exceptions import ResponseNotAccepted
from quizzes.marking import saves
from quizzes.models import Attempt, AttemptItem, ResponseSave
from quizzes.questions.aliases import Aliases
from quizzes.questions.types import TYPES, UnreadableResponse
from quizzes.taking.actions import locked_attempt, mark_again


@dataclass(frozen=True)
class SaidAnswer:
    """What a device says: form fields as posted, and where they stand in its log.

    `offset` is the time since the attempt's start by the device's own clock.
    """

    position: int
    fields: Mapping[str, Sequence[str]]
    flagged: bool
    device: UUID
    sequence: int | None
    offset: timedelta | None = None


@atomic_with_retry
def save_response(*, attempt_id: int, said: SaidAnswer, now: datetime) -> ResponseSave:
    """Append an answer under (attempt, device, sequence).

    Saying the same thing twice gives the same row. A save that comes too late is
    kept and handled by `quizzes.marking.saves.arrival`; one that counts after the
    attempt was closed marks it again, upwards only. Without a `sequence` (a plain
    form) the next free one of the device is taken. Locks the enrolment, then the
    attempt, because a late save may raise the grade. Raises ResponseNotAccepted for
    options of another question or a position the paper does not have.
    """
    attempt = locked_attempt(attempt_id)
    item = (
        AttemptItem.objects.select_related("question_version")
        .prefetch_related("question_version__options")
        .filter(attempt=attempt, position=said.position)
        .first()
    )
    if item is None:
        raise ResponseNotAccepted("no_such_item", _("Soal itu tidak ada di kuis ini."))
    value = _parse(item, said)
    arrival = saves.arrival(
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        closes_at=attempt.closes_at,
        closed_at=attempt.submitted_at,
        offset=said.offset,
        now=now,
    )
    save, is_new = ResponseSave.objects.get_or_create(
        attempt=attempt,
        device=said.device,
        sequence=_sequence(attempt, said),
        defaults={
            "item": item,
            "value": value,
            "flagged": said.flagged,
            "offset_ms": said.offset // timedelta(milliseconds=1)
            if said.offset is not None
            else None,
            "received_at": now,
            "is_late": arrival.is_late,
            "counts": arrival.counts,
        },
    )
    if is_new and arrival.counts and attempt.state == Attempt.State.SUBMITTED:
        mark_again(attempt, by=None, now=now)
    return save


def _parse(item: AttemptItem, said: SaidAnswer) -> Any:
    version = item.question_version
    question_type = TYPES[version.type]
    fields = said.fields
    if question_type.control != "text":
        fields = Aliases(item.option_order).said(fields)
    try:
        return question_type.parse(question_view(version), fields)
    except UnreadableResponse as unreadable:
        raise ResponseNotAccepted(
            "foreign_option",
            _("Pilihan itu bukan milik soal ini. Muat ulang halaman, lalu pilih lagi."),
        ) from unreadable


def _sequence(attempt: Attempt, said: SaidAnswer) -> int:
    if said.sequence is not None:
        return said.sequence
    last = attempt.saves.filter(device=said.device).order_by("-sequence").first()
    return last.sequence + 1 if last else 1
