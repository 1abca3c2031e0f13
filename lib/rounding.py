"""Rounding as people do it on paper: half up, on the exact number, once."""

from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction


def exactly(number: Number) -> Fraction:
    """Return the number as a fraction: a float as it is written, not its neighbour.

    Raises ``ValueError`` for infinity and for what is not a number.
    """
    written = Decimal(str(number)) if isinstance(number, float) else number
    if isinstance(written, Decimal) and not written.is_finite():
        msg = f"{number} cannot be written as a number."
        raise ValueError(msg)
    return Fraction(written)


def half_up(number: Number, decimals: int = 0) -> Decimal:
    """Return the number with so many decimals, halves away from zero.

    Zero has no sign. Raises ``ValueError`` as `exactly` does.
    """
    exact = exactly(number)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # From digits, because Decimal's arithmetic would round to its own precision.
    digits = tuple(map(int, str(whole)))
    return Decimal((int(exact < 0 and whole > 0), digits, -decimals))


def whole_percent(part: int, whole: int) -> int:
    """Return how many in a hundred; `whole` is not 0."""
    return int(half_up(Fraction(100 * part, whole)))
