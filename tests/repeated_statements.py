"""What a request asks the database twice, and both places that ask it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connection

from tests.sources import ROOMS, ROOT

_READS = ("SELECT", "WITH")
# It asks what others have it ask.
_NOBODYS = f"{ROOT / 'lib' / 'written_once.py'}"
_FOLDERS = tuple(f"{ROOT / room}/" for room in ROOMS)


@dataclass(frozen=True)
class Question:
    """A statement with its values, and where in our code it comes from."""

    sql: str
    values: str
    place: str


@contextmanager
def questions() -> Iterator[list[Question]]:
    """Yield a list that gets every statement that reads."""
    asked: list[Question] = []

    def note(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.startswith(_READS):
            asked.append(Question(sql, repr(params), _place(sys._getframe(1))))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def repeated(asked: list[Question]) -> list[str]:
    """Say of each statement that was asked before with the same values where it was."""
    first: dict[tuple[str, str], str] = {}
    found = []
    for one in asked:
        key = (one.sql, one.values)
        if key in first:
            found.append(
                f"{_table(one.sql)}: {first[key]}\n    and again {one.place}\n"
                f"    {one.sql[:300]} {one.values[:100]}"
            )
        first.setdefault(key, one.place)
    return found


def _place(frame: FrameType | None) -> str:
    """Return the two innermost places of ours, the one that asks first."""
    places = []
    while frame is not None and len(places) < 2:
        path = frame.f_code.co_filename
        if path.startswith(_FOLDERS) and path != _NOBODYS:
            name = Path(path).relative_to(ROOT)
            places.append(f"{name}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(places) or "nowhere in our code"


def _table(sql: str) -> str:
    return sql.partition(' FROM "')[2].partition('"')[0]
