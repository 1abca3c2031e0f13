"""Rows of SQLite as PostgreSQL writes them, value for value.

The same text goes into the other database and under the checksum, and what PostgreSQL
answers with `::text` has to be that text again. So each difference between the two
kinds of database stands here once.
"""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from hashlib import md5
from json.encoder import encode_basestring
from typing import Any

Text = Callable[[Any], str]
# Cannot be typed, and stands in no value that the site takes.
_MISSING, _BETWEEN = "\x01", "\x1f"
# Made once: a decoder and an encoder for each value would cost more than their work.
_DECODER = json.JSONDecoder(parse_float=Decimal)
# From here on PostgreSQL writes floats with an exponent.
_WITH_EXPONENT = 1e15


def writer_of(kind: str, scale: int | None) -> Text:
    """Return what writes values of a column of this type.

    `scale` is that of a numeric column. Raises KeyError for a type that no table of
    the site has had so far.
    """
    if kind == "numeric":
        return lambda value: _numeric(value, scale or 0)
    return _WRITERS[kind]


def _numeric(value: Any, scale: int) -> str:
    # Zero is added because PostgreSQL knows no negative one.
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-scale)) + 0)


def _boolean(value: Any) -> str:
    return "true" if value else "false"


def _moment(value: str) -> str:
    """Return a moment, which SQLite keeps in UTC without saying so."""
    return f"{value.rstrip('0').rstrip('.') if '.' in value else value}+00"


def _uuid(value: str) -> str:
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def _float(value: float) -> str:
    """Return the shortest text that is read as this number again.

    Beyond 2**53, which no column of ours nears, two texts may be as short, and the
    other database may choose the other one: then the comparison says that they differ.
    """
    number = float(value)
    if abs(number) >= _WITH_EXPONENT:
        return f"{Decimal(repr(number)).normalize():e}"
    return f"{number:.0f}" if number.is_integer() else repr(number)


def _jsonb(value: str) -> str:
    return _json_text(_DECODER.decode(value))


def _json_text(value: Any) -> str:
    """Return JSON as `jsonb` keeps it: keys by length, then by their bytes."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        inside = (f"{encode_basestring(key)}: {_json_text(value[key])}" for key in keys)
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json_text, value))}]"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return f"{value + 0 if value.is_zero() else value:f}"
    return json.dumps(value)


_WRITERS: dict[str, Text] = {
    "bigint": str,
    "boolean": _boolean,
    "character varying": str,
    "date": str,
    "double precision": _float,
    "integer": str,
    "jsonb": _jsonb,
    "smallint": str,
    "text": str,
    "timestamp with time zone": _moment,
    "uuid": _uuid,
}


def row_writer(writers: Sequence[Text]) -> Callable[[Sequence[Any]], list[str | None]]:
    """Return what writes whole rows; a missing value stays None."""

    def write(row: Sequence[Any]) -> list[str | None]:
        return [
            None if value is None else writer(value)
            for writer, value in zip(writers, row, strict=True)
        ]

    return write


def checksum(texts: Sequence[str | None]) -> int:
    """Return the checksum of a row. Those of a table are added: no order counts."""
    line = _BETWEEN.join(_MISSING if text is None else text for text in texts)
    digest = md5(line.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def checksum_sql(columns: Sequence[str]) -> str:
    """Return the SQL expression for the sum of the checksums of all rows."""
    texts = (f"coalesce({column}::text, chr({ord(_MISSING)}))" for column in columns)
    line = f" || chr({ord(_BETWEEN)}) || ".join(texts)
    half = f"('x' || left(md5({line}), 16))::bit(64)::bigint"
    return f"coalesce(sum({half}), 0)"
