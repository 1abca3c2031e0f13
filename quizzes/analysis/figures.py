"""Item analysis by classical test theory, plain Python.

The formulas and their null cases are Moodle's
(`question/classes/statistics/questions/calculator.php` and
`mod/quiz/report/statistics/classes/calculator.php`; FEATURES §1.2.4). Marks are whole
numbers of one common part of a point, figures are percent unless they say otherwise. A
figure is None where its formula has none. Nothing here hides a figure of few attempts:
`FEWEST_ANSWERS` says from how many on one may be shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt
from statistics import median_high, median_low
from typing import NamedTuple

from quizzes.analysis.moments import (
    correlation,
    covariance_share,
    deviation,
    kurtosis,
    product_sum,
    skewness,
)

# Below it an index says more about chance than about the question.
FEWEST_ANSWERS = 30
QUARTILES = 4
HISTOGRAM_BARS = 10


class ScoredItem(NamedTuple):
    """A question on somebody's paper: its place, its wording, and what it earned."""

    slot: str
    version: int
    points: int
    max_points: int


ScoredPaper = Sequence[ScoredItem]


@dataclass(frozen=True)
class Quartile:
    """How a quarter of the attempts, by total mark, did; `percent` None for nobody."""

    n: int
    percent: float | None


@dataclass(frozen=True)
class ItemFigures:
    """How a slot, or one wording of a question, fares.

    `facility` is the mean mark and `sd` its standard deviation, both in percent of
    the maximum. `intended_weight` and `effective_weight` belong to slots.
    """

    n: int
    facility: float | None
    sd: float | None
    discrimination: float | None
    efficiency: float | None
    quartiles: tuple[Quartile, ...]
    intended_weight: float | None = None
    effective_weight: float | None = None


@dataclass(frozen=True)
class QuizFigures:
    """How the whole quiz fares; mean, median, deviation and error in percent.

    `cic` is Cronbach's alpha. `histogram` counts attempts by tenths of the maximum,
    full marks in the last.
    """

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    cic: float | None
    error_ratio: float | None
    standard_error: float | None
    histogram: tuple[int, ...]


@dataclass(frozen=True)
class Analysis:
    """Everything about a quiz: as a whole, by slot, and by wording of a question."""

    quiz: QuizFigures
    slots: Mapping[str, ItemFigures]
    versions: Mapping[int, ItemFigures]


class _Marks:
    """The marks of one slot or wording, beside the totals of the same papers."""

    def __init__(self) -> None:
        self.points: list[int] = []
        self.totals: list[int] = []
        self.most = 0
        self.max_points = 0
        self.by_quartile = [[0, 0, 0] for _ in range(QUARTILES)]

    def add(self, item: ScoredItem, total: int, quartile: int) -> None:
        """Take in the item of one more paper."""
        self.points.append(item.points)
        self.totals.append(total)
        self.most += item.max_points
        self.max_points = item.max_points
        group = self.by_quartile[quartile]
        group[0] += 1
        group[1] += item.points
        group[2] += item.max_points

    def figures(self, *, is_drawn: bool) -> ItemFigures:
        """Return the figures; the rest of a drawn question is the whole total.

        A draw meets papers whose other questions differ, so Moodle takes X and not
        X − x there.
        """
        rest = self.totals
        if not is_drawn:
            rest = [x - own for x, own in zip(rest, self.points, strict=True)]
        sd = deviation(self.points, self.max_points)
        return ItemFigures(
            n=len(self.points),
            facility=_percent(sum(self.points), self.most),
            sd=_hundredfold(sd),
            discrimination=_hundredfold(correlation(self.points, rest)),
            efficiency=_hundredfold(covariance_share(self.points, rest)),
            quartiles=tuple(
                Quartile(n, _percent(points, most))
                for n, points, most in self.by_quartile
            ),
        )


