"""Enrolling on a course, and withdrawing."""

from datetime import datetime

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course, lock_enrollment
from courses.actions.progress import update_completion
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
    *,
    course_id: int,
    person: User,
    by: User | None,
    now: datetime,
    starts_over: bool = False,
) -> Enrollment:
    """Let `person` take the course: go on where she is, or begin its present cycle.

    A second call returns the same enrolment and changes nothing. What she began last
    comes first, in whatever cycle that was, until it is finished; somebody who had
    withdrawn comes back to it, and what was graded meanwhile may complete the course
    in that moment. Who has withdrawn from an earlier cycle may ask to leave it behind
    and begin the present one (`starts_over`).
    Locks the course, so that nobody is left behind on a version that is being
    replaced, then the enrolment. Raises EnrollmentNotAllowed.
    """
    course = lock_course(course_id)
    version_id = check_can_enroll(course)
    latest = (
        Enrollment.objects.filter(person=person, course=course)
        .order_by("-cycle")
        .first()
    )
    if latest is not None and not _begins_anew(latest, course, starts_over=starts_over):
        return _come_back(lock_enrollment(latest.pk), by=by, now=now)
    enrollment = Enrollment.objects.create(
        person=person,
        course=course,
        cycle=course.cycle,
        version_id=version_id,
        started_at=now,
        last_seen_at=now,
    )
    audit.record("courses.enrollment.started", enrollment, by=by, now=now)
    _count_again(enrollment)
    return enrollment


def _begins_anew(latest: Enrollment, course: Course, *, starts_over: bool) -> bool:
    """Say whether she begins the present cycle, instead of going on with her latest."""
    if latest.cycle == course.cycle:
        return False
    if latest.completed_at:
        return True
    return starts_over and latest.state == Enrollment.State.WITHDRAWN


def _come_back(enrollment: Enrollment, *, by: User | None, now: datetime) -> Enrollment:
    if enrollment.state == Enrollment.State.ACTIVE:
        return enrollment
    enrollment.state = Enrollment.State.ACTIVE
    enrollment.save(update_fields=["state"])
    audit.record("courses.enrollment.started", enrollment, by=by, now=now)
    update_completion(enrollment, by=by, now=now)
    _count_again(enrollment)
    return enrollment


def _count_again(enrollment: Enrollment) -> None:
    # Asked anew: the person may have moved since she was read.
    people = User.objects.filter(pk=enrollment.person_id)
    unit_id = people.values_list("unit", flat=True).get()
    if unit_id:
        refresh_rollup(unit_id=unit_id, course_id=enrollment.course_id)


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
    _count_again(enrollment)
    return enrollment
