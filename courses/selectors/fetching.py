"""Fetch one row for a person, or answer 404."""

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Course, Enrollment, Lesson

if TYPE_CHECKING:
    from courses.querysets import CourseQuerySet


def listed_courses(*, query: str = "", pillar: str = "") -> "CourseQuerySet":
    """Return the courses that can be taken, narrowed by words and pillar."""
    courses: CourseQuerySet = Course.objects.listed()
    if query:
        courses = courses.matching(query)
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


def get_course_for(user: Any, course_key: str) -> Course:
    """Return a course the person can take, or one she is enrolled on."""
    course: Course = get_object_or_404(
        Course.objects.select_related("unit"),
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


def find_active_enrollment(user: Any, course_key: str) -> Enrollment | None:
    """Return the person's active enrolment with its course, if she has one."""
    enrollment: Enrollment | None = (
        Enrollment.objects.active()
        .filter(person=user, course__key=course_key)
        .select_related("course")
        .order_by("-cycle")
        .first()
    )
    return enrollment


def get_active_enrollment(user: Any, course_key: str) -> Enrollment:
    """Return the person's active enrolment with its course, in one query."""
    enrollment = find_active_enrollment(user, course_key)
    if enrollment is None:
        raise Http404
    return enrollment
