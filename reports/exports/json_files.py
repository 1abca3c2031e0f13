"""A report as JSON, for other systems: rows by the keys of their columns."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from reports.columns import ReportColumn


def write_json(
    stream: IO[str],
    columns: Sequence[ReportColumn],
    rows: Iterable[Sequence[object]],
    explained: Iterable[tuple[str, str]],
) -> None:
    """Write one object, row by row: `kolom`, `baris`, and then `keterangan`.

    Days are ISO 8601, numbers are numbers, a NIP is text, nothing is null. What ends
    early is no JSON, so that nobody takes it for the whole.
    """
    titles = {column.key: str(column.title) for column in columns}
    stream.write(f'{{"kolom": {_written(titles)},\n"baris": [')
    between = "\n"
    for row in rows:
        record = dict(zip(titles, row, strict=True))
        stream.write(f"{between}{_written(record)}")
        between = ",\n"
    stream.write(f'],\n"keterangan": {_written(dict(explained))}}}\n')


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str | float:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in a report."
    raise TypeError(msg)
