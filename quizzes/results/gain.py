"""How much people learned between pre-test and post-test, plain Python.

Scores are percent. Of a group only sums are needed, and sums add up: those of a unit
are the sums of its parts.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Self

from quizzes.kinds import FEWEST_PEOPLE

CONFIDENCE = 0.95
FULL = 100


@dataclass(frozen=True)
class GainSums:
    """Σ over people: their number, scores before and after, squared differences."""

    n: int = 0
    before: float = 0
    after: float = 0
    squares: float = 0

    def __add__(self, other: Self) -> "GainSums":
        """Return the sums of both groups together; they must not overlap."""
        return GainSums(
            self.n + other.n,
            self.before + other.before,
            self.after + other.after,
            self.squares + other.squares,
        )


@dataclass(frozen=True)
class GroupGain:
    """What a group gained: means before and after, and their difference in points.

    `low` and `high` bound the difference with 95 % confidence, as a paired t-interval
    (Student 1908). `normalised` is Hake's ⟨g⟩, the part of the possible gain that was
    reached (Hake 1998, American Journal of Physics 66, 64), in percent; None where
    nothing could be gained.
    """

    n: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    normalised: float | None


def group_gain(sums: GainSums) -> GroupGain | None:
    """Return the gain of a group; None for fewer than `FEWEST_PEOPLE`."""
    if sums.n < FEWEST_PEOPLE:
        return None
    before, after = _settled(sums.before / sums.n), _settled(sums.after / sums.n)
    difference = _settled(after - before)
    # Rounding may leave a hair below zero where everybody gained the same.
    spread = max(0.0, sums.squares - sums.n * difference**2) / (sums.n - 1)
    reach = t_quantile(sums.n - 1) * sqrt(spread / sums.n)
    return GroupGain(
        n=sums.n,
        before=before,
        after=after,
        difference=difference,
        low=_settled(difference - reach),
        high=_settled(difference + reach),
        normalised=normalised(before, after),
    )


def _settled(mean: float) -> float:
    """Return a mean without the noise of its sum: half a hundredth stays a half."""
    return round(mean, 9)


def normalised(before: float, after: float) -> float | None:
    """Return (after − before) / (100 − before) in percent; None from full marks on."""
    if before >= FULL:
        return None
    return _settled(FULL * (after - before) / (FULL - before))


def t_quantile(freedom: int) -> float:
    """Return the two-sided 95 % quantile of Student's t, to three decimals.

    The expansion in 1/ν of Abramowitz and Stegun 26.7.5, from four degrees of freedom
    on. Raises ValueError below, where it would be too rough.
    """
    if freedom < FEWEST_PEOPLE - 1:
        raise ValueError(f"Too few degrees of freedom: {freedom}.")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, 1))
