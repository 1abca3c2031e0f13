"""Saves of answers, plain Python: which one is current, and which ones count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from quizzes.kinds import LATE_WINDOW, AttemptState


@dataclass(frozen=True)
class Save:
    """One save as stored; `number` is its place in order of arrival.

    `moment` is when it was said (`moment_said`).
    """

    item_id: int
    device: UUID
    sequence: int
    number: int
    value: Any
    flagged: bool = False
    counts: bool = True
    received_at: datetime | None = None
    moment: timedelta = timedelta(0)


def moment_said(
    *, received_at: datetime, offset_ms: int | None, started_at: datetime
) -> timedelta:
    """Return when an answer counts as said, counted from the attempt's start.

    By the device's own clock where it told, but never later than it arrived: a clock
    that runs ahead must not win over an answer that really came after it.
    """
    arrived = received_at - started_at
    if offset_ms is None:
        return arrived
    return min(arrived, timedelta(milliseconds=offset_ms))


@dataclass(frozen=True)
class Arrival:
    """How a save is treated when it arrives."""

    counts: bool
    is_late: bool


@dataclass(frozen=True)
class Answering:
    """When an attempt may be answered: its state and its times."""

    state: str
    started_at: datetime
    deadline_at: datetime | None = None
    closes_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Say whether everything that arrives counts: open, and in its grace."""
        if self.state != AttemptState.IN_PROGRESS:
            return False
        return self.closes_at is None or now <= self.closes_at

    def waits(self, now: datetime) -> bool:
        """Say whether answers said in time may still arrive after the deadline.

        Never once the attempt is marked: whoever may know a result or a key changes
        nothing (docs/late-answers.md has the proof).
        """
        if self.state == AttemptState.SUBMITTED or self.deadline_at is None:
            return False
        return now <= self.deadline_at + LATE_WINDOW


def arrival(
    answering: Answering, *, offset: timedelta | None, is_known: bool, now: datetime
) -> Arrival:
    """Decide whether a save that arrives now counts, and whether it is late.

    In time: while the attempt is open and its grace has not ended. Late and counted:
    the deadline ended the attempt, nothing is marked yet, 72 hours have not passed,
    the server knew the device before the deadline (`is_known`) and its own offset from
    the signed start lies before it. Anything else is kept and does not count.
    """
    if answering.is_open(now):
        return Arrival(counts=True, is_late=False)
    if offset is None or answering.deadline_at is None:
        return Arrival(counts=False, is_late=True)
    limit = answering.deadline_at - answering.started_at
    is_in_time = timedelta(0) <= offset <= limit
    counts = is_known and is_in_time and answering.waits(now)
    return Arrival(counts=counts, is_late=True)


def current(saves: Iterable[Save]) -> dict[int, Save]:
    """Return the current save of each item.

    Of one device the highest sequence is its word, whatever arrived last; of
    several devices the one that spoke last, even if its line was slower. Saves that
    do not count are left out.
    """
    words: dict[tuple[int, UUID], Save] = {}
    for save in saves:
        if not save.counts:
            continue
        key = (save.item_id, save.device)
        if key not in words or save.sequence > words[key].sequence:
            words[key] = save
    latest: dict[int, Save] = {}
    for save in words.values():
        known = latest.get(save.item_id)
        if known is None or _later(save, known):
            latest[save.item_id] = save
    return latest


def _later(save: Save, other: Save) -> bool:
    return (save.moment, save.number) > (other.moment, other.number)
