"""Text as people compare it: without capitals, accents, apostrophes and other signs.

Keys made here are stored and compared byte by byte, so that SQLite and PostgreSQL give
the same answer and the same order, whatever collations they have. Indonesian sorts the
letters of the alphabet as Unicode does, a space before all of them (CLDR, locale `id`,
which adds nothing to the root order).
"""

import unicodedata

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
# Whatever is typed as an apostrophe: quotation marks, modifier letters, accents alone.
_APOSTROPHES = frozenset(
    "'`\u00b4\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf"
    "\u02c8\u2032\u2035\ua78b\ua78c\uff07\u055a\u07f4\u07f5"
)


def fold(text: str) -> str:
    """Return the text in small plain letters and digits, one space between words.

    `Nur’aini`, `NUR'AINI` and `Nuraini` are one, and so are `Zoë` and `Zoe`; hyphens
    and dots part words. Other scripts keep their letters. A text of nothing but signs
    stays as it is, so that it can still be told from others.
    """
    # What decomposes into a space and an accent is an apostrophe until then.
    kept = "".join(letter for letter in text if letter not in _APOSTROPHES)
    small = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", kept).casefold()
    )
    words = "".join(map(_shown, small.translate(_PLAIN))).split()
    return " ".join(words) or " ".join(text.casefold().split())


def folded_words(text: str) -> list[str]:
    """Return the words to look for in a key; a key that holds them all is found."""
    return fold(text).split()


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _shown(letter: str) -> str:
    """Return the letter, a space for a sign, nothing for an accent or unseen mark."""
    category = unicodedata.category(letter)
    if (
        letter in _APOSTROPHES
        or unicodedata.combining(letter)
        or category in {"Cf", "Lm"}
    ):
        return ""
    return letter if category[0] in "LNM" else " "
