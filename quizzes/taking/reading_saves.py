"""Saves as a device's log sends them: hostile until read; plain Python.

No Django form: a save is small and frequent, and its fields are no fields of a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

LONGEST_OFFSET = 400 * 24 * 3600 * 1000
LAST_POSITION, LAST_SEQUENCE = 1_000, 2_000_000_000
MOST_SAVES, MOST_FIELDS, MOST_VALUES, LONGEST_VALUE = 200, 50, 100, 4_000
_NOT_SET = frozenset({"", "0", "false", "False"})


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


def read_saves(rows: Any) -> list[SaidAnswer]:
    """Return the saves of a request, in its order.

    Raises ValueError where one of them cannot be read: the log then sends them again.
    """
    if not isinstance(rows, list) or len(rows) > MOST_SAVES:
        raise ValueError(f"Expected a list of at most {MOST_SAVES} saves.")
    return [_read(row if isinstance(row, dict) else {}) for row in rows]


def _read(row: Mapping[str, Any]) -> SaidAnswer:
    return SaidAnswer(
        position=_whole(row.get("position"), 1, LAST_POSITION),
        fields=_fields(row.get("fields") or {}),
        flagged=_flag(row.get("flagged")),
        device=UUID(str(row.get("device"))),
        sequence=_whole(row.get("sequence"), 1, LAST_SEQUENCE),
        offset=timedelta(milliseconds=_whole(row.get("offset_ms"), 0, LONGEST_OFFSET)),
    )


def _whole(said: Any, least: int, most: int) -> int:
    """Return a whole number, also one that was written as text."""
    if isinstance(said, bool) or not isinstance(said, int | str):
        raise ValueError("Expected a whole number.")
    number = int(said)
    if not least <= number <= most:
        raise ValueError(f"Expected a number from {least} to {most}.")
    return number


def _flag(said: Any) -> bool:
    return bool(said) and str(said) not in _NOT_SET


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
