"""Item analysis of one quiz of a course, computed from its facts and not stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from courses.models import Course
from quizzes.analysis import marks
from quizzes.analysis.choices import AttemptGroup, choice_table, random_guess_score
from quizzes.analysis.figures import (
    FEWEST_ANSWERS,
    Analysis,
    ItemFigures,
    ScoredPaper,
    analyse,
    quartiles,
)
from quizzes.analysis.marks import KnownAttempts
from quizzes.analysis.suspects import suspicions
from quizzes.bank.rows import question_view
from quizzes.kinds import Selection
from quizzes.models import Attempt, QuestionVersion, QuizSlot
from quizzes.questions.types import TYPES

# The columns that `ItemStatistics` shares with `ItemFigures`.
_SHARED = (
    "facility",
    "sd",
    "intended_weight",
    "effective_weight",
    "discrimination",
    "efficiency",
)


@dataclass(frozen=True)
class ComputedStatistics:
    """What is stored: values of the quiz's row, and of a row for each version."""

    known: KnownAttempts
    quiz: dict[str, Any]
    items: list[dict[str, Any]]


def compute_statistics(
    course: Course, quiz_key: str, selection: Selection
) -> ComputedStatistics | None:
    """Return the analysis of a quiz; None where nothing was handed in.

    The quiz as a whole is that of its newest arrangement (slots and their points). A
    wording is looked at in the arrangement in which most people got it, because
    totals of different papers cannot be compared.
    """
    attempts = marks.attempts_of(course, quiz_key, selection)
    known = marks.known_of(course, quiz_key)
    groups = marks.by_arrangement(marks.read_marks(attempts))
    if not groups:
        return None
    drawn = marks.drawn_slots(course, quiz_key)
    analyses = [analyse(list(papers.values()), drawn=drawn) for papers in groups]
    reader = _ItemReader(attempts, groups, analyses, drawn)
    return ComputedStatistics(
        known=known,
        quiz=_quiz_values(analyses[0], _positions(course, quiz_key)),
        items=reader.items(),
    )


def _quiz_values(analysis: Analysis, positions: Mapping[str, int]) -> dict[str, Any]:
    values = asdict(analysis.quiz)
    if values["n"] < FEWEST_ANSWERS:
        return {"n": values["n"]}
    values["histogram"] = list(values["histogram"])
    values["slots"] = [
        {
            "slot": slot,
            "facility": figures.facility,
            "intended_weight": figures.intended_weight,
            "effective_weight": figures.effective_weight,
        }
        for slot, figures in sorted(
            analysis.slots.items(), key=lambda pair: (positions.get(pair[0], 0), pair)
        )
    ]
    return values


def _positions(course: Course, quiz_key: str) -> dict[str, int]:
    """Return the position of each slot, as its newest quiz has it."""
    slots = QuizSlot.objects.filter(
        quiz__key=quiz_key, quiz__grade_item__version__course=course
    ).order_by("quiz_id")
    return dict(slots.values_list("key", "position"))


class _ItemReader:
    """Holds the papers and their analyses while rows are made of them."""

    def __init__(
        self,
        attempts: QuerySet[Attempt],
        groups: list[dict[int, ScoredPaper]],
        analyses: list[Analysis],
        drawn: set[str],
    ) -> None:
        self.groups, self.analyses, self.drawn = groups, analyses, drawn
        self.chosen_group = marks.most_answered(groups)
        self.standings = [_standing(papers) for papers in groups]
        self.slots = [
            {item.version: item.slot for paper in papers.values() for item in paper}
            for papers in groups
        ]
        # An attempt is in one group, so that one reading serves all of them.
        self.group_of = {
            attempt_id: index
            for index, papers in enumerate(groups)
            for attempt_id in papers
        }
        self.answers = self._answers(attempts)

    def _answers(
        self, attempts: QuerySet[Attempt]
    ) -> dict[int, list[tuple[Any, AttemptGroup]]]:
        everyone = {
            attempt_id: self.standings[index][attempt_id]
            for attempt_id, index in self.group_of.items()
        }
        return marks.read_answers(
            attempts,
            everyone,
            keeps=lambda attempt_id, version: (
                self.chosen_group[version] == self.group_of[attempt_id]
            ),
        )

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each version that somebody got; two queries."""
        versions = QuestionVersion.objects.filter(
            pk__in=self.chosen_group
        ).prefetch_related("options")
        everybody = [
            marks.everybody_of(papers, standing)
            for papers, standing in zip(self.groups, self.standings, strict=True)
        ]
        rows = []
        for version in versions.order_by("pk"):
            index = self.chosen_group[version.pk]
            rows.append(self._item(version, index, everybody[index][version.pk]))
        return rows

    def _item(
        self, version: QuestionVersion, index: int, everybody: AttemptGroup
    ) -> dict[str, Any]:
        analysis = self.analyses[index]
        figures = analysis.versions[version.pk]
        slot = self._fixed_slot(version.pk, index)
        values = {"question_version_id": version.pk, "slot_key": slot, "n": figures.n}
        if figures.n < FEWEST_ANSWERS:
            return values
        question_type, view = TYPES[version.type], question_view(version)
        choices = choice_table(
            question_type,
            view,
            everybody=everybody,
            said=self.answers.get(version.pk, ()),
        )
        guess = random_guess_score(question_type, view)
        weights = analysis.slots.get(slot, figures)
        found = suspicions(figures, choices, guess=guess)
        return values | {
            **_shared(figures, weights),
            "guess": guess,
            "quartiles": [asdict(quartile) for quartile in figures.quartiles],
            "choices": [asdict(row) for row in choices],
            "suspicions": [asdict(one) for one in found],
        }

    def _fixed_slot(self, version: int, index: int) -> str:
        """Return the slot that always asks this question; empty for a drawn one."""
        slot = self.slots[index][version]
        return "" if slot in self.drawn else slot


def _standing(papers: Mapping[int, ScoredPaper]) -> dict[int, tuple[int, float]]:
    """Return the quarter and the percent of each attempt."""
    totals = [sum(item.points for item in paper) for paper in papers.values()]
    most = sum(item.max_points for item in next(iter(papers.values())))
    return {
        attempt_id: (quartile, 100 * total / most)
        for attempt_id, total, quartile in zip(
            papers, totals, quartiles(totals), strict=True
        )
    }


def _shared(figures: ItemFigures, weights: ItemFigures) -> dict[str, float | None]:
    values = {name: getattr(figures, name) for name in _SHARED}
    values["intended_weight"] = weights.intended_weight
    values["effective_weight"] = weights.effective_weight
    return values
