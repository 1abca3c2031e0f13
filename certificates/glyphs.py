"""Which characters a certificate can print.

PDF/A and PDF/UA forbid a character that no font of the document has a glyph for, so
such a character has to be refused where it is typed, not weeks later when the
certificate is drawn. What people's records may hold is narrower: `lib.printable`.
"""

import re
import unicodedata
from datetime import date

from certificates import typesetting
from lib.printable import BREAKS, PRINTABLE

# Controls, surrogates, private use and unassigned have no glyph or are forbidden.
_NEVER = frozenset({"Cc", "Cs", "Co", "Cn"})
# Overrides and isolates can make a name read differently from what is stored.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = re.compile(f"[{BREAKS} ]+")
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ANY_DAY = date(2000, 1, 1)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that cannot be printed, each once.

    In the order of their first appearance; empty when all can be. The fonts
    themselves are asked about every character outside `PRINTABLE`, which takes a few
    milliseconds, so pass many texts joined rather than one by one.
    """
    unusual = [c for c in dict.fromkeys(on_one_line(text)) if c not in PRINTABLE]
    hopeless = {
        c for c in unusual if unicodedata.category(c) in _NEVER or c in _REORDERING
    }
    refused = hopeless | _refused_by_fonts([c for c in unusual if c not in hopeless])
    return tuple(c for c in unusual if c in refused)


def on_one_line(text: str) -> str:
    """Return the text as it is printed: line breaks and tabs become one space."""
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _refused_by_fonts(characters: list[str]) -> set[str]:
    if not characters:
        return set()
    try:
        typesetting.typeset(
            "glyph_probe.typ", {"characters": characters}, dated_on=_ANY_DAY
        )
    except typesetting.ForkedAfterTypesetting:
        raise
    except typesetting.TypesettingFailed as error:
        refused = "".join(map(_unescape, _REFUSED.findall(error.diagnostic)))
        found = {c for c in characters if c in refused}
        if not found:
            raise
        return found
    return set()


def _unescape(quoted: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), quoted)
