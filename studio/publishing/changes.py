"""What a draft changes for people: lessons, questions and the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import AuditRecord
from courses.content_types import LessonContent, VersionContent
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from quizzes.models import Question, QuestionVersion
from quizzes.selectors import planned_quizzes
from studio.excerpts import excerpt


@dataclass(frozen=True)
class Difference:
    """Titles of what was added, changed and removed."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class VersionChanges:
    """Everything that publishing would change; `other` in words."""

    lessons: Difference
    questions: Difference
    other: list[str]

    def __bool__(self) -> bool:
        return bool(self.lessons or self.questions or self.other)


def changes_in(course: Course, draft: CourseVersion) -> VersionChanges:
    """Compare the draft with what people have now."""
    written = version_content(draft)
    current = course.current_version
    published = version_content(current) if current else None
    return VersionChanges(
        lessons=lesson_difference(published, written),
        questions=_question_difference(course),
        other=[
            *(other_differences(published, written) if published else []),
            *_changed_quizzes(course, draft),
        ],
    )


def _changed_quizzes(course: Course, draft: CourseVersion) -> list[str]:
    current = course.current_version
    before = {plan.key: plan for plan in planned_quizzes(current)} if current else {}
    found = []
    for plan in planned_quizzes(draft):
        old = before.pop(plan.key, None)
        if old is None:
            found.append(f"{plan.title} ditambahkan")
        elif (old.lines, old.asks_all, old.title) != (
            plan.lines,
            plan.asks_all,
            plan.title,
        ):
            found.append(f"Soal {plan.title}")
        elif old.rules != plan.rules:
            found.append(f"Aturan {plan.title}")
    return [*found, *(f"{plan.title} dihapus" for plan in before.values())]


def _lessons(content: VersionContent | None) -> Mapping[str, LessonContent]:
    modules = content.modules if content else ()
    return {lesson.key: lesson for module in modules for lesson in module.lessons}


def lesson_difference(
    published: VersionContent | None, written: VersionContent
) -> Difference:
    """Return the titles of lessons that one version has and says otherwise."""
    before, after = _lessons(published), _lessons(written)
    return Difference(
        added=[lesson.title for key, lesson in after.items() if key not in before],
        changed=[
            lesson.title
            for key, lesson in after.items()
            if key in before and before[key] != lesson
        ],
        removed=[lesson.title for key, lesson in before.items() if key not in after],
    )


def other_differences(published: VersionContent, written: VersionContent) -> list[str]:
    """Name what differs beside lessons and questions."""
    compared = {
        "Judul atau ringkasan kursus": ("title", "summary", "pillar", "digcomp"),
        "JP dan dasarnya": ("jp", "jp_basis"),
        "Tujuan belajar": ("objectives",),
        "Daftar sumber": ("sources",),
        "Syarat kelulusan": ("requirements",),
        "Prasyarat": ("prerequisites",),
        "Istilah": ("glossary",),
        "Rencana tindak": ("plan_title", "plan_source", "plan_minutes"),
    }
    return [
        words
        for words, names in compared.items()
        if any(getattr(published, name) != getattr(written, name) for name in names)
    ]


def _question_difference(course: Course) -> Difference:
    drafts = list(
        QuestionVersion.objects.filter(
            question__bank__course=course, state=QuestionVersion.State.DRAFT
        )
        .select_related("question")
        .order_by("question__bank__key", "question__key")
    )
    return Difference(
        added=[
            excerpt(version.stem)
            for version in drafts
            if version.question.state == Question.State.DRAFT
        ],
        changed=[
            excerpt(version.stem)
            for version in drafts
            if version.question.state == Question.State.READY
        ],
        removed=_retired_since_publication(course),
    )


def _retired_since_publication(course: Course) -> list[str]:
    current = course.current_version
    if current is None or current.published_at is None:
        return []
    retired = dict(
        Question.objects.filter(
            bank__course=course, state=Question.State.RETIRED
        ).values_list("pk", "key")
    )
    since = AuditRecord.objects.filter(
        verb="quizzes.question.retired",
        object_id__in=retired,
        at__gt=current.published_at,
    ).values_list("object_id", flat=True)
    return [retired[pk] for pk in sorted(set(since))]
