"""Every change of state in this room."""

from courses.actions.authoring import (
    check_is_draft,
    copy_version,
    create_course,
    discard_draft,
    update_lesson,
    write_version,
)
from courses.actions.enrollment import enroll, withdraw
from courses.actions.locks import lock_course, lock_enrollment, lock_enrollments
from courses.actions.orders import assign_course, cancel_assignment
from courses.actions.progress import (
    complete_lesson,
    record_grade,
    update_completion,
)
from courses.actions.publishing import publish_version
from courses.actions.rollups import refresh_rollup, refresh_rollups_of

__all__ = [
    "assign_course",
    "cancel_assignment",
    "check_is_draft",
    "complete_lesson",
    "copy_version",
    "create_course",
    "discard_draft",
    "enroll",
    "lock_course",
    "lock_enrollment",
    "lock_enrollments",
    "publish_version",
    "record_grade",
    "refresh_rollup",
    "refresh_rollups_of",
    "update_completion",
    "update_lesson",
    "withdraw",
    "write_version",
]
