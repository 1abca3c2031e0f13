"""Saves of answers, plain Python: which one is current, and which ones count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

# How long after an attempt closed its saves may still arrive (ARCHITECTURE §8).
LATE_WINDOW = timedelta(hours=72)


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


def arrival(
    *,
    started_at: datetime,
    deadline_at: datetime | None,
    closes_at: datetime | None,
    closed_at: datetime | None,
    offset: timedelta | None,
    now: datetime,
) -> Arrival:
    """Decide whether a save that arrives now counts, and whether it is late.

    In time: while the attempt is open and its grace has not ended. Late and
    counted: its own offset from the signed start lies before the end of the
    answering time, and it arrives within 72 hours. `closed_at` is when the person
    handed the attempt in; what was answered after that never counts. Anything else
    is kept and does not count.
    """
    is_open = closed_at is None
    if is_open and (closes_at is None or now <= closes_at):
        return Arrival(counts=True, is_late=False)
    ends = [moment for moment in (deadline_at, closed_at) if moment is not None]
    if offset is None or not ends:
        return Arrival(counts=False, is_late=True)
    answered_at = started_at + offset
    in_time = timedelta(0) <= offset and answered_at <= min(ends)
    return Arrival(counts=in_time and now <= min(ends) + LATE_WINDOW, is_late=True)


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
