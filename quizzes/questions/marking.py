"""Marking, plain Python: a response in, points out."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from quizzes.kinds import Counting
from quizzes.questions.types import TYPES, Mark, QuestionView

_STEP = Decimal("0.001")


def mark_response(question: QuestionView, value: Any) -> Mark:
    """Mark one response; a blank one (None) earns nothing."""
    if value is None:
        return Mark(Decimal(0))
    return TYPES[question.type].mark(question, value)


def points_for(mark: Mark, max_points: Decimal) -> Decimal:
    """Return the points of a mark, to three decimals, half up."""
    return (mark.fraction * max_points).quantize(_STEP, ROUND_HALF_UP)


def percent(points: Decimal, max_points: Decimal) -> Decimal:
    """Return points as percent of the maximum, to two decimals, half up."""
    return (100 * points / max_points).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counting_index(policy: str, scores: Sequence[Decimal]) -> int:
    """Return which of the attempts, oldest first, gives the grade.

    `best` takes the earliest of the best ones. Raises ValueError without scores.
    """
    if not scores:
        raise ValueError("There is no attempt to count.")
    if policy == Counting.FIRST:
        return 0
    if policy == Counting.LAST:
        return len(scores) - 1
    return scores.index(max(scores))
