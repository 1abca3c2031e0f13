"""Keeping every save of a lesson.

Called by the verbs that write lessons, under the lock of the course.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from accounts.models import User
from courses.content_types import LessonContent
from courses.models import CourseVersion, Lesson, LessonSave


def keep_saves(
    version: CourseVersion,
    changed: Iterable[tuple[LessonContent | None, LessonContent]],
    *,
    how: str,
    by: User | None,
    now: datetime,
) -> None:
    """Keep what lessons of a draft say now; each comes with what it said before.

    Other minutes alone are no other words and are not kept. What a lesson said before
    its first save is kept too, where no published version says it. Three statements
    at most, however many lessons there are.
    """
    told = [
        (before, after)
        for before, after in changed
        if before is None or not _differ_in_minutes_alone(before, after)
    ]
    if not told:
        return
    first = _never_told(version, [after.key for _before, after in told])
    rows = [
        _row(version, before, LessonSave.How.BEFORE, None, version.created_at)
        for before, after in told
        if before is not None and after.key in first and before.parts
    ]
    rows += [_row(version, after, how, by, now) for _before, after in told]
    LessonSave.objects.bulk_create(rows)


def _never_told(version: CourseVersion, keys: list[str]) -> set[str]:
    """Return the keys of lessons that neither a save nor a published version tells."""
    course_id = version.course_id
    saved = LessonSave.objects.filter(course=course_id, lesson_key__in=keys)
    published = Lesson.objects.filter(
        version__course=course_id,
        version__state=CourseVersion.State.PUBLISHED,
        key__in=keys,
    )
    return (
        set(keys)
        - set(saved.values_list("lesson_key", flat=True))
        - set(published.values_list("key", flat=True))
    )


def _row(
    version: CourseVersion,
    content: LessonContent,
    how: str,
    by: User | None,
    at: datetime,
) -> LessonSave:
    return LessonSave(
        course_id=version.course_id,
        lesson_key=content.key,
        content=asdict(content),
        how=how,
        saved_at=at,
        saved_by=by,
    )


def _differ_in_minutes_alone(before: LessonContent, after: LessonContent) -> bool:
    alike = replace(before, minutes=after.minutes, parts=list(before.parts))
    return alike == replace(after, parts=list(after.parts))
