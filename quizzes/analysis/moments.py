"""Sums of squares and products over whole numbers, plain Python.

Marks come as whole numbers of some part of a point, so that every sum here is exact:
whether a variance is zero is decided, not guessed, and the order of the attempts cannot
change a figure. Only the last division makes a float, and no figure depends on the
part: it may be so small that the sums themselves are too large for one.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from operator import mul


def product_sum(xs: Sequence[int], ys: Sequence[int]) -> int:
    """Return n·Σxy − Σx·Σy, which is n(n − 1) times the sample covariance."""
    return len(xs) * sum(map(mul, xs, ys)) - sum(xs) * sum(ys)


def _variance(xs: Sequence[int]) -> Fraction | None:
    n = len(xs)
    return Fraction(product_sum(xs, xs), n * (n - 1)) if n > 1 else None


def deviation(xs: Sequence[int], unit: int) -> float | None:
    """Return the sample deviation (divisor n − 1) in units; None for fewer than two."""
    spread = _variance(xs)
    return None if spread is None else sqrt(spread / unit**2)


def correlation(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    """Return Pearson's r; None where one of the two does not vary."""
    spread = product_sum(xs, xs) * product_sum(ys, ys)
    return _over_root(product_sum(xs, ys), spread) if spread else None


def covariance_share(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    """Return the covariance as a share of the highest these numbers could have.

    The highest is that of both sorted. None where it is zero.
    """
    highest = product_sum(sorted(xs), sorted(ys))
    return product_sum(xs, ys) / highest if highest else None


def _over_root(above: int | Fraction, below: int | Fraction) -> float:
    """Return above / √below, where both may be too large for a float."""
    size = sqrt(Fraction(above) ** 2 / Fraction(below))
    return -size if above < 0 else size


def _central_sum(xs: Sequence[int], power: int) -> Fraction:
    """Return Σ(x − mean)^power."""
    n, total = len(xs), sum(xs)
    exact: int = sum((n * x - total) ** power for x in xs)
    return Fraction(exact, n**power)


def skewness(xs: Sequence[int]) -> float | None:
    """Return k₃ / k₂^1.5 by k-statistics; None for n < 3 or without variance."""
    n, k2 = len(xs), _variance(xs)
    if n < 3 or not k2:
        return None
    k3 = n * _central_sum(xs, 3) / ((n - 1) * (n - 2))
    return _over_root(k3, k2**3)


def kurtosis(xs: Sequence[int]) -> float | None:
    """Return k₄ / k₂² by k-statistics; None for n < 4 or without variance."""
    n, k2 = len(xs), _variance(xs)
    if n < 4 or not k2:
        return None
    m2, m4 = _central_sum(xs, 2) / n, _central_sum(xs, 4) / n
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)
    return float(k4 / ((n - 1) * (n - 2) * (n - 3)) / (k2 * k2))
