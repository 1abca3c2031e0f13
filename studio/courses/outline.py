"""The list of courses, and one course in outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from courses.content_types import LessonContent
from courses.models import Course, CourseVersion, Enrollment
from courses.selectors.content import version_content
from quizzes.models import Question, QuestionBank
from studio.fetching import REVIEW_COURSE, working_version
from studio.quizzes.filling import quizzes_of

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
    url: str


def course_rows(user: Any, *, page: str | None) -> "Page[CourseRow]":
    """Return a page of the courses of the person's units."""
    drafts = CourseVersion.objects.filter(
        course=OuterRef("pk"), state=CourseVersion.State.DRAFT
    )
    courses = (
        Course.objects.visible_to(user, REVIEW_COURSE)
        .select_related("current_version", "unit")
        .annotate(
            has_draft=Exists(drafts),
            draft_title=drafts.values("title")[:1],
        )
    )
    found = Paginator(courses, COURSES_PER_PAGE).get_page(page)
    here = list(found.object_list)
    learning = _learning_in(here)
    found.object_list = [_course_row(row, learning.get(row.pk, 0)) for row in here]
    return found


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
    quizzes: list[Any] = field(default_factory=list)
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
        quizzes=[
            quiz.grade_item for quiz in (quizzes_of(current.pk) if current else [])
        ],
        banks=_banks(course),
    )


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
