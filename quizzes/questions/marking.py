"""Marking, plain Python: a response in, points out."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lib.scores import shown_score
from quizzes.kinds import Counting
from quizzes.questions.types import TYPES, Mark, QuestionView


def mark_response(question: QuestionView, value: Any) -> Mark:
    """Mark one response; a blank one (None) earns nothing."""
    if value is None:
        return Mark(Fraction(0))
    return TYPES[question.type].mark(question, value)


def percent(points: Fraction | Decimal, max_points: Decimal) -> Decimal:
    """Return points as percent of the maximum, as shown (`lib.scores`)."""
    return shown_score(points, max_points)


def counting_index(policy: str, scores: Sequence[Any]) -> int:
    """Return which of the attempts, oldest first, gives the grade.

    `scores` are what compares them. `best` takes the earliest of the best ones. Raises
    ValueError without scores.
    """
    if not scores:
        raise ValueError("There is no attempt to count.")
    if policy == Counting.FIRST:
        return 0
    if policy == Counting.LAST:
        return len(scores) - 1
    return scores.index(max(scores))
