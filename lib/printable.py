"""Which characters may stand in what is printed on official papers.

Names in the population register are written in Latin letters (Permendagri 73/2022,
article 5), and every font of a certificate has the characters below. So a name that
passes here can be drawn, and one that does not is refused where it is typed instead
of weeks later, when somebody has finished a course.
"""

import unicodedata

# First and last of each range: Latin letters with all of their accents, and the
# punctuation of names, degrees and offices.
_RANGES = (
    (0x0020, 0x007E),
    (0x00A1, 0x00AC),
    (0x00AE, 0x024F),
    (0x02B9, 0x02BC),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
)
PRINTABLE = frozenset(
    chr(code) for first, last in _RANGES for code in range(first, last + 1)
)
# Printed as one space.
BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
# A message names so many and no more.
MOST_TOLD = 6
_FINE = PRINTABLE.union(BREAKS)


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of `text` outside `PRINTABLE`, each once, in order.

    A letter and its accent count as the one letter they make, a line break as a space.
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(c for c in dict.fromkeys(composed) if c not in _FINE)


def describe(characters: tuple[str, ...]) -> str:
    """Return the first characters for a message, by code where they cannot be seen."""
    told = [
        f"“{c}” (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}"
        for c in characters[:MOST_TOLD]
    ]
    rest = ["dan lainnya"] if len(characters) > MOST_TOLD else []
    return ", ".join(told + rest)
