"""Exact shares of a mark, and how a sum is said in Bahasa Indonesia."""

from decimal import Decimal
from fractions import Fraction

from lib.indonesian import format_number
from quizzes.questions.types.protocol import Mark

NOTHING = Fraction(0)
EVERYTHING = Fraction(1)


def earned(share: Fraction | Decimal, explained: str = "") -> Mark:
    """Return the mark of an exact share, clamped to 0..1.

    `explained` is the sum so far, without its full stop; the result closes it.
    """
    exact = min(EVERYTHING, max(NOTHING, Fraction(share)))
    fraction = Decimal(exact.numerator) / Decimal(exact.denominator)
    if not explained:
        return Mark(fraction)
    return Mark(fraction, f"{explained}: nilai {in_words(fraction)} dari 1.")


def in_words(number: Decimal | Fraction) -> str:
    """Return a number to two decimals, without zeros at its end: "0,17", "1"."""
    exact = Fraction(number)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return format_number(decimal, 2).rstrip("0").rstrip(",")
