"""Courses as cards: in the catalogue, and as suggestions."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from courses.models import Course, Enrollment
from courses.published import outline_of


@dataclass(frozen=True)
class CourseCard:
    """One course in the catalogue; `state` is todo, current or done."""

    key: str
    title: str
    summary: str
    pillar: str
    jp: int
    minutes: int
    lesson_count: int
    kilobytes: int
    state: str
    percent: int
    url: str


def kilobytes(size: int) -> int:
    """Return bytes as whole kilobytes, at least one."""
    return max(1, round(size / 1024))


def course_cards(courses: Iterable[Course], user: User) -> list[CourseCard]:
    """Return the catalogue's cards with the person's own state; one more query.

    Of several cycles the latest speaks.
    """
    courses = list(courses)
    enrollments = Enrollment.objects.active().filter(person=user, course__in=courses)
    mine = {row.course_id: row for row in enrollments.order_by("cycle")}
    return [course_card(course, mine.get(course.pk)) for course in courses]


def course_card(course: Course, enrollment: Enrollment | None) -> CourseCard:
    """Return one card, as whoever has this enrolment sees it."""
    version = outline_of(course.current_version_id).version
    state = "todo"
    if enrollment:
        state = "done" if enrollment.completed_at else "current"
    return CourseCard(
        key=course.key,
        title=version.title,
        summary=version.summary,
        pillar=version.pillar,
        jp=version.jp,
        minutes=version.minutes,
        lesson_count=len(outline_of(version.pk).lessons),
        kilobytes=kilobytes(version.byte_size),
        state=state,
        percent=enrollment.progress if enrollment else 0,
        url=course.get_absolute_url(),
    )