def analyse(papers: Sequence[ScoredPaper], *, drawn: Collection[str] = ()) -> Analysis:
    """Return the figures of papers with the same slots; `drawn` are slots of a draw.

    Raises ValueError where the papers differ in their slots or in what these are
    worth: their totals could not be compared.
    """
    if len({arrangement(paper) for paper in papers}) > 1:
        raise ValueError("The papers ask different slots.")
    totals = [sum(item.points for item in paper) for paper in papers]
    slots: dict[str, _Marks] = defaultdict(_Marks)
    versions: dict[int, _Marks] = defaultdict(_Marks)
    drawn_versions = set()
    for paper, total, quartile in zip(papers, totals, quartiles(totals), strict=True):
        for item in paper:
            slots[item.slot].add(item, total, quartile)
            versions[item.version].add(item, total, quartile)
            if item.slot in drawn:
                drawn_versions.add(item.version)
    most = sum(marks.max_points for marks in slots.values())
    return Analysis(
        quiz=_quiz_figures(totals, slots, most),
        slots=_weighted(slots, most),
        versions={
            version: marks.figures(is_drawn=version in drawn_versions)
            for version, marks in versions.items()
        },
    )


def arrangement(paper: ScoredPaper) -> frozenset[tuple[str, int]]:
    """Return the slots of a paper with what each is worth, in no order."""
    return frozenset((item.slot, item.max_points) for item in paper)


def quartiles(totals: Sequence[int]) -> list[int]:
    """Return the quarter of each attempt by its total, 0 the lowest.

    Equal totals fall into the same quarter, that of the middle of their ranks, so
    that quarters may differ in size but never depend on the order of attempts.
    """
    quarter: dict[int, int] = {}
    below = 0
    for total, count in sorted(Counter(totals).items()):
        quarter[total] = QUARTILES * (2 * below + count) // (2 * len(totals))
        below += count
    return [quarter[total] for total in totals]


def _weighted(slots: Mapping[str, _Marks], most: int) -> dict[str, ItemFigures]:
    """Return the slots' figures with their weights.

    A slot against the total (negative covariance) has no effective weight and is
    left out of the sum.
    """
    roots = {}
    for slot, marks in slots.items():
        spread = product_sum(marks.points, marks.totals)
        roots[slot] = sqrt(Fraction(spread, most**2)) if spread >= 0 else None
    whole = sum(root for root in roots.values() if root)
    return {
        slot: replace(
            marks.figures(is_drawn=False),
            intended_weight=_percent(marks.max_points, most),
            effective_weight=_hundredfold(_share(roots[slot], whole)),
        )
        for slot, marks in slots.items()
    }


def _quiz_figures(
    totals: Sequence[int], slots: Mapping[str, _Marks], most: int
) -> QuizFigures:
    cic = _consistency(totals, slots)
    sd = _hundredfold(deviation(totals, most))
    error_ratio = None if cic is None else 100 * sqrt(1 - cic / 100)
    return QuizFigures(
        n=len(totals),
        mean=_percent(sum(totals), most * len(totals)),
        median=_percent(median_low(totals) + median_high(totals), 2 * most)
        if totals
        else None,
        sd=sd,
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        cic=cic,
        error_ratio=error_ratio,
        standard_error=None
        if error_ratio is None or sd is None
        else error_ratio * sd / 100,
        histogram=_histogram(totals, most),
    )


def _consistency(totals: Sequence[int], slots: Mapping[str, _Marks]) -> float | None:
    """Return 100·p/(p − 1)·(1 − Σvar(x)/k₂); None for p < 2, n < 3 or k₂ = 0."""
    p, n = len(slots), len(totals)
    whole = product_sum(totals, totals)
    if p < 2 or n < 3 or not whole:
        return None
    parts = sum(product_sum(marks.points, marks.points) for marks in slots.values())
    # Of whole numbers, so that items that agree fully give 100 and not a bit more.
    return 100 * p * (whole - parts) / ((p - 1) * whole)


def _histogram(totals: Sequence[int], most: int) -> tuple[int, ...]:
    bars = [0] * HISTOGRAM_BARS
    for total in totals:
        bars[min(HISTOGRAM_BARS * total // most, HISTOGRAM_BARS - 1)] += 1
    return tuple(bars)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _share(part: float | None, whole: float) -> float | None:
    return None if part is None or not whole else part / whole


def _hundredfold(value: float | None) -> float | None:
    return None if value is None else 100 * value
