"""What a lesson page shows, but for the practice checks inside it."""

from dataclasses import dataclass

from django.urls import reverse

from courses.content_types import GlossaryEntry
from courses.glossary.house import course_entries
from courses.models import Course, Enrollment, GradeItem, LessonPart
from courses.pretest_in_words import LAST_CALL
from courses.published import LessonOutline, VersionOutline, outline_of, parts_of
from courses.selectors.facts import LessonsRead, current_grades, lessons_read
from courses.selectors.way import LessonRow


@dataclass(frozen=True)
class LessonPage:
    """A lesson as one person sees it; `done` counts the lessons of the course.

    `is_renewed` says that she read it before it had a new required part.
    """

    course_key: str
    key: str
    version: int
    cycle: int
    number: str
    position: int
    total: int
    title: str
    summary: str
    minutes: int
    course_title: str
    course_url: str
    percent: int
    done: int
    module_title: str
    is_done: bool
    is_renewed: bool
    renewed_parts: frozenset[str]
    pretest_url: str
    pretest_note: str
    complete_url: str
    place_url: str
    notes_url: str
    inquiry_url: str
    siblings: tuple[LessonRow, ...]
    parts: tuple[LessonPart, ...]
    references_html: str
    glossary: tuple[GlossaryEntry, ...]
    glossary_url: str
    previous: LessonRow | None
    next: LessonRow | None


def lesson_page(
    course: Course, enrollment: Enrollment, lesson_key: str
) -> LessonPage | None:
    """Return the page, or None when the person's version has no such lesson."""
    outline = outline_of(enrollment.version_id)
    lesson = outline.lesson(lesson_key)
    if lesson is None:
        return None
    read = lessons_read(enrollment)
    return _page(course, outline, lesson, enrollment, read)


def unread_lesson_page(
    course: Course, version_id: int, lesson: LessonOutline
) -> LessonPage:
    """Return a lesson as it is before anybody has read anything; it is nobody's.

    Without a query where the process knows the version.
    """
    return _page(course, outline_of(version_id), lesson, None, LessonsRead())


def _page(
    course: Course,
    outline: VersionOutline,
    lesson: LessonOutline,
    enrollment: Enrollment | None,
    read: LessonsRead,
) -> LessonPage:
    done = read.done
    module = next(m for m in outline.modules if m.key == lesson.module_key)
    position = outline.lessons.index(lesson)

    def row(other: LessonOutline | None) -> LessonRow | None:
        return _row(course, other, done, lesson) if other else None

    pretest = _pretest_left(outline, enrollment) if enrollment and not read else None
    before = outline.lessons[position - 1] if position else None
    after = (*outline.lessons, None)[position + 1]
    return LessonPage(
        course_key=course.key,
        key=lesson.key,
        version=outline.version.number,
        cycle=enrollment.cycle if enrollment else 1,
        number=lesson.number,
        position=position + 1,
        total=len(outline.lessons),
        title=lesson.title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        course_title=outline.version.title,
        course_url=course.get_absolute_url(),
        percent=enrollment.progress if enrollment else 0,
        done=sum(other.key in done for other in outline.lessons),
        module_title=module.title,
        is_done=lesson.key in done,
        is_renewed=lesson.key in read.outdated,
        renewed_parts=frozenset(part.key for part in lesson.renewed)
        if lesson.key in read.outdated
        else frozenset(),
        pretest_url=reverse("quizzes:quiz_detail", args=[course.key, pretest])
        if pretest
        else "",
        pretest_note=str(LAST_CALL) if pretest else "",
        complete_url=reverse("courses:lesson_complete", args=[course.key, lesson.key]),
        place_url=reverse("courses:lesson_place", args=[course.key, lesson.key]),
        notes_url=reverse("courses:lesson_notes", args=[course.key, lesson.key]),
        inquiry_url=reverse("courses:lesson_inquiry", args=[course.key, lesson.key]),
        siblings=tuple(_row(course, other, done, lesson) for other in module.lessons),
        parts=parts_of(lesson.pk),
        references_html=lesson.references_html,
        glossary=course_entries(outline.version.glossary),
        glossary_url=reverse("courses:course_glossary", args=[course.key]),
        previous=row(before),
        next=row(after),
    )


def _pretest_left(outline: VersionOutline, enrollment: Enrollment) -> str | None:
    """Return the key of a pre-test that the first finished lesson would lock."""
    if enrollment.completed_at:
        return None
    key = next(
        (one.key for one in outline.grade_items if one.kind == GradeItem.Kind.PRETEST),
        None,
    )
    return None if key is None or key in current_grades(enrollment) else key


def _row(
    course: Course,
    lesson: LessonOutline,
    done: frozenset[str],
    current: LessonOutline,
) -> LessonRow:
    return LessonRow(
        key=lesson.key,
        number=lesson.number,
        title=lesson.title,
        url=reverse("courses:lesson_detail", args=[course.key, lesson.key]),
        minutes=lesson.minutes,
        state="done" if lesson.key in done else "todo",
        is_current=lesson.key == current.key,
    )
