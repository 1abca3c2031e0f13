"""Which courses a person has to finish by a day, and has not."""

from datetime import date
from typing import Any

from accounts.models import User
from courses.models import Course, Enrollment


def due_courses(user: User) -> list[Any]:
    """Return courses with an order that she has not fulfilled, with their `due_on`.

    Finishing a course in any cycle fulfils its orders. One query.
    """
    finished = Enrollment.objects.completed().filter(person=user)
    courses = Course.objects.filter(current_version__isnull=False).with_due_day(user)
    ordered = courses.filter(due_on__isnull=False)
    return list(ordered.exclude(pk__in=finished.values("course")))


def due_days(user: User) -> dict[int, date]:
    """Return those days by course; archived ones only while she takes them."""
    takes = set(
        Enrollment.objects.active().filter(person=user).values_list("course", flat=True)
    )
    return {
        course.pk: course.due_on
        for course in due_courses(user)
        if not course.is_archived or course.pk in takes
    }
