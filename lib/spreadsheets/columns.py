"""Columns of a table that is written, and the values that go into them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "integer", "decimal", "date", "datetime"]
Cell = str | int | float | date | datetime | None
"""What a writer gets; a ``datetime`` is naive by then, and in the file's zone."""

# What the formats of Excel can hold.
_LONGEST_TEXT = 32_767
_EXACT_INTEGER = 10**15
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it holds, and its width in characters."""

    title: str
    kind: Kind = "text"
    width: float = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns, and rows that may come from a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]


def check_columns(columns: Sequence[Column]) -> None:
    """Refuse, with ``ValueError``, no columns at all or two of the same title."""
    titles = [column.title for column in columns]
    if not titles or len(set(titles)) < len(titles):
        msg = f"Columns need titles that differ: {titles}."
        raise ValueError(msg)


def cell_of(value: object, kind: Kind, zone: tzinfo = UTC) -> Cell:
    """Return the value in the form its column holds; nothing stays nothing.

    Numbers of more than fifteen digits, which Excel would round, and days before
    1900, which it does not know, become text. An aware ``datetime`` is shown on
    the clocks of ``zone``; a naive one raises ``ValueError``, as does a value that
    is not of its column's kind.
    """
    if value is None or value == "":
        return None
    if kind == "text":
        return _text(value)
    if kind == "integer" and isinstance(value, int):
        return str(value) if abs(value) >= _EXACT_INTEGER else int(value)
    if kind == "decimal" and isinstance(value, int | float | Decimal):
        return float(value) if math.isfinite(value) else None
    if kind == "datetime" and isinstance(value, datetime):
        return _on_clock(value, zone)
    if kind == "date" and isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat() if value.year < _FIRST_YEAR else value
    msg = f"{value!r} does not go into a column of kind {kind}."
    raise ValueError(msg)


def _text(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _on_clock(value: datetime, zone: tzinfo) -> datetime | str:
    if value.utcoffset() is None:
        msg = f"{value!r} names no moment: it has no zone."
        raise ValueError(msg)
    local = value.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return local.isoformat(" ") if local.year < _FIRST_YEAR else local


def column_letter(at: int) -> str:
    """Return how a sheet calls a column: A, B, … Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
