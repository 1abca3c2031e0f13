"""JSON from people and their devices: hostile until read."""

import json
from typing import Any, NoReturn

# What devices send is three levels deep; databases refuse a thousand, Python some more.
DEEPEST = 20


def read_json(text: str | bytes) -> Any:
    """Return what a JSON text says.

    Raises ValueError for what cannot be read, is nested deeper than `DEEPEST`, or holds
    what no database stores: NUL, half a character, NaN and infinities.
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("Nested too deeply.") from None
    level = [value]
    for _depth in range(DEEPEST):
        for one in level:
            _check_text(one)
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return value
    raise ValueError("Nested too deeply.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number.")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        # UnicodeEncodeError is a ValueError.
        value.encode()
        if "\0" in value:
            raise ValueError("A text holds NUL.")
