"""Where a word may be broken that is wider than a column of the certificate.

Typst sets such a word over the edge of its column and on, over whatever stands there.
A zero-width space is an opportunity to break that shows nothing, not even a hyphen
that could be taken for a part of a name.
"""

import re
import unicodedata

# In em of bold Plus Jakarta Sans: the facts on the back page have 72 mm at 10 points,
# which is 20.4 em; no other column is narrower. Shrinking only makes more room.
WIDEST_WORD = 19.0
# A line is filled at least to the half.
_PIECE = WIDEST_WORD / 2
BREAK = "\N{ZERO WIDTH SPACE}"
# Where typst goes to a new line by itself.
_BROKEN_ALREADY = re.compile(r"([\s/–-]+)")
_NARROW = frozenset("ijlftrI.,;:'`|!()[]’‘")
_WIDE = frozenset("mwMWQO@%&#")


def breakable(text: str, *, widest: float = WIDEST_WORD) -> str:
    """Return the text with breaks offered inside words wider than `widest`, in em.

    A letter is never parted from its accents. Texts of ordinary words are returned as
    they are, and long ones get few breaks: whoever copies the text copies them too.
    """
    parts = _BROKEN_ALREADY.split(text)
    return "".join(
        _offer_breaks(part) if width_of(part) > widest else part for part in parts
    )


def width_of(word: str) -> float:
    """Return the width in em that the word needs at most."""
    return sum(map(_width, word))


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.46
    if letter in _WIDE:
        return 1.12
    if not letter.isascii():
        return 1.45
    return 0.82 if letter.isupper() else 0.72


def _offer_breaks(word: str) -> str:
    with_breaks: list[str] = []
    room = _PIECE
    for letter in word:
        width = _width(letter)
        if width > room:
            with_breaks.append(BREAK)
            room = _PIECE
        room -= width
        with_breaks.append(letter)
    return "".join(with_breaks)
