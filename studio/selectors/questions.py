"""Questions of a course: the list, and how one of them fares."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast
from django.urls import reverse

from courses.models import Course
from quizzes.models import (
    AttemptItem,
    Option,
    PracticeResponse,
    Question,
    QuestionBank,
    QuestionVersion,
    ResponseSave,
)
from quizzes.question_types import TYPES
from quizzes.responses import Save, current
from quizzes.selectors import question_view
from studio.question_kinds import label_of
from studio.selectors.analysis import ItemRow, newest_figures
from studio.selectors.changes import excerpt
from studio.selectors.courses import DRAFT, NEW_DRAFT, PUBLISHED

PER_PAGE = 25
RETIRED = "retired"
DUPLICATE = "duplicate"
# Fewer answers than this say nothing, and might point at a person.
FEWEST_ANSWERS = 5
# So many of the newest answers are looked through.
MOST_ANSWERS = 500


@dataclass(frozen=True)
class QuestionFilter:
    """What the author looks for; empty means everything."""

    words: str = ""
    bank: str = ""
    type: str = ""
    objective: str = ""
    level: str = ""
    pillar: str = ""
    tag: str = ""
    state: str = ""


@dataclass(frozen=True)
class QuestionRow:
    """A question of the list; `twins` counts those that ask nearly the same."""

    pk: int
    key: str
    text: str
    type: str
    bank: str
    objective: str
    level: str
    tags: Sequence[str]
    twins: int
    state: str
    url: str


def newest_versions(course: Course) -> "QuerySet[QuestionVersion]":
    """Return the newest wording of every question of a course."""
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"))
        .order_by("-number")
        .values("pk")[:1]
    )
    return QuestionVersion.objects.filter(
        question__bank__course=course, pk=Subquery(newest)
    )


def question_rows(
    course: Course,
    wanted: QuestionFilter,
    *,
    twins: Mapping[int, Sequence[int]],
    page: str | None,
) -> "Page[QuestionRow]":
    """Return a page of questions by their newest wording; two queries.

    `twins` holds for each question the others that are like it.
    """
    versions: QuerySet[Any] = (
        newest_versions(course)
        .annotate(tags_text=Cast("tags", TextField()))
        .filter(_condition(wanted, twins))
        .select_related("question__bank")
        .order_by("question__bank__key", "question__key")
    )
    found = Paginator(versions, PER_PAGE).get_page(page)
    found.object_list = [_row(course, version, twins) for version in found.object_list]
    return found


def _condition(wanted: QuestionFilter, twins: Collection[int]) -> Q:
    condition = _condition_on_state(wanted.state, twins)
    for word in wanted.words.split():
        said = Option.objects.filter(version=OuterRef("pk"), text__icontains=word)
        condition &= (
            Q(stem__icontains=word)
            | Q(question__key__icontains=word)
            | Q(tags_text__icontains=word)
            | Q(Exists(said))
        )
    if wanted.tag:
        # The databases differ in whether they escape letters beyond ASCII.
        spelled = {json.dumps(wanted.tag, ensure_ascii=yes) for yes in (True, False)}
        tagged = Q(pk__in=[])
        for text in spelled:
            tagged |= Q(tags_text__contains=text)
        condition &= tagged
    exact = {
        "question__bank__key": wanted.bank,
        "type": wanted.type,
        "objective_key": wanted.objective,
        "level": wanted.level,
    }
    condition &= Q(**{name: value for name, value in exact.items() if value})
    return condition & _condition_on_pillar(wanted.pillar)


def _condition_on_pillar(pillar: str) -> Q:
    """A question that names no pillar has its course's."""
    if not pillar:
        return Q()
    working = Q(pillar="") & Q(question__bank__course__current_version__pillar=pillar)
    return Q(pillar=pillar) | working


def _condition_on_state(state: str, twins: Collection[int]) -> Q:
    return {
        RETIRED: Q(question__state=Question.State.RETIRED),
        DRAFT: Q(state=QuestionVersion.State.DRAFT),
        PUBLISHED: Q(
            state=QuestionVersion.State.READY, question__state=Question.State.READY
        ),
        DUPLICATE: Q(question__in=twins),
    }.get(state, Q())


def _row(
    course: Course, version: QuestionVersion, twins: Mapping[int, Sequence[int]]
) -> QuestionRow:
    question = version.question
    return QuestionRow(
        pk=question.pk,
        key=question.key,
        text=excerpt(version.stem),
        type=label_of(version.type),
        bank=question.bank.title,
        objective=version.objective_key,
        level=version.level,
        tags=version.tags,
        twins=len(twins.get(question.pk, ())),
        state=question_state(question, version),
        url=question_url(course, question.bank, question.key),
    )


def question_url(course: Course, bank: QuestionBank, key: str) -> str:
    """Return the address of a question's editor."""
    return reverse("studio:question_edit", args=[course.key, bank.key, key])


def question_state(question: Question, newest: QuestionVersion) -> str:
    """Return the word for a question: draft, new_draft, published or retired."""
    if question.state == Question.State.RETIRED:
        return RETIRED
    if newest.state == QuestionVersion.State.READY:
        return PUBLISHED
    return DRAFT if question.state == Question.State.DRAFT else NEW_DRAFT


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
    counted = items.aggregate(
        all=Count("pk"), right=Count("pk", filter=Q(points=F("max_points")))
    )
    if counted["all"] < FEWEST_ANSWERS:
        return Quality(answered=counted["all"])
    return Quality(
        answered=counted["all"],
        right_percent=round(100 * counted["right"] / counted["all"]),
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
        right_percent=round(100 * counted["right"] / counted["all"]),
        shares=_shares(version, newest.values_list("value", flat=True)),
    )


def _chosen(items: Any) -> list[Any]:
    """Return what counts of the newest answers to these items."""
    newest = list(items.order_by("-pk").values_list("pk", flat=True)[:MOST_ANSWERS])
    saves = ResponseSave.objects.filter(item__in=newest).select_related("attempt")
    return [save.value for save in current(_save(row) for row in saves).values()]


def _save(row: ResponseSave) -> Save:
    arrived = row.received_at - row.attempt.started_at
    said = arrived if row.offset_ms is None else timedelta(milliseconds=row.offset_ms)
    return Save(
        item_id=row.item_id,
        device=row.device,
        sequence=row.sequence,
        number=row.pk,
        value=row.value,
        counts=row.counts,
        moment=min(arrived, said),
    )


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
            percent=round(100 * counts[choice.key] / len(said)) if said else 0,
            is_right=choice.fraction == 1,
        )
        for number, choice in enumerate(places[0].choices)
    )
