"""Questions of a course: the list, and how one of them fares."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast

from courses.models import Course
from quizzes.models import (
    Option,
    Question,
    QuestionVersion,
)
from studio.courses.outline import DRAFT, NEW_DRAFT, PUBLISHED
from studio.excerpts import excerpt
from studio.links import question_url
from studio.questions.editor.kinds import label_of

QUESTIONS_PER_PAGE = 25
RETIRED = "retired"
DUPLICATE = "duplicate"


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
    versions = (
        _matching(course, wanted, twins)
        .select_related("question__bank")
        .order_by("question__bank__key", "question__key")
    )
    found = Paginator(versions, QUESTIONS_PER_PAGE).get_page(page)
    found.object_list = [_row(course, version, twins) for version in found.object_list]
    return found


def matching_questions(
    course: Course, wanted: QuestionFilter, *, twins: Collection[int]
) -> list[int]:
    """Return the ids of all questions that the list would show, on whatever page."""
    return list(_matching(course, wanted, twins).values_list("question", flat=True))


def _matching(
    course: Course, wanted: QuestionFilter, twins: Collection[int]
) -> "QuerySet[Any]":
    versions = newest_versions(course).annotate(tags_text=Cast("tags", TextField()))
    return versions.filter(_condition(wanted, twins))


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


def question_state(question: Question, newest: QuestionVersion) -> str:
    """Return the word for a question: draft, new_draft, published or retired."""
    if question.state == Question.State.RETIRED:
        return RETIRED
    if newest.state == QuestionVersion.State.READY:
        return PUBLISHED
    return DRAFT if question.state == Question.State.DRAFT else NEW_DRAFT
