"""The list of courses, and one course in outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from courses.actions.publishing import MINUTES_PER_JP
from courses.content_types import LessonContent, VersionContent
from courses.models import (
    Course,
    CourseVersion,
    DraftReview,
    Enrollment,
    GradeItem,
    RetiredLesson,
)
from courses.selectors.content import version_content
from quizzes.models import Question, QuestionBank
from quizzes.selectors import planned_quizzes, supplies
from studio.fetching import REVIEW_COURSE, working_version
from studio.quizzes.summary import quiz_summary

COURSES_PER_PAGE = 25
DRAFT, NEW_DRAFT, PUBLISHED = "draft", "new_draft", "published"


@dataclass(frozen=True)
class CourseRow:
    """A course of the list; `state` is one of the three words above."""

    title: str
    code: str
    unit: str
    state: str
    version: int
    published_at: datetime | None
    learning: int
    is_in_review: bool
    url: str


def course_rows(user: Any, *, query: str = "", page: str | None) -> "Page[CourseRow]":
    """Return a page of the courses of the person's units.

    With `query` those that have every word of it in a title, a code or their unit.
    """
    drafts = CourseVersion.objects.filter(
        course=OuterRef("pk"), state=CourseVersion.State.DRAFT
    )
    courses = (
        Course.objects.visible_to(user, REVIEW_COURSE)
        .select_related("current_version", "unit")
        .annotate(
            has_draft=Exists(drafts),
            is_in_review=Exists(
                DraftReview.objects.filter(
                    course=OuterRef("pk"), state=DraftReview.State.OPEN
                )
            ),
            draft_title=drafts.values("title")[:1],
        )
    )
    for word in query.split():
        courses = courses.filter(_says(word))
    found = Paginator(courses, COURSES_PER_PAGE).get_page(page)
    here = list(found.object_list)
    learning = _learning_in(here)
    found.object_list = [_course_row(row, learning.get(row.pk, 0)) for row in here]
    return found


def _says(word: str) -> Q:
    return (
        Q(current_version__title__icontains=word)
        | Q(draft_title__icontains=word)
        | Q(code__icontains=word)
        | Q(key__icontains=word)
        | Q(unit__name__icontains=word)
    )


def _learning_in(courses: Sequence[Course]) -> dict[int, int]:
    """Return how many people are learning in the present cycle, by course."""
    people = (
        Enrollment.objects.active()
        .filter(course__in=courses, cycle=F("course__cycle"), completed_at__isnull=True)
        .values_list("course")
        .annotate(count=Count("pk"))
    )
    return dict(people.order_by())


def _course_row(course: Any, learning: int) -> CourseRow:
    current = course.current_version
    return CourseRow(
        title=current.title if current else course.draft_title or course.key,
        code=course.code,
        unit=course.unit.name,
        state=state_of(current is not None, course.has_draft),
        version=current.number if current else 0,
        published_at=current.published_at if current else None,
        learning=learning,
        is_in_review=course.is_in_review,
        url=reverse("studio:course_outline", args=[course.key]),
    )


def state_of(is_published: bool, has_draft: bool) -> str:
    """Return the word for a course: draft, new_draft or published."""
    if not is_published:
        return DRAFT
    return NEW_DRAFT if has_draft else PUBLISHED


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson in the outline; `is_draft` when people see other words today."""

    key: str
    number: str
    title: str
    minutes: int
    is_required: bool
    is_draft: bool
    url: str


@dataclass(frozen=True)
class OutlineModule:
    """A module in the outline."""

    key: str
    position: int
    title: str
    lessons: list[OutlineLesson]

    @property
    def is_draft(self) -> bool:
        """Whether any lesson has other words than people see today."""
        return any(lesson.is_draft for lesson in self.lessons)


@dataclass(frozen=True)
class OutlineBank:
    """A question bank with its counts."""

    title: str
    ready: int
    drafts: int
    retired: int
    url: str


@dataclass(frozen=True)
class OutlineQuiz:
    """A quiz: of the draft where there is one, else as it is published.

    `is_published` when people can take one of that key today.
    """

    key: str
    title: str
    summary: str
    is_published: bool


@dataclass(frozen=True)
class CourseOutline:
    """A course as Studio's pages show it beside everything else."""

    key: str
    url: str
    code: str
    title: str
    summary: str
    pillar: str
    jp: int
    state: str
    version: int
    published_at: datetime | None
    drafted_at: datetime | None
    modules: list[OutlineModule]
    quizzes: list[OutlineQuiz] = field(default_factory=list)
    banks: list[OutlineBank] = field(default_factory=list)

    @property
    def has_draft(self) -> bool:
        """Whether there is something to publish."""
        return self.drafted_at is not None


