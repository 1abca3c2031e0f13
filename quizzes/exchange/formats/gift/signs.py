"""GIFT's backslashes: what is a sign and what is a letter.

While a block is taken apart, escaped signs stand as characters that no text holds;
`literal` turns them back.
"""

import re

_SIGNS = "\\:#={}~n"
# The private use area: taken out of what is read.
_FIRST = 0xE000
_HELD = {sign: chr(_FIRST + at) for at, sign in enumerate(_SIGNS)}
_SPOKEN = {held: "\n" if sign == "n" else sign for sign, held in _HELD.items()}
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_HELD_ONES = re.compile(f"[{''.join(_SPOKEN)}]")
FORMAT = re.compile(r"\s*\[(?P<format>html|moodle|plain|markdown)\]", re.IGNORECASE)
"""Moodle's word for how a text is written, in front of it."""
_ENDING = re.compile(r"[\\{}]|####")
_RESERVED = re.compile(r"[\\:#={}~]")


def hold(text: str) -> str:
    """Return the text with every escaped sign held back."""
    return _ESCAPED.sub(lambda one: _HELD[one[1]], _HELD_ONES.sub("", text))


def literal(text: str) -> str:
    """Return what the author meant by a piece of a held text, without outer space."""
    words = text.strip().replace(r"-\>", "->")
    return _HELD_ONES.sub(lambda one: _SPOKEN[one[0]], words)


def escape(text: str) -> str:
    """Return a text as it may stand anywhere in GIFT."""
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", r"\n")


def unsigned(html: str) -> str:
    """Return HTML so that no sign of it is one of GIFT where Moodle knows no escapes.

    There "0" alone is nothing to it, and two strokes begin a comment.
    """
    if html == "0" or html.startswith(("/", "$", ":")):
        html = _entity(html[0]) + html[1:]
    return _ENDING.sub(lambda sign: "".join(map(_entity, sign[0])), html)


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"
