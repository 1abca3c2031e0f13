"""Run the reports' own SQL on PostgreSQL and SQLite alike."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Value

if TYPE_CHECKING:
    from django.db.models import Field

CHUNK = 2_000
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sql:
    """A piece of SQL and its parameters, in the order of their placeholders."""

    text: str
    params: tuple[Any, ...] = ()


def composed(text: str, **parts: Sql) -> Sql:
    """Return `text` with each {name} replaced, and the parameters in their order.

    Whatever has a parameter is a part: `text` itself holds no placeholder.
    """
    params: list[Any] = []

    def put(match: re.Match[str]) -> str:
        part = parts[match[1]]
        params.extend(part.params)
        return part.text

    return Sql(_PART.sub(put, text), tuple(params))


def conjunction(conditions: Iterable[Sql]) -> Sql:
    """Return one condition that asks for all of them."""
    conditions = list(conditions)
    text = " AND ".join(f"({one.text})" for one in conditions) or "TRUE"
    return Sql(text, tuple(param for one in conditions for param in one.params))


def local_day(moment: str, zone: str) -> str:
    """Return the expression for the day of a moment on the clocks of a zone.

    Both are expressions; the zone is one of the three of Indonesia, none of which has
    summer time.
    """
    if connection.vendor == "postgresql":
        return f"CAST(({moment}) AT TIME ZONE {zone} AS date)"
    return f"""date({moment}, CASE {zone} WHEN 'Asia/Jayapura' THEN '+9 hours'
        WHEN 'Asia/Makassar' THEN '+8 hours' ELSE '+7 hours' END)"""


def fetch(sql: Sql) -> list[tuple[Any, ...]]:
    """Return all rows; for statements whose result is known to be small."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text, _adapted(sql.params))
        return cursor.fetchall()


def stream(sql: Sql) -> Iterator[tuple[Any, ...]]:
    """Yield rows in constant memory: by a server-side cursor on PostgreSQL."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.text, _adapted(sql.params))
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def typed(
    rows: Iterable[tuple[Any, ...]], fields: Mapping[int, "Field[Any, Any]"]
) -> Iterable[tuple[Any, ...]]:
    """Return the rows with the values at these places made those of their fields.

    SQLite hands over moments and decimals as text and numbers; from PostgreSQL they
    come as they should be, and nothing is done.
    """
    converters = {
        at: converter
        for at, field in fields.items()
        if (converter := _converter(field)) is not None
    }
    if not converters:
        return rows
    return (
        tuple(
            converters[at](value) if at in converters else value
            for at, value in enumerate(row)
        )
        for row in rows
    )


def _converter(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    expression = Value(None, output_field=field)
    steps = connection.ops.get_db_converters(expression)
    if not steps:
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, connection)
        return value

    return convert


def _adapted(params: Sequence[Any]) -> list[Any]:
    def adapt(value: Any) -> Any:
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, date):
            return connection.ops.adapt_datefield_value(value)
        return value

    return [adapt(value) for value in params]
