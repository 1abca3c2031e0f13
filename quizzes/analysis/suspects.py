"""Which questions deserve a look, and what to do about them. Plain Python.

Every rule names its threshold and where it comes from. Rules speak only where there
are enough answers (`item_analysis.FEWEST_ANSWERS`): the caller asks for nothing below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.analysis.choices import BLANK, OTHER, ChoiceFigures
from quizzes.analysis.figures import FEWEST_ANSWERS, QUARTILES, ItemFigures

# Moodle's documentation of the quiz statistics report: from 95 % a question is
# "extremely easy", up to 20 % "difficult" and worse; a discrimination below 20 is
# "very weak", a negative one "probably invalid".
TOO_EASY, TOO_HARD = 95, 20
WEAK_DISCRIMINATION = 20
# Moodle's report highlights an efficiency below 15; its bank says of one below 30
# that the question very likely needs checking
# (`question/bank/statistics/classes/helper.php`).
POOR_EFFICIENCY, LOW_EFFICIENCY = 15, 30
# A distractor that fewer choose does no work (Haladyna and Downing 1993, "How many
# options is enough for a multiple-choice test item?").
FUNCTIONAL_SHARE = 5
# A quarter of the fewest answers that say anything.
FEWEST_BEST = FEWEST_ANSWERS // QUARTILES


class Sign(StrEnum):
    """What is suspicious, the worst first."""

    WRONG_KEY = "wrong_key"
    NEGATIVE = "negative"
    BELOW_GUESSING = "below_guessing"
    POOR_EFFICIENCY = "poor_efficiency"
    WEAK = "weak"
    LOW_EFFICIENCY = "low_efficiency"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    IDLE_DISTRACTOR = "idle_distractor"


# These say that marks may be wrong today, the others that the question can be better.
GRAVE = frozenset({Sign.WRONG_KEY, Sign.NEGATIVE, Sign.BELOW_GUESSING})


@dataclass(frozen=True)
class Suspicion:
    """Something to look at; `choices` are (place, choice) pairs it is about."""

    sign: Sign
    choices: tuple[tuple[str, str], ...] = ()


def suspicions(
    figures: ItemFigures,
    choices: Sequence[ChoiceFigures],
    *,
    guess: float | None = None,
) -> list[Suspicion]:
    """Return what is suspicious about a question, the worst first.

    `guess` is what guessing earns, in percent.
    """
    found = [
        *_about_keys(figures, choices),
        *_about_discrimination(figures),
        *_about_facility(figures, guess),
        *_about_idle_distractors(choices),
    ]
    worst_first = list(Sign)
    return sorted(found, key=lambda one: worst_first.index(one.sign))


def _about_keys(
    figures: ItemFigures, choices: Sequence[ChoiceFigures]
) -> Iterator[Suspicion]:
    """The best quarter preferred something that earns nothing to every key.

    Equal totals can leave that quarter almost empty; then it says nothing.
    """
    if figures.quartiles[-1].n < FEWEST_BEST:
        return
    preferred = []
    for place in dict.fromkeys(row.place for row in choices):
        keys = _keys(choices, place)
        best = max((_of_best(row) for row in keys), default=None)
        preferred += [
            (place, row.choice)
            for row in _distractors(choices, place)
            if best is not None and _of_best(row) > best
        ]
    if preferred:
        yield Suspicion(Sign.WRONG_KEY, tuple(preferred))


def _keys(choices: Sequence[ChoiceFigures], place: str) -> list[ChoiceFigures]:
    """Return what earns most at a place; nothing where nothing earns anything."""
    here = [row for row in choices if row.place == place and (row.fraction or 0) > 0]
    most = max((row.fraction or 0 for row in here), default=0)
    return [row for row in here if row.fraction == most]


def _distractors(choices: Sequence[ChoiceFigures], place: str) -> list[ChoiceFigures]:
    return [
        row
        for row in choices
        if row.place == place
        and row.choice not in {BLANK, OTHER}
        and (row.fraction or 0) <= 0
    ]


def _of_best(row: ChoiceFigures) -> float:
    return row.quartiles[-1] or 0


def _about_discrimination(figures: ItemFigures) -> Iterator[Suspicion]:
    index, efficiency = figures.discrimination, figures.efficiency
    if index is not None and index < 0:
        # Whatever else is low is low because of this.
        yield Suspicion(Sign.NEGATIVE)
        return
    if index is not None and index < WEAK_DISCRIMINATION:
        yield Suspicion(Sign.WEAK)
    if efficiency is not None and efficiency < POOR_EFFICIENCY:
        yield Suspicion(Sign.POOR_EFFICIENCY)
    elif efficiency is not None and efficiency < LOW_EFFICIENCY:
        yield Suspicion(Sign.LOW_EFFICIENCY)


def _about_facility(figures: ItemFigures, guess: float | None) -> Iterator[Suspicion]:
    facility = figures.facility
    if facility is None:
        return
    if guess is not None and facility < guess:
        yield Suspicion(Sign.BELOW_GUESSING)
    elif facility <= TOO_HARD:
        yield Suspicion(Sign.TOO_HARD)
    elif facility >= TOO_EASY:
        yield Suspicion(Sign.TOO_EASY)


def _about_idle_distractors(choices: Sequence[ChoiceFigures]) -> Iterator[Suspicion]:
    """Only of whole questions: of rows and gaps few wrong pairs are meant to tempt."""
    places = {row.place for row in choices}
    if places != {""}:
        return
    idle = [
        ("", row.choice)
        for row in _distractors(choices, "")
        if row.share < FUNCTIONAL_SHARE
    ]
    if idle:
        yield Suspicion(Sign.IDLE_DISTRACTOR, tuple(idle))
