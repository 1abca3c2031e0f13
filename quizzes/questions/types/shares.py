"""Shares of a mark: exact, as they are typed and stored, and how a sum is said."""

import re
from decimal import Decimal
from fractions import Fraction

from lib.indonesian import format_short
from lib.rounding import half_up
from quizzes.questions.types.protocol import Mark

NOTHING = Fraction(0)
EVERYTHING = Fraction(1)
# The civil service's own tests give 0 to 5 points for each answer.
MOST_POINTS = 5
_PERCENT = 100
# As the database stores it.
_DECIMALS = 6
_WRITTEN = re.compile(r"[-+]?[0-9]{1,20}([.,][0-9]{0,20})?")


def stored_share(share: Decimal) -> Decimal:
    """Return a share as it is stored: to a millionth, half up, without needless zeros.

    Whoever writes a third as 33.33333 percent, as Moodle does, reads back the same.
    """
    return plain_number(half_up(share, _DECIMALS) if share.is_finite() else share)


def read_share(text: str, whole: int = _PERCENT) -> Decimal | None:
    """Return the share of 1 that "33,3333" of `whole` says, None where it says none.

    A comma or a dot stands before the decimals and nothing groups thousands; the unit
    is cut off before. How much may be given is for others to say.
    """
    words = text.strip()
    if not _WRITTEN.fullmatch(words):
        return None
    return stored_share(Decimal(words.replace(",", ".")) / whole)


def plain_number(number: Decimal) -> Decimal:
    """Return the number without needless zeros or an exponent."""
    is_whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if is_whole else number.normalize()


def earned(share: Fraction | Decimal, explained: str = "") -> Mark:
    """Return the mark of an exact share, clamped to 0..1.

    `explained` is the sum so far, without its full stop; the result closes it.
    """
    fraction = min(EVERYTHING, max(NOTHING, Fraction(share)))
    if not explained:
        return Mark(fraction)
    return Mark(fraction, f"{explained}: nilai {in_words(fraction)} dari 1.")


def in_words(number: Decimal | Fraction) -> str:
    """Return a number to two decimals, without zeros at its end: "0,17", "1"."""
    return format_short(number)
