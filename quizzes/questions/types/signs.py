"""Signs that people do not choose: their keyboard does.

A phone turns ' into ’ and - into – by itself, and a copied word brings the signs of its
page. Whoever types has no say in it, so the forgiving rules read them as one.
"""

import unicodedata

# Modifier letters, primes and accents that stand in for an apostrophe; the quotes of
# Unicode's own categories (Pi, Pf) are asked for by category.
_APOSTROPHES = (
    "`´ʹʻʼʽʾʿˈˊˋʹ՚׳\u2018\u2019\u201a\u201b\u2032\u2035\ua78c\uff07\u2039\u203a"
)
_QUOTES = "“”„‟″‶«»＂״〝〞〟"
# Dashes without the category of dashes (Pd): minus signs and bullets.
_HYPHENS = "−⁃˗➖﹣⁻₋"


def is_hyphen(sign: str) -> bool:
    """Say whether a sign is a hyphen, a dash or a minus of any kind."""
    return sign in _HYPHENS or unicodedata.category(sign) == "Pd"


def plain_signs(text: str) -> str:
    """Return the text with one kind of apostrophe, of quotation mark and of hyphen."""
    return "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign.isascii() and sign != "`":
        return sign
    if sign in _APOSTROPHES:
        return "'"
    if sign in _QUOTES:
        return '"'
    return "-" if is_hyphen(sign) else sign
