"""What a score is: exact inside, rounded once where it is shown or compared.

Points are exact fractions, a score is their percentage. Whoever shows a score or
compares it with a pass mark does so with the figure of `shown`; means are taken of
exact scores and rounded afterwards. So nobody reads "70" beside "not passed at 70".
"""

from decimal import Decimal
from fractions import Fraction

from lib.rounding import half_up

# Two, so that a third and two thirds of the points are told apart from 33 and 67.
SCORE_DECIMALS = 2


def exact_score(points: Fraction | Decimal, most: Fraction | Decimal) -> Fraction:
    """Return points as percent of the most there was to earn, which is not 0."""
    return 100 * Fraction(points) / Fraction(most)


def shown(score: Fraction | Decimal) -> Decimal:
    """Return the figure that is shown and compared: two decimals, half up."""
    return half_up(score, SCORE_DECIMALS)


def shown_score(points: Fraction | Decimal, most: Fraction | Decimal) -> Decimal:
    """Return the figure of so many points of the most there was to earn."""
    return shown(exact_score(points, most))


def passes(score: Fraction | Decimal, pass_mark: Decimal) -> bool:
    """Say whether a score reaches the pass mark, both as they are shown."""
    return shown(score) >= pass_mark
