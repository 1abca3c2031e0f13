"""Sums of squares and products over whole numbers, plain Python.

Marks come in thousandths of a point, so that every sum here is exact: whether a
variance is zero is decided, not guessed, and the order of the attempts cannot change
a figure. Only the last division makes a float.
"""

from collections.abc import Sequence
from math import sqrt
from operator import mul


def product_sum(xs: Sequence[int], ys: Sequence[int]) -> int:
    """Return n·Σxy − Σx·Σy, which is n(n − 1) times the sample covariance."""
    return len(xs) * sum(map(mul, xs, ys)) - sum(xs) * sum(ys)


def variance(xs: Sequence[int]) -> float | None:
    """Return the sample variance (divisor n − 1); None for fewer than two."""
    n = len(xs)
    return product_sum(xs, xs) / (n * (n - 1)) if n > 1 else None


def correlation(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    """Return Pearson's r; None where one of the two does not vary."""
    spread = product_sum(xs, xs) * product_sum(ys, ys)
    return product_sum(xs, ys) / sqrt(spread) if spread else None


def covariance_share(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    """Return the covariance as a share of the highest these numbers could have.

    The highest is that of both sorted. None where it is zero.
    """
    highest = product_sum(sorted(xs), sorted(ys))
    return product_sum(xs, ys) / highest if highest else None


def _central_sum(xs: Sequence[int], power: int) -> float:
    """Return Σ(x − mean)^power, exact up to the division."""
    n, total = len(xs), sum(xs)
    exact: int = sum((n * x - total) ** power for x in xs)
    return float(exact / n**power)


def skewness(xs: Sequence[int]) -> float | None:
    """Return k₃ / k₂^1.5 by k-statistics; None for n < 3 or without variance."""
    n, k2 = len(xs), variance(xs)
    if n < 3 or not k2:
        return None
    k3 = n * _central_sum(xs, 3) / ((n - 1) * (n - 2))
    return float(k3 / k2**1.5)


def kurtosis(xs: Sequence[int]) -> float | None:
    """Return k₄ / k₂² by k-statistics; None for n < 4 or without variance."""
    n, k2 = len(xs), variance(xs)
    if n < 4 or not k2:
        return None
    m2, m4 = _central_sum(xs, 2) / n, _central_sum(xs, 4) / n
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)
    return float(k4 / ((n - 1) * (n - 2) * (n - 3)) / (k2 * k2))
