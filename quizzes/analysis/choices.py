"""The distractor table: who chose what, place by place. Plain Python.

Every type says through `classify` under which choices a value falls, so one table
serves them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from quizzes.analysis.figures import QUARTILES
from quizzes.questions.types import Place, QuestionType, QuestionView

# The row of those who said nothing at a place, and of typed text nothing accepts.
BLANK = "?"
OTHER = ""
# More values than this are not tried one by one.
_MOST_GUESSES = 4_096


@dataclass
class AttemptGroup:
    """Attempts counted together: by quarter of their total, and Σ of the totals.

    `percents` adds up the total of each attempt in percent.
    """

    by_quartile: list[int] = field(default_factory=lambda: [0] * QUARTILES)
    percents: float = 0

    @property
    def n(self) -> int:
        """How many attempts there are."""
        return sum(self.by_quartile)

    def add(self, quartile: int, percent: float) -> None:
        """Count one more attempt."""
        self.by_quartile[quartile] += 1
        self.percents += percent

    def merge(self, other: "AttemptGroup", sign: int = 1) -> None:
        """Add the attempts of another group, or take them away with sign −1."""
        for quartile, n in enumerate(other.by_quartile):
            self.by_quartile[quartile] += sign * n
        self.percents += sign * other.percents


@dataclass(frozen=True)
class ChoiceFigures:
    """How often something was said at a place, by whom; shares in percent.

    `mean` is the mean total of those who said it, None for nobody. `quartiles` are
    the shares within each quarter, the lowest first, None for an empty quarter.
    `fraction` is what it earns of the place, None for blanks and other text.
    """

    place: str
    choice: str
    fraction: float | None
    n: int
    share: float
    mean: float | None
    quartiles: tuple[float | None, ...]


def choice_table(
    question_type: QuestionType,
    question: QuestionView,
    *,
    everybody: AttemptGroup,
    said: Iterable[tuple[Any, AttemptGroup]],
) -> list[ChoiceFigures]:
    """Return a row for every choice of every place, then other text and blanks.

    `everybody` got the question, `said` are the values given and by whom. At a place
    of many choices an attempt stands in several rows, so shares add up to more
    than 100.
    """
    chosen: dict[str, dict[str, AttemptGroup]] = defaultdict(
        lambda: defaultdict(AttemptGroup)
    )
    answered: dict[str, AttemptGroup] = defaultdict(AttemptGroup)
    for value, group in said:
        for key, choices in question_type.classify(question, value).items():
            answered[key].merge(group)
            for choice in choices:
                chosen[key][choice].merge(group)
    rows = []
    for place in question_type.places(question):
        here = chosen[place.key]
        here[BLANK].merge(everybody)
        here[BLANK].merge(answered[place.key], -1)
        rows += _rows(place, here, everybody)
    return rows


def _rows(
    place: Place, here: Mapping[str, AttemptGroup], everybody: AttemptGroup
) -> list[ChoiceFigures]:
    worth = {choice.key: float(choice.fraction) for choice in place.choices}
    others = [OTHER] if place.free else []
    return [
        _row(place.key, key, worth.get(key), here.get(key, AttemptGroup()), everybody)
        for key in (*worth, *others, BLANK)
    ]


def _row(
    place: str,
    choice: str,
    fraction: float | None,
    group: AttemptGroup,
    everybody: AttemptGroup,
) -> ChoiceFigures:
    return ChoiceFigures(
        place=place,
        choice=choice,
        fraction=fraction,
        n=group.n,
        share=100 * group.n / everybody.n if everybody.n else 0,
        mean=group.percents / group.n if group.n else None,
        quartiles=tuple(
            100 * n / whole if whole else None
            for n, whole in zip(group.by_quartile, everybody.by_quartile, strict=True)
        ),
    )


def random_guess_score(
    question_type: QuestionType, question: QuestionView
) -> float | None:
    """Return the percent that guessing earns on average; None where undefined.

    As Moodle has it (`get_random_guess_score`): nothing for typed answers, undefined
    for several answers at once. Elsewhere every choice is as likely as any other at
    its place, and the mark is averaged over all values, or over the places where
    each earns its own part. An order and a dialogue have no independent places.
    """
    places = question_type.places(question)
    if question_type.control in {"order", "scenes"} or any(p.many for p in places):
        return None
    if any(place.free for place in places):
        return 0.0
    if question.scoring in {"", "parts"}:
        return _mean([_mean(_worths(place)) for place in places])
    return _tried(question_type, question, places)


def _worths(place: Place) -> list[float]:
    return [
        100 * min(1.0, max(0.0, float(choice.fraction))) for choice in place.choices
    ]


def _tried(
    question_type: QuestionType, question: QuestionView, places: Sequence[Place]
) -> float | None:
    """Mark every value there is."""
    count = 1
    for place in places:
        count *= len(place.choices)
    if not 0 < count <= _MOST_GUESSES:
        return None
    marks = []
    for combination in product(*(place.choices for place in places)):
        pairs = zip(places, combination, strict=True)
        posted = {place.field: (choice.key,) for place, choice in pairs}
        value = question_type.parse(question, posted)
        marks.append(100 * float(question_type.mark(question, value).fraction))
    return _mean(marks)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