def outline_for(course: Course) -> CourseOutline:
    """Return the course's draft, or what is published, in outline."""
    version, current = working_version(course), course.current_version
    is_draft = version.state == CourseVersion.State.DRAFT
    published = _lessons_of(current) if current and is_draft else {}
    return CourseOutline(
        key=course.key,
        url=reverse("studio:course_outline", args=[course.key]),
        code=course.code,
        title=version.title,
        summary=version.summary,
        pillar=version.pillar,
        jp=version.jp,
        state=state_of(current is not None, is_draft),
        version=current.number if current else 0,
        published_at=current.published_at if current else None,
        drafted_at=version.created_at if is_draft else None,
        modules=_modules(course, version, published if is_draft else None),
        quizzes=_quizzes(version, current),
        banks=_banks(course),
    )


def _quizzes(
    version: CourseVersion, current: CourseVersion | None
) -> list[OutlineQuiz]:
    published = (
        set(current.grade_items.values_list("key", flat=True)) if current else ()
    )
    asked = {row.key: row for row in version.requirements.all()}
    is_draft = version.state == CourseVersion.State.DRAFT
    return [
        OutlineQuiz(
            key=plan.key,
            title=plan.title,
            summary=quiz_summary(
                count=len(supplies(plan.bank_key, with_drafts=is_draft))
                if plan.asks_all
                else plan.count,
                time_limit_minutes=(plan.rules.time_limit_seconds or 0) // 60,
                planned_minutes=asked[plan.key].minutes,
                pass_mark=int(asked[plan.key].pass_mark or 0),
                attempts=plan.rules.attempts_per_block or 0,
            ),
            is_published=plan.key in published,
        )
        for plan in planned_quizzes(version)
        if plan.key in asked
    ]


def _lessons_of(version: CourseVersion) -> dict[str, LessonContent]:
    return {
        lesson.key: lesson
        for module in version_content(version).modules
        for lesson in module.lessons
    }


def _modules(
    course: Course,
    version: CourseVersion,
    published: Mapping[str, LessonContent] | None,
) -> list[OutlineModule]:
    written = _lessons_of(version) if published is not None else {}

    def is_draft(key: str) -> bool:
        return published is not None and written[key] != published.get(key)

    return [
        OutlineModule(
            key=module.key,
            position=module.position,
            title=module.title,
            lessons=[
                OutlineLesson(
                    key=lesson.key,
                    number=lesson.number,
                    title=lesson.title,
                    minutes=lesson.minutes,
                    is_required=lesson.is_required,
                    is_draft=is_draft(lesson.key),
                    url=reverse("studio:lesson_edit", args=[course.key, lesson.key]),
                )
                for lesson in module.lessons.all()
            ],
        )
        for module in version.modules.prefetch_related("lessons")
    ]


def _banks(course: Course) -> list[OutlineBank]:
    ready = Q(questions__state=Question.State.READY)
    retired = Q(questions__state=Question.State.RETIRED)
    banks = QuestionBank.objects.filter(course=course).annotate(
        ready=Count("questions", filter=ready, distinct=True),
        retired=Count("questions", filter=retired, distinct=True),
        drafts=Count(
            "questions",
            filter=Q(questions__versions__state="draft"),
            distinct=True,
        ),
    )
    url = reverse("studio:question_list", args=[course.key])
    return [
        OutlineBank(
            title=bank.title,
            ready=bank.ready,
            drafts=bank.drafts,
            retired=bank.retired,
            url=f"{url}?bank={bank.key}",
        )
        for bank in banks
    ]


@dataclass(frozen=True)
class OutlineEditing:
    """What an author needs beside the outline while she changes it.

    `planned` minutes should be the `due` ones of its JP.
    """

    planned: int
    due: int
    objectives: int
    retired: list[RetiredLesson]
    missing_quizzes: list[tuple[str, str]]


def editing_of(draft: CourseVersion, content: VersionContent) -> OutlineEditing:
    """Return what stands beside the outline of a draft."""
    asked = {row.key for row in content.requirements}
    kinds = GradeItem.Kind
    return OutlineEditing(
        planned=content.minutes,
        due=content.jp * MINUTES_PER_JP,
        objectives=len(content.objectives),
        retired=list(draft.retired_lessons.all()),
        missing_quizzes=[
            (kind.value, str(kind.label))
            for kind in (kinds.PRETEST, kinds.POSTTEST)
            if kind.value not in asked
        ],
    )
