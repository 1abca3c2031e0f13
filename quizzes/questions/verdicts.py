"""Right, partly right or wrong, plain Python: how a mark is told."""

from decimal import Decimal
from fractions import Fraction

from quizzes.questions.types import Choice, Place

RIGHT, PARTLY, WRONG = "right", "partly", "wrong"


def verdict_of(fraction: Decimal | Fraction) -> str:
    """Return how a share of the points is told."""
    if fraction >= 1:
        return RIGHT
    return PARTLY if fraction > 0 else WRONG


def choice_verdict(place: Place, choice: Choice) -> str:
    """Return how a choice is told; of several, each that adds points is right."""
    if place.many:
        return RIGHT if choice.fraction > 0 else WRONG
    return verdict_of(choice.fraction)
