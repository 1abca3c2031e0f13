"""Marking a whole attempt, with what was found wrong about its questions.

Plain Python and exact: no third is rounded on the way. The same items, answers and
repairs give the same result, whatever the order of the repairs. More repairs never
give less:

* a corrected key counts beside the old one, whichever earns more;
* where all answers are right, everybody who got the item has its points;
* a disregarded item leaves the sum, unless it raises the person's percentage.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import mul
from typing import Any

from lib.scores import exact_score
from quizzes.kinds import RepairKind
from quizzes.questions.marking import mark_response
from quizzes.questions.types import Mark, QuestionView, UnreadableResponse


@dataclass(frozen=True)
class AnsweredItem:
    """An item with what was said to it; `version` names the question version."""

    version: int
    question: QuestionView
    value: Any
    max_points: Decimal


@dataclass(frozen=True)
class RepairView:
    """A repair of one question version; `correction` where the key was wrong."""

    version: int
    kind: str
    correction: QuestionView | None = None


@dataclass(frozen=True)
class MarkedItem:
    """The share an item earned of its points, and whether it is left out of the sum."""

    share: Fraction
    max_points: Decimal
    left_out: bool = False

    @property
    def points(self) -> Fraction:
        """Return what it earned, exact."""
        return self.share * Fraction(self.max_points)


@dataclass(frozen=True)
class AttemptMark:
    """The items in their order, and the sum of those that count."""

    items: Sequence[MarkedItem]

    @property
    def points(self) -> Fraction:
        """Return the points of the items that count, exact."""
        return sum((i.points for i in self.items if not i.left_out), Fraction(0))

    @property
    def max_points(self) -> Decimal:
        """Return the most there was to earn."""
        return sum((i.max_points for i in self.items if not i.left_out), Decimal(0))

    def is_better_than(self, points: Fraction, max_points: Decimal) -> bool:
        """Say whether this is a higher score, compared exactly."""
        return exact_score(self.points, self.max_points) > exact_score(
            points, max_points
        )


def mark_attempt(
    items: Sequence[AnsweredItem], repairs: Iterable[RepairView] = ()
) -> AttemptMark:
    """Mark every item; at least one always counts."""
    known: dict[int, list[RepairView]] = defaultdict(list)
    for repair in repairs:
        known[repair.version].append(repair)
    shares = [_share(item, known[item.version]) for item in items]
    dropped = _dropped(
        [
            index
            for index, item in enumerate(items)
            if any(
                repair.kind == RepairKind.DISREGARDED for repair in known[item.version]
            )
        ],
        shares,
        [Fraction(item.max_points) for item in items],
    )
    return AttemptMark(
        [
            MarkedItem(shares[index], item.max_points, left_out=index in dropped)
            for index, item in enumerate(items)
        ]
    )


def _share(item: AnsweredItem, repairs: Sequence[RepairView]) -> Fraction:
    if any(repair.kind == RepairKind.ALL_RIGHT for repair in repairs):
        return Fraction(1)
    keys = [item.question, *(r.correction for r in repairs if r.correction)]
    return max(_mark(key, item.value).fraction for key in keys)


def _mark(key: QuestionView, value: Any) -> Mark:
    try:
        return mark_response(key, value)
    except UnreadableResponse:
        # An answer that the corrected wording does not offer any more.
        return Mark(Fraction(0))


def _dropped(
    disregarded: Collection[int],
    shares: Sequence[Fraction],
    most: Sequence[Fraction],
) -> frozenset[int]:
    """Return the indexes whose leaving gives the highest percentage, the fewest so.

    Leaving out an item helps exactly if it earned a smaller share than the sum, so
    the best set is a beginning of the items in order of their share.
    """
    order = sorted(disregarded, key=lambda p: (shares[p], p))
    earned, reachable = sum(map(mul, shares, most), Fraction(0)), sum(most)
    best, kept = earned / reachable if reachable else Fraction(0), 0
    for count, index in enumerate(order[: len(shares) - 1], 1):
        earned -= shares[index] * most[index]
        reachable -= most[index]
        if earned / reachable > best:
            best, kept = earned / reachable, count
    return frozenset(order[:kept])
