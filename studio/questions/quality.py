"""How one published wording fares with those who answered it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    F,
    Q,
)

from lib.rounding import whole_percent
from quizzes.models import (
    AttemptItem,
    PracticeResponse,
    QuestionBank,
    QuestionVersion,
)
from quizzes.questions import TYPES
from quizzes.selectors import current_values, question_view
from studio.analysis.page import ItemRow, newest_figures

# Fewer answers than this say nothing, and might point at a person.
FEWEST_ANSWERS = 5


# So many of the newest answers are looked through.
MOST_ANSWERS = 500


@dataclass(frozen=True)
class OptionShare:
    """How many percent chose an option."""

    letter: str
    percent: int
    is_right: bool


@dataclass(frozen=True)
class Quality:
    """How a published wording fares; nothing below FEWEST_ANSWERS.

    `figures` are those of the item analysis, once it was computed. A question of
    several places has no `shares`: its places stand in the analysis.
    """

    answered: int = 0
    right_percent: int | None = None
    shares: tuple[OptionShare, ...] = ()
    figures: ItemRow | None = None


def quality_of(version: QuestionVersion | None) -> Quality:
    """Return how many answered this wording, and what the newest of them chose."""
    if version is None:
        return Quality()
    if version.question.bank.use == QuestionBank.Use.PRACTICE:
        return _practice_quality(version)
    items = AttemptItem.objects.filter(
        question_version=version, attempt__state="submitted"
    )
    is_right = Q(share_numerator=F("share_denominator"))
    counted = items.aggregate(all=Count("pk"), right=Count("pk", filter=is_right))
    if counted["all"] < FEWEST_ANSWERS:
        return Quality(answered=counted["all"])
    return Quality(
        answered=counted["all"],
        right_percent=whole_percent(counted["right"], counted["all"]),
        shares=_shares(version, _chosen(items)),
        figures=newest_figures(version),
    )


def _practice_quality(version: QuestionVersion) -> Quality:
    responses = PracticeResponse.objects.filter(question_version=version)
    counted = responses.aggregate(
        all=Count("pk"), right=Count("pk", filter=Q(fraction=1))
    )
    if counted["all"] < FEWEST_ANSWERS:
        return Quality(answered=counted["all"])
    newest = responses.order_by("-pk")[:MOST_ANSWERS]
    return Quality(
        answered=counted["all"],
        right_percent=whole_percent(counted["right"], counted["all"]),
        shares=_shares(version, newest.values_list("value", flat=True)),
    )


def _chosen(items: Any) -> list[Any]:
    """Return what counts of the newest answers to these items."""
    newest = list(items.order_by("-pk").values_list("pk", flat=True)[:MOST_ANSWERS])
    return current_values(newest)


def _shares(version: QuestionVersion, values: Iterable[Any]) -> tuple[OptionShare, ...]:
    view, question_type = question_view(version), TYPES[version.type]
    places = question_type.places(view)
    if len(places) != 1:
        return ()
    said = [question_type.classify(view, one) for one in values if one is not None]
    counts = Counter(key for one in said for key in one.get(places[0].key, ()))
    return tuple(
        OptionShare(
            letter=chr(ord("A") + number),
            percent=whole_percent(counts[choice.key], len(said)) if said else 0,
            is_right=choice.fraction == 1,
        )
        for number, choice in enumerate(places[0].choices)
    )
