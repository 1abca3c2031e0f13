"""Marking stored attempts with what is known about their questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.bank.rows import question_view
from quizzes.marking.attempt import AnsweredItem, AttemptMark, RepairView, mark_attempt
from quizzes.marking.rows import current_saves, current_saves_of, items_with_questions
from quizzes.marking.saves import Save
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Repair
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


def repairs_of(version_ids: Collection[int]) -> list[RepairView]:
    """Return every repair of these question versions."""
    rows = (
        Repair.objects.filter(question_version__in=version_ids)
        .select_related("correction")
        .prefetch_related("correction__options")
    )
    return [
        repair_view(row.question_version_id, row.kind, row.correction) for row in rows
    ]


def marked_paper(attempt: Attempt) -> MarkedPaper:
    """Mark an attempt by what it says and what is known today."""
    items = items_with_questions(attempt)
    version_ids = {item.question_version_id for item in items}
    return _marked(items, current_saves(attempt), repairs_of(version_ids), {})


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
            question=views.get(item.question_version_id)
            or question_view(item.question_version),
            value=saves[item.pk].value if item.pk in saves else None,
            max_points=item.max_points,
        )
        for item in items
    ]
    return MarkedPaper(items, mark_attempt(answered, repairs))
