"""Marking stored attempts with what is known about their questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from lib.written_once import written_once
from quizzes.bank.known import known_questions
from quizzes.bank.rows import question_view
from quizzes.marking.attempt import AnsweredItem, AttemptMark, RepairView, mark_attempt
from quizzes.marking.rows import (
    current_among,
    current_saves_of,
    items_of,
    stored_saves,
)
from quizzes.marking.saves import Save
from quizzes.models import (
    Attempt,
    AttemptItem,
    QuestionVersion,
    Repair,
    ResponseSave,
)
from quizzes.questions.types import QuestionView


@dataclass(frozen=True)
class MarkedPaper:
    """The items of an attempt in their order, and what they earn now."""

    items: Sequence[AttemptItem]
    mark: AttemptMark


def repair_view(
    version_id: int, kind: str, correction: QuestionVersion | None
) -> RepairView:
    """Return a repair as the pure rules see it; options must be prefetched."""
    return RepairView(
        version=version_id,
        kind=kind,
        correction=question_view(correction) if correction else None,
    )


def repairs_of(
    version_ids: Collection[int], *, ignoring: Collection[int] = ()
) -> list[RepairView]:
    """Return every repair of these question versions but those with these ids."""
    rows = Repair.objects.filter(question_version__in=version_ids)
    return _views(rows.exclude(pk__in=ignoring).select_related("correction"))


def _views(rows: Iterable[Repair]) -> list[RepairView]:
    found = list(rows)
    prefetch_related_objects(found, "correction__options")
    return [
        repair_view(row.question_version_id, row.kind, row.correction) for row in found
    ]


@written_once
def _repairs_of(attempt_id: int) -> "QuerySet[Repair]":
    asked = AttemptItem.objects.filter(attempt=attempt_id)
    of_paper = Repair.objects.filter(
        question_version__in=asked.values("question_version")
    )
    return of_paper.select_related("correction")


def marked_paper(
    attempt: Attempt,
    *,
    rows: Sequence[ResponseSave] | None = None,
    ignoring: Collection[int] = (),
) -> MarkedPaper:
    """Mark an attempt by what it says and what is known today.

    `rows` are all its saves where they are at hand. `ignoring` are the ids of repairs
    that are left for later.
    """
    items = items_of(attempt)
    known = known_questions([item.question_version_id for item in items])
    repairs = _views(row for row in _repairs_of(attempt.pk) if row.pk not in ignoring)
    saves = current_among(stored_saves(attempt) if rows is None else rows, attempt)
    return _marked(items, saves, repairs, {pk: one.view for pk, one in known.items()})


def marked_papers(
    attempts: Sequence[Attempt],
    *,
    more: Sequence[RepairView] = (),
    views: dict[int, QuestionView],
) -> Mapping[int, MarkedPaper]:
    """Mark many attempts in a few queries, as if `more` were repaired as well.

    `views` remembers question versions from one call to the next.
    """
    papers: dict[int, list[AttemptItem]] = defaultdict(list)
    for item in AttemptItem.objects.filter(attempt__in=attempts):
        papers[item.attempt_id].append(item)
    version_ids = {i.question_version_id for items in papers.values() for i in items}
    _remember(views, version_ids)
    saves = current_saves_of(attempts)
    repairs = [*repairs_of(version_ids), *more]
    return {
        attempt_id: _marked(items, saves, repairs, views)
        for attempt_id, items in papers.items()
    }


def _remember(views: dict[int, QuestionView], version_ids: Iterable[int]) -> None:
    new = set(version_ids) - set(views)
    for version in QuestionVersion.objects.filter(pk__in=new).prefetch_related(
        "options"
    ):
        views[version.pk] = question_view(version)


def _marked(
    items: Sequence[AttemptItem],
    saves: Mapping[int, Save],
    repairs: Sequence[RepairView],
    views: Mapping[int, QuestionView],
) -> MarkedPaper:
    answered = [
        AnsweredItem(
            version=item.question_version_id,
            question=views[item.question_version_id],
            value=saves[item.pk].value if item.pk in saves else None,
            max_points=item.max_points,
        )
        for item in items
    ]
    return MarkedPaper(items, mark_attempt(answered, repairs))
