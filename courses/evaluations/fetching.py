"""Whose form is asked, and who may answer it."""

from typing import Any

from accounts.access import UNIT, get_for
from accounts.models import Unit
from courses import policy
from courses.models import Course, Enrollment
from lib.paths import ancestor_paths


def agency_of(course: Course) -> Unit:
    """Return the top unit over the one that gives the course."""
    return Unit.objects.get(path=ancestor_paths(str(course.unit.path))[0])


def may_evaluate(enrollment_id: int) -> bool:
    """Say whether she has the certificate and has not answered yet; one query.

    Certificates stand in a room above this one: their rows are asked for by name.
    """
    places = Enrollment.objects.completed().filter(pk=enrollment_id)
    open_ones = places.filter(certificates__isnull=False, evaluation_given__isnull=True)
    return bool(open_ones.exists())


def get_evaluated_for(user: Any, course_key: str, capability: str) -> Course:
    """Return a course of the person's units, with what names it."""
    courses = Course.objects.select_related("current_version", "unit")
    return get_for(courses, user, capability, policy.COURSE, key=course_key)


def get_agency_for(user: Any, unit_id: int, capability: str) -> Unit:
    """Return a top unit on which the person holds the capability."""
    return get_for(Unit.objects.filter(parent=None), user, capability, UNIT, pk=unit_id)
