"""Entries of an outbox as a phone sends them: hostile until read; plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

LAST_NUMBER = 2_000_000_000
MOST_ENTRIES, MOST_FIELDS, MOST_VALUES, LONGEST_VALUE = 200, 50, 100, 4_000
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}")
# A clock that is wrong by more than that says nothing about a day.
_WRONG_BY = timedelta(days=400)


@dataclass(frozen=True)
class LessonRead:
    """Somebody marked a lesson as done, on a page of this version in this cycle."""

    sequence: int
    course: str
    lesson: str
    cycle: int
    version: int
    told_at: datetime | None


@dataclass(frozen=True)
class CheckAnswered:
    """Somebody answered a practice check; the token tells her answers apart."""

    sequence: int
    course: str
    question: str
    fields: Mapping[str, Sequence[str]]
    token: UUID


Entry = LessonRead | CheckAnswered


def read_entries(rows: Any, *, now: datetime) -> list[Entry]:
    """Return what a phone says, in its order.

    Raises ValueError where one entry cannot be read: the phone then sends them singly.
    """
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise ValueError(f"Expected a list of at most {MOST_ENTRIES} entries.")
    return [_read(row if isinstance(row, dict) else {}, now) for row in rows]


def _read(row: Mapping[str, Any], now: datetime) -> Entry:
    match row.get("kind"):
        case "lesson":
            return LessonRead(
                sequence=_whole(row.get("sequence")),
                course=_key(row.get("course")),
                lesson=_key(row.get("lesson")),
                cycle=_whole(row.get("cycle")),
                version=_whole(row.get("version")),
                told_at=_moment(row.get("told_at"), now),
            )
        case "check":
            return CheckAnswered(
                sequence=_whole(row.get("sequence")),
                course=_key(row.get("course")),
                question=_key(row.get("question")),
                fields=_fields(row.get("fields")),
                token=UUID(str(row.get("token"))),
            )
    raise ValueError("Expected a lesson or a check.")


def _whole(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int | str):
        raise ValueError("Expected a whole number.")
    number = int(said)
    if not 1 <= number <= LAST_NUMBER:
        raise ValueError("Expected a number that is not too large.")
    return number


def _key(said: Any) -> str:
    if not isinstance(said, str) or not _KEY.fullmatch(said):
        raise ValueError("Expected a key.")
    return said


def _moment(said: Any, now: datetime) -> datetime | None:
    """Return milliseconds as a moment; None where no clock can have meant it."""
    if isinstance(said, bool) or not isinstance(said, int):
        return None
    try:
        moment = datetime.fromtimestamp(said / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment if abs(moment - now) < _WRONG_BY else None


def _fields(said: Any) -> Mapping[str, Sequence[str]]:
    if not isinstance(said, dict) or len(said) > MOST_FIELDS:
        raise ValueError("Expected names and lists of values.")
    for values in said.values():
        if not isinstance(values, list) or len(values) > MOST_VALUES:
            raise ValueError("Expected a list of values.")
        for text in values:
            if not isinstance(text, str) or len(text) > LONGEST_VALUE:
                raise ValueError("Expected a text that is not too long.")
    return said
