"""Fetch one row for a person, or answer 404."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Course, Enrollment, Lesson
from lib.written_once import written_once

if TYPE_CHECKING:
    from courses.querysets import CourseQuerySet


def listed_courses(*, pillar: str = "") -> "CourseQuerySet":
    """Return the courses that can be taken, of one pillar or of all."""
    courses: CourseQuerySet = Course.objects.listed()
    if pillar:
        courses = courses.filter(current_version__pillar=pillar)
    return courses


def check_lesson_is_offered(course_key: str, lesson_key: str) -> None:
    """Answer 404 unless the course's current version has this lesson."""
    offered = Lesson.objects.filter(
        version__course__key=course_key,
        version=F("version__course__current_version"),
        key=lesson_key,
    )
    if not offered.exists():
        raise Http404


def get_course_for(user: Any, course_key: str, *, with_due_day: bool = False) -> Course:
    """Return a course the person can take, or one she is enrolled on.

    On demand with its due day for her (`CourseQuerySet.with_due_day`).
    """
    courses = Course.objects.select_related("unit")
    course: Course = get_object_or_404(
        courses.with_due_day(user) if with_due_day else courses,
        key=course_key,
        current_version__isnull=False,
    )
    if course.is_archived and not course.enrollments.filter(person=user).exists():
        raise Http404
    return course


def get_enrollment_for(user: Any, course: Course) -> Enrollment:
    """Return the person's active enrolment on the course, latest cycle first."""
    enrollment: Enrollment | None = (
        Enrollment.objects.active()
        .filter(person=user, course=course)
        .order_by("-cycle")
        .first()
    )
    if enrollment is None:
        raise Http404
    return enrollment


@written_once
def _active(person_id: int, course_key: str) -> "QuerySet[Enrollment]":
    hers = Enrollment.objects.active().filter(person=person_id, course__key=course_key)
    found: QuerySet[Enrollment] = hers.select_related("course").order_by("-cycle")
    return found[:1]


def find_active_enrollment(user: Any, course_key: str) -> Enrollment | None:
    """Return the person's active enrolment with its course, if she has one."""
    found = _active(user.pk, course_key)
    enrollment: Enrollment | None = next(iter(found), None)
    if enrollment is not None:
        # She is at hand already.
        enrollment.person = user
    return enrollment


def get_active_enrollment(user: Any, course_key: str) -> Enrollment:
    """Return the person's active enrolment with its course, in one query."""
    enrollment = find_active_enrollment(user, course_key)
    if enrollment is None:
        raise Http404
    return enrollment


def get_enrollment_of_cycle(user: Any, course_key: str, cycle: int) -> Enrollment:
    """Return the person's enrolment on a course in a cycle, also one that she left."""
    enrollment: Enrollment = get_object_or_404(
        Enrollment, person=user, course__key=course_key, cycle=cycle
    )
    return enrollment


def published_courses() -> "CourseQuerySet":
    """Return every course that has a published version, archived ones too."""
    courses: CourseQuerySet = Course.objects.filter(current_version__isnull=False)
    return courses
