"""Rows of SQLite as PostgreSQL writes them, value for value.

The same text goes into the other database and under the checksum, and what PostgreSQL
answers with `::text` has to be that text again. So each difference between the two
kinds of database stands here once. What SQLite can write itself it writes: a row costs
one join and one hash here, not a call for each value.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import md5
from json.encoder import encode_basestring
from typing import Any

Text = Callable[[Any], str]
# Hardly in any value, and still right where they are.
_MISSING, _BETWEEN = "\x01", "\x1f"
# What is said to COPY, so that its lines are those under the checksum.
COPY_OPTIONS = f"FREEZE, DELIMITER '{_BETWEEN}', NULL '{_MISSING}'"
# What COPY wants with a backslash; the first three are found by looking at a line.
_SPECIAL = re.compile(r"[\\\n\r]")
_ESCAPED = str.maketrans(
    {
        "\\": r"\\",
        "\n": r"\n",
        "\r": r"\r",
        _BETWEEN: f"\\{_BETWEEN}",
        _MISSING: f"\\{_MISSING}",
    }
)
# Made once: a decoder and an encoder for each value would cost more than their work.
_DECODER = json.JSONDecoder(parse_float=Decimal)
# From here on PostgreSQL writes floats with an exponent.
_WITH_EXPONENT = 1e15


@dataclass(frozen=True)
class TextColumn:
    """A column as text: what SQLite is asked, and what is done to its answer, if so."""

    sql: str
    write: Text | None = None


def text_column(name: str, kind: str, scale: int | None) -> TextColumn:
    """Return how values of a column of this type become text; None stays None.

    `scale` is that of a numeric column. Raises KeyError for a type that no table of
    the site has had so far.
    """
    quoted = f'"{name}"'
    if kind == "numeric":
        return TextColumn(quoted, lambda value: _numeric(value, scale or 0))
    if kind in _WRITERS:
        return TextColumn(quoted, _WRITERS[kind])
    return TextColumn(_IN_SQLITE[kind].format(quoted))


# Many rows say the same: no more than these are kept, a few megabytes.
@lru_cache(maxsize=4_096)
def _numeric(value: Any, scale: int) -> str:
    # Zero is added because PostgreSQL knows no negative one.
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-scale)) + 0)


def _float(value: float) -> str:
    """Return the shortest text that is read as this number again.

    Beyond 2**53, which no column of ours nears, two texts may be as short, and the
    other database may choose the other one: then the comparison says that they differ.
    """
    number = float(value)
    if abs(number) >= _WITH_EXPONENT:
        return f"{Decimal(repr(number)).normalize():e}"
    return f"{number:.0f}" if number.is_integer() else repr(number)


@lru_cache(maxsize=4_096)
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


_WRITERS: dict[str, Text] = {"double precision": _float, "jsonb": _jsonb}
_AS_IT_IS = "CAST({0} AS TEXT)"
_IN_SQLITE = {
    "bigint": _AS_IT_IS,
    "boolean": "CASE WHEN {0} THEN 'true' WHEN NOT {0} THEN 'false' END",
    "character varying": _AS_IT_IS,
    "date": _AS_IT_IS,
    "integer": _AS_IT_IS,
    "smallint": _AS_IT_IS,
    "text": _AS_IT_IS,
    # SQLite keeps moments in UTC without saying so.
    "timestamp with time zone": (
        "CASE WHEN instr({0}, '.') THEN rtrim(rtrim({0}, '0'), '.') ELSE {0} END"
        " || '+00'"
    ),
    "uuid": (
        "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4)"
        " || '-' || substr({0}, 17, 4) || '-' || substr({0}, 21)"
    ),
}


def line_writer(
    columns: Sequence[TextColumn],
) -> Callable[[Sequence[Any]], tuple[bytes, bytes]]:
    """Return what makes two lines of a row: for the checksum, and for COPY.

    They are one object where no value holds a sign that COPY wants escaped.
    """
    written = [
        (place, column.write) for place, column in enumerate(columns) if column.write
    ]
    betweens = len(columns) - 1

    def lines(row: Sequence[Any]) -> tuple[bytes, bytes]:
        texts = list(row)
        for place, write in written:
            if texts[place] is not None:
                texts[place] = write(texts[place])
        line = _BETWEEN.join([_MISSING if text is None else text for text in texts])
        said = line.encode()
        if (
            _SPECIAL.search(line)
            or line.count(_BETWEEN) != betweens
            or line.count(_MISSING) != texts.count(None)
        ):
            return said, _escaped(texts).encode()
        return said, said

    return lines


def _escaped(texts: Sequence[str | None]) -> str:
    return _BETWEEN.join(
        _MISSING if text is None else text.translate(_ESCAPED) for text in texts
    )


def checksum(line: bytes) -> int:
    """Return the checksum of a row. Those of a table are added: no order counts."""
    digest = md5(line, usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def checksum_sql(columns: Sequence[str]) -> str:
    """Return the SQL expression for the sum of the checksums of all rows."""
    texts = (f"coalesce({column}::text, chr({ord(_MISSING)}))" for column in columns)
    line = f" || chr({ord(_BETWEEN)}) || ".join(texts)
    half = f"('x' || left(md5({line}), 16))::bit(64)::bigint"
    return f"coalesce(sum({half}), 0)"
