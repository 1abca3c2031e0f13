"""Courses that other units may use, and courses that were filled from one."""

from datetime import datetime

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course
from courses.models import Course, CourseReference, CourseVersion, ShareReach
from lib.transactions import atomic_with_retry


@atomic_with_retry
def share_course(*, course_id: int, reach: str, by: User, now: datetime) -> Course:
    """Say which units may use a course; the same again changes nothing.

    Who uses it already keeps what was taken. Locks the course.
    """
    course = lock_course(course_id)
    if course.shared_with != reach:
        course.shared_with = ShareReach(reach)
        course.save(update_fields=["shared_with"])
        audit.record("courses.course.shared", course, by=by, now=now, reach=reach)
    return course


@atomic_with_retry
def note_reference(
    *, draft: CourseVersion, source_version: CourseVersion, by: User, now: datetime
) -> CourseReference:
    """Note that a draft was filled from a published version of another course."""
    reference: CourseReference = CourseReference.objects.create(
        version=draft,
        source=source_version.course,
        source_version=source_version,
        taken_at=now,
    )
    audit.record(
        "courses.course.referred",
        draft.course,
        by=by,
        now=now,
        source=source_version.course.key,
        number=source_version.number,
    )
    return reference
