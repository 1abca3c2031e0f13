"""Run the reports' own SQL on PostgreSQL and SQLite alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Value

if TYPE_CHECKING:
    from django.db.models import Field

CHUNK = 2_000


@dataclass(frozen=True)
class Sql:
    """A piece of SQL and its parameters, in the order of their placeholders."""

    text: str
    params: tuple[Any, ...] = ()


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
