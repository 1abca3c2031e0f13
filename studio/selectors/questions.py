"""Questions of a course: the list, and how one of them fares."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse

from courses.models import Course
from quizzes.models import (
    AttemptItem,
    PracticeResponse,
    Question,
    QuestionBank,
    QuestionVersion,
    ResponseSave,
)
from quizzes.responses import Save, current
from studio.selectors.changes import excerpt
from studio.selectors.courses import DRAFT, NEW_DRAFT, PUBLISHED

PER_PAGE = 25
RETIRED = "retired"
# Fewer answers than this say nothing, and might point at a person.
FEWEST_ANSWERS = 5
# So many of the newest answers are looked through.
MOST_ANSWERS = 500


@dataclass(frozen=True)
class QuestionFilter:
    """What the author looks for; empty means everything."""

    words: str = ""
    bank: str = ""
    objective: str = ""
    level: str = ""
    state: str = ""


@dataclass(frozen=True)
class QuestionRow:
    """A question of the list."""

    key: str
    text: str
    bank: str
    objective: str
    level: str
    state: str
    url: str


def question_rows(
    course: Course, wanted: QuestionFilter, *, page: str | None
) -> "Page[QuestionRow]":
    """Return a page of questions by their newest wording; two queries."""
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"))
        .order_by("-number")
        .values("pk")[:1]
    )
    versions = (
        QuestionVersion.objects.filter(
            question__bank__course=course, pk=Subquery(newest)
        )
        .filter(_condition(wanted))
        .select_related("question__bank")
        .order_by("question__bank__key", "question__key")
    )
    found = Paginator(versions, PER_PAGE).get_page(page)
    found.object_list = [_row(course, version) for version in found.object_list]
    return found


def _condition(wanted: QuestionFilter) -> Q:
    condition = Q()
    for word in wanted.words.split():
        condition &= Q(stem__icontains=word) | Q(question__key__icontains=word)
    if wanted.bank:
        condition &= Q(question__bank__key=wanted.bank)
    if wanted.objective:
        condition &= Q(objective_key=wanted.objective)
    if wanted.level:
        condition &= Q(level=wanted.level)
    if wanted.state == RETIRED:
        condition &= Q(question__state=Question.State.RETIRED)
    elif wanted.state == DRAFT:
        condition &= Q(state=QuestionVersion.State.DRAFT)
    elif wanted.state == PUBLISHED:
        condition &= Q(
            state=QuestionVersion.State.READY, question__state=Question.State.READY
        )
    return condition


def _row(course: Course, version: QuestionVersion) -> QuestionRow:
    question = version.question
    return QuestionRow(
        key=question.key,
        text=excerpt(version.stem),
        bank=question.bank.title,
        objective=version.objective_key,
        level=version.level,
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
    """How a published wording fares; nothing below FEWEST_ANSWERS."""

    answered: int = 0
    right_percent: int | None = None
    shares: tuple[OptionShare, ...] = ()


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
    counts = Counter(value for value in values if isinstance(value, str))
    total = sum(counts.values())
    return tuple(
        OptionShare(
            letter=chr(ord("A") + place),
            percent=round(100 * counts[option.key] / total) if total else 0,
            is_right=option.fraction == 1,
        )
        for place, option in enumerate(version.options.all())
    )
