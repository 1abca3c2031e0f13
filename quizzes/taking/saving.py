"""Taking down answers: append, never overwrite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lib.transactions import atomic_with_retry
from lib.written_once import append
from quizzes.bank.known import known_questions
from quizzes.exceptions import ResponseNotAccepted
from quizzes.marking import saves
from quizzes.models import Attempt, ResponseSave
from quizzes.questions.aliases import Aliases
from quizzes.questions.types import TYPES, QuestionView, UnreadableResponse
from quizzes.taking import devices
from quizzes.taking.locks import locked_to_save, locked_to_save_by
from quizzes.taking.reading_saves import SaidAnswer
from quizzes.taking.stored_paper import PaperItem, paper_of
from quizzes.taking.tokens import Bearer


@dataclass(frozen=True)
class Taken:
    """What became of a device's answers, by their sequences; why some were refused.

    `attempt` is as it was under the lock, `time_zone` its person's.
    """

    attempt: Attempt
    time_zone: str
    accepted: Sequence[int | None]
    refused: Sequence[tuple[int | None, str]]


@atomic_with_retry
def save_responses(
    *, bearer: Bearer, said: Sequence[SaidAnswer], device: UUID | None, now: datetime
) -> Taken:
    """Append the answers of a device's log, as `save_response` does each of them.

    All in one transaction, in two statements however many they are, while all come in
    time; a third one where this process has not seen the paper yet. An answer that is
    refused keeps no other one back. `device` is where the page is open: known from now
    on. Locks the enrolment, then the attempt. Raises Attempt.DoesNotExist where the
    bearer of the token has no such attempt.
    """
    attempt: Any = locked_to_save_by(bearer)
    rows, refusals = _read(attempt, said, now)
    _append(rows)
    # Who answers is known by that; the rest may only be looking.
    is_heard = any(row.device == device for row in rows)
    if device and not is_heard and attempt.state == Attempt.State.IN_PROGRESS:
        devices.note_visit(attempt_id=attempt.pk, device=device, now=now)
    return Taken(
        attempt=attempt,
        time_zone=attempt.zone,
        accepted=[row.sequence for row in rows],
        refused=[(answer.sequence, refusal.code) for answer, refusal in refusals],
    )


@atomic_with_retry
def save_response(*, attempt_id: int, said: SaidAnswer, now: datetime) -> ResponseSave:
    """Append an answer under (attempt, device, sequence).

    Saying the same thing twice gives the same row. A save that comes too late is
    kept and handled by `quizzes.marking.saves.arrival`; none counts that arrives after
    the attempt was marked, so no score changes here. Without a `sequence` (a plain
    form) the next free one of the device is taken. Locks the enrolment, then the
    attempt, so that a save either is marked or comes too late. Raises
    ResponseNotAccepted for options of another question or a position the paper does
    not have.
    """
    attempt = locked_to_save(attempt_id)
    rows, refusals = _read(attempt, [said], now)
    for _answer, refusal in refusals:
        raise refusal
    _append(rows)
    (row,) = rows
    save: ResponseSave = attempt.saves.get(device=row.device, sequence=row.sequence)
    return save


def _read(
    attempt: Attempt, said: Sequence[SaidAnswer], now: datetime
) -> tuple[list[ResponseSave], list[tuple[SaidAnswer, ResponseNotAccepted]]]:
    """Return the rows that answers make, and which of them are refused and why."""
    items = paper_of(attempt.key)
    asked = [items[one.position] for one in said if one.position in items]
    known = known_questions([item.version_id for item in asked])
    answering = devices.answering_of(attempt)
    is_open = answering.is_open(now)

    @cache
    def is_known(device: UUID) -> bool:
        # Asked for late answers only: saving in time is what phones do all day.
        return is_open or devices.is_known(attempt, device)

    rows, refused = [], []
    for answer in said:
        try:
            item = _item_of(answer, items)
            value = _parse(item, known[item.version_id].view, answer)
        except ResponseNotAccepted as refusal:
            refused.append((answer, refusal))
            continue
        arrival = saves.arrival(
            answering,
            offset=answer.offset,
            is_known=is_known(answer.device),
            now=now,
        )
        rows.append(_row(attempt, item, answer, value, arrival, now))
    return rows, refused


def _item_of(answer: SaidAnswer, items: Mapping[int, PaperItem]) -> PaperItem:
    if answer.position not in items:
        raise ResponseNotAccepted("no_such_item", _("Soal itu tidak ada di kuis ini."))
    return items[answer.position]


def _parse(item: PaperItem, question: QuestionView, answer: SaidAnswer) -> Any:
    question_type = TYPES[question.type]
    fields = answer.fields
    if question_type.control != "text":
        fields = Aliases(item.option_order).said(fields)
    try:
        return question_type.parse(question, fields)
    except UnreadableResponse as unreadable:
        raise ResponseNotAccepted(
            "foreign_option",
            _("Pilihan itu bukan milik soal ini. Muat ulang halaman, lalu pilih lagi."),
        ) from unreadable


def _row(
    attempt: Attempt,
    item: PaperItem,
    answer: SaidAnswer,
    value: Any,
    arrival: saves.Arrival,
    now: datetime,
) -> ResponseSave:
    offset = answer.offset
    return ResponseSave(
        attempt=attempt,
        item_id=item.pk,
        device=answer.device,
        sequence=_sequence(attempt, answer),
        value=value,
        flagged=answer.flagged,
        offset_ms=None if offset is None else offset // timedelta(milliseconds=1),
        received_at=now,
        is_late=arrival.is_late,
        counts=arrival.counts,
    )


def _append(rows: Sequence[ResponseSave]) -> None:
    """Append what is new; the first word under a number stands."""
    if len(rows) == 1:
        append(rows[0], ignoring_conflicts=True)
    else:
        ResponseSave.objects.bulk_create(rows, ignore_conflicts=True)


def _sequence(attempt: Attempt, answer: SaidAnswer) -> int:
    if answer.sequence is not None:
        return answer.sequence
    last = attempt.saves.filter(device=answer.device).order_by("-sequence").first()
    return last.sequence + 1 if last else 1
