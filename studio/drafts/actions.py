"""Opening a draft, writing its lessons, throwing it away."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from courses.content_types import LessonContent, PartContent
from courses.models import Course, CourseVersion, Lesson
from courses.selectors.content import lesson_content
from lib.markdown import OPENER_KEY, MarkdownProblem
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from studio.colleagues import lesson_conflict
from studio.drafts.fingerprints import lesson_fingerprint
from studio.exceptions import DraftNotEditable
from studio.fetching import draft_of
from studio.lessons.text import add_missing_keys, split_lesson


@dataclass(frozen=True)
class LessonDraft:
    """A lesson as its author typed it: one text instead of parts."""

    title: str
    summary: str
    minutes: int
    is_required: bool
    text: str


def open_draft(*, course: Course, by: User, now: datetime) -> CourseVersion:
    """Return the course's draft, copied from what is published if there is none.

    Raises DraftNotEditable for a course with neither.
    """
    draft = draft_of(course)
    if draft is not None:
        return draft
    if course.current_version is None:
        raise DraftNotEditable(
            "nothing_published",
            "Kursus ini belum pernah terbit. Muat foldernya lebih dulu.",
        )
    return courses_actions.copy_version(version=course.current_version, by=by, now=now)


@atomic_with_retry
def save_lesson(
    *, lesson_id: int, base: str, draft: LessonDraft, by: User, now: datetime
) -> Lesson:
    """Store what an author typed, also while it has problems. Locks the course, so
    that neither another author nor publishing comes in between.

    `base` is the fingerprint of the lesson as the author opened it. Every `##`
    heading gets a key. A text whose blocks do not close yet is kept whole and cut
    into parts by the next save. The same words change nothing. Raises EditConflict,
    or VersionNotEditable for a published version.
    """
    course_id = Lesson.objects.values_list("version__course", flat=True).get(
        pk=lesson_id
    )
    courses_actions.lock_course(course_id)
    lesson = Lesson.objects.get(pk=lesson_id)
    courses_actions.check_is_draft(lesson.version)
    stored = lesson_content(lesson)
    if lesson_fingerprint(stored) != base:
        raise lesson_conflict(lesson, by=by, now=now)
    content = LessonContent(
        key=lesson.key,
        title=draft.title,
        summary=draft.summary,
        minutes=draft.minutes,
        is_required=draft.is_required,
        parts=_parts(draft.text, {part.title: part.key for part in stored.parts}),
    )
    if lesson_fingerprint(content) == base:
        return lesson
    return courses_actions.update_lesson(
        lesson_id=lesson.pk, content=content, by=by, now=now
    )


def _parts(text: str, known: dict[str, str]) -> list[PartContent]:
    text = add_missing_keys(text, known).strip("\n")
    if not text.strip():
        return []
    try:
        return list(split_lesson(text))
    except MarkdownProblem:
        return [PartContent(key=OPENER_KEY, title="", source=text)]


@atomic_with_retry
def discard_draft(*, course: Course, by: User, now: datetime) -> None:
    """Throw away the draft and the wordings of questions that are not published.

    Questions that were never published go with it, and so does a course that never
    was, with its banks: nobody could open it any more. Locks the course. A published
    course without a draft stays as it is.
    """
    course = courses_actions.lock_course(course.pk)
    for version in course.versions.filter(state=CourseVersion.State.DRAFT):
        courses_actions.discard_draft(version_id=version.pk, by=by, now=now)
    quizzes_actions.discard_question_drafts(course=course, by=by, now=now)
    if course.current_version_id is None:
        quizzes_actions.delete_banks(course=course, by=by, now=now)
        courses_actions.delete_course(course_id=course.pk, by=by, now=now)
