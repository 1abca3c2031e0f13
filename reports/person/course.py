"""Why one person has not finished one course, and what she did there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from accounts.models import User
from courses.models import Enrollment
from courses.selectors.unfinished import Unfinished, unfinished_of
from reports.person.page import get_person_for


@dataclass(frozen=True)
class PersonCoursePage:
    """The person, her latest place on the course, and what is missing."""

    person: User
    enrollment: Enrollment
    title: str
    unfinished: Unfinished


def person_course_page(user: User, key: UUID, course_key: str) -> PersonCoursePage:
    """Return the page, or answer 404 where she has no place on the course."""
    person = get_person_for(user, key)
    places = Enrollment.objects.active().filter(person=person, course__key=course_key)
    rows = places.select_related("course", "version", "completed_version")
    enrollment = rows.order_by("-cycle").first()
    if enrollment is None:
        raise Http404
    version = enrollment.completed_version or enrollment.version
    return PersonCoursePage(
        person=person,
        enrollment=enrollment,
        title=version.title,
        unfinished=unfinished_of(enrollment),
    )
