"""Enrolling on a course, and withdrawing."""

from datetime import datetime

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course, lock_enrollment
from courses.actions.rollups import refresh_rollup
from courses.exceptions import EnrollmentNotAllowed
from courses.models import Course, Enrollment
from lib.transactions import atomic_with_retry


def check_can_enroll(course: Course) -> int:
    """Return the id of the version that people get, or refuse the course."""
    if course.is_archived or course.current_version_id is None:
        raise EnrollmentNotAllowed(
            "not_listed",
            "Kursus ini belum dapat diikuti. Pilih kursus lain di daftar kursus.",
        )
    return course.current_version_id


@atomic_with_retry
def enroll(
    *, course_id: int, person: User, by: User | None, now: datetime
) -> Enrollment:
    """Enrol `person` in the course's present cycle, pinned to its version.

    A second call returns the same enrolment and changes nothing; somebody who had
    withdrawn comes back to where she was. Locks the course, so that nobody is left
    behind on a version that is being replaced. Raises EnrollmentNotAllowed.
    """
    course = lock_course(course_id)
    version_id = check_can_enroll(course)
    enrollment, is_new = Enrollment.objects.get_or_create(
        person=person,
        course=course,
        cycle=course.cycle,
        defaults={
            "version_id": version_id,
            "started_at": now,
            "last_seen_at": now,
        },
    )
    if not is_new and enrollment.state == Enrollment.State.ACTIVE:
        return enrollment
    if not is_new:
        enrollment.state = Enrollment.State.ACTIVE
        enrollment.save(update_fields=["state"])
    audit.record("courses.enrollment.started", enrollment, by=by, now=now)
    if person.unit_id:
        refresh_rollup(unit_id=person.unit_id, course_id=course.pk)
    return enrollment


@atomic_with_retry
def withdraw(*, enrollment_id: int, by: User, now: datetime) -> Enrollment:
    """Stop taking a course. Everything done is kept; enrolling again resumes it.

    A finished course cannot be given up. Locks the enrolment. Raises
    EnrollmentNotAllowed.
    """
    enrollment = lock_enrollment(enrollment_id)
    if enrollment.state == Enrollment.State.WITHDRAWN:
        return enrollment
    if enrollment.completed_at:
        raise EnrollmentNotAllowed(
            "already_complete", "Kursus ini sudah Anda selesaikan."
        )
    enrollment.state = Enrollment.State.WITHDRAWN
    enrollment.save(update_fields=["state"])
    audit.record("courses.enrollment.withdrawn", enrollment, by=by, now=now)
    unit_id = enrollment.person.unit_id
    if unit_id:
        refresh_rollup(unit_id=unit_id, course_id=enrollment.course_id)
    return enrollment
