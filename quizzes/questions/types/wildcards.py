"""Patterns with `*` for any run of signs, matched in linear time.

As Moodle writes them (`question/type/shortanswer/question.php`): `*` stands for any
text, also none, and `\\*` for the sign itself. No regular expression is built, so no
pattern can make the match slow.
"""

import re
from collections.abc import Sequence

_STAR = re.compile(r"(?<!\\)\*")


def segments(pattern: str) -> list[str]:
    """Return the literal texts of a pattern between its stars."""
    return [part.replace(r"\*", "*") for part in _STAR.split(pattern)]


def fits(parts: Sequence[str], text: str) -> bool:
    """Say whether the whole text is these segments with anything between them."""
    first, *middle = parts
    if not middle:
        return text == first
    last = middle.pop()
    position, end = len(first), len(text) - len(last)
    if position > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in middle:
        found = text.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return True
