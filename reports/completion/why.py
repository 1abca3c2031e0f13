"""Why is somebody not done? What is missing in each course, and the events behind it.

What is missing, and what happened, `courses.selectors.unfinished` tells as on the page
of one course; here stand all that are open, with who must and by when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField
from django.utils.translation import gettext

from accounts.access import PERSON, get_for
from accounts.models import User
from courses.models import Course, Enrollment
from courses.selectors.unfinished import LearningEvent, unfinished_of
from reports.sql import fetch, typed
from reports.units.reach import CAPABILITY, Reach, reach_of

# Orders and enrolments of one person: more than the courses there are will not come.
MOST_COURSES = 50
MOST_EVENTS = 12

# Which orders concern her is `Reach`'s answer, as in every report.
_ORDERS = """SELECT course_id, MIN(due_on), MAX(CASE WHEN is_past THEN 1 ELSE 0 END)
FROM (SELECT course_id, due_on, is_past FROM due WHERE unit_id = %s
    UNION ALL
    SELECT course_id, due_on, is_past FROM hers WHERE person_id = %s) orders
GROUP BY course_id"""


@dataclass(frozen=True)
class OpenCourse:
    """A course that is not done: by when it should be, what is missing, what happened.

    `due_on` is None without an order.
    """

    title: str
    due_on: date | None
    is_late: bool
    progress: int
    missing: Sequence[str]
    events: Sequence[LearningEvent]


@dataclass(frozen=True)
class WhyPage:
    """Somebody's courses that are not done, those due first in front."""

    person: User
    courses: Sequence[OpenCourse]
    done: int


def why_page(user: Any, *, person_key: UUID, now: datetime) -> WhyPage:
    """Return why a person of the reader's units is not done, or answer 404."""
    people = User.objects.select_related("unit")
    person = get_for(people, user, CAPABILITY, PERSON, key=person_key)
    places = _places(person)
    completed = {place.course_id for place in places if place.completed_at}
    orders = _orders(person, user, now)
    latest = {place.course_id: place for place in places}
    wanted = [*orders, *(key for key in latest if key not in orders)]
    open_ids = [key for key in wanted if key not in completed][:MOST_COURSES]
    courses = Course.objects.select_related("current_version").in_bulk(open_ids)
    found = [
        _open_course(courses[key], latest.get(key), orders.get(key)) for key in open_ids
    ]
    found.sort(key=lambda one: (one.due_on is None, one.due_on or date.max, one.title))
    return WhyPage(person, found, len(completed))


def _places(person: User) -> list[Enrollment]:
    places = Enrollment.objects.filter(person=person, state=Enrollment.State.ACTIVE)
    return list(places.select_related("version", "course").order_by("cycle"))


def _orders(person: User, user: Any, now: datetime) -> dict[int, tuple[date, bool]]:
    unit = person.unit
    if unit is None or not unit.path:
        return {}
    reach: Reach = reach_of(user, unit=unit, now=now)
    if reach.is_empty:
        return {}
    found = typed(fetch(reach.ask(_ORDERS, (unit.pk, person.pk))), {1: DateField()})
    return {course_id: (due_on, bool(late)) for course_id, due_on, late in found}


def _open_course(
    course: Course, place: Enrollment | None, order: tuple[date, bool] | None
) -> OpenCourse:
    version = place.version if place else course.current_version
    due_on, is_late = order or (None, False)
    told = unfinished_of(place) if place else None
    return OpenCourse(
        title=version.title if version else course.code,
        due_on=due_on,
        is_late=is_late,
        progress=place.progress if place else 0,
        missing=told.missing if told else [gettext("Belum memulai kursus.")],
        events=told.events[:MOST_EVENTS] if told else [],
    )
