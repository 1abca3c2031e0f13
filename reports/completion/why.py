"""Why is somebody not done? What is missing in each course, and the events behind it.

What is missing is told by the rule that decides completion itself, over the same facts.
Pre-tests are left out: beside the final score they would tell a person's gain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DateField
from django.utils.translation import gettext, ngettext

from accounts.access import PERSON, get_for
from accounts.models import User
from courses.completion import Requirement, is_met
from courses.models import Course, Enrollment, GradeEntry, LessonCompletion
from courses.selectors.facts import completion_inputs
from lib.indonesian import format_number
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
class Event:
    """Something that happened, and when."""

    at: datetime
    words: str


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
    events: Sequence[Event]


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
    return list(places.select_related("version").order_by("cycle"))


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
    return OpenCourse(
        title=version.title if version else course.code,
        due_on=due_on,
        is_late=is_late,
        progress=place.progress if place else 0,
        missing=list(_missing(place)) if place else [gettext("Belum memulai kursus.")],
        events=_events(place) if place else [],
    )


def _missing(place: Enrollment) -> Iterator[str]:
    requirements, facts = completion_inputs(place)
    for line in requirements:
        if line.kind == "submitted" or is_met(line, facts):
            continue
        if line.kind == "lessons":
            left = len(facts.required_lessons) - facts.lessons_done
            yield (
                ngettext(
                    "%(left)d dari %(all)d pelajaran wajib belum selesai.",
                    "%(left)d dari %(all)d pelajaran wajib belum selesai.",
                    left,
                )
                % {"left": left, "all": len(facts.required_lessons)}
            )
        else:
            yield _missing_grade(line, facts.grades.get(line.key))


def _missing_grade(line: Requirement, grade: Any) -> str:
    if grade is None:
        return gettext("Post-test belum dikerjakan.")
    mark = format_number(line.pass_mark or Decimal(0))
    return gettext("Nilai post-test belum mencapai ambang %(mark)s.") % {"mark": mark}


def _events(place: Enrollment) -> list[Event]:
    """Return what happened last, the latest first."""
    events = [Event(place.started_at, gettext("Mulai mengikuti kursus"))]
    titles = dict(place.version.lessons.values_list("key", "title"))
    lessons = LessonCompletion.objects.filter(enrollment=place)
    events += [
        Event(
            one.completed_at,
            gettext("Menyelesaikan pelajaran “%(title)s”")
            % {"title": titles.get(one.lesson_key, one.lesson_key)},
        )
        for one in lessons.order_by("-completed_at")[:MOST_EVENTS]
    ]
    grades = GradeEntry.objects.filter(enrollment=place)
    events += [
        Event(
            grade.recorded_at,
            gettext("Nilai %(title)s: %(percent)s")
            % {
                "title": grade.grade_item.title,
                "percent": format_number(grade.percent),
            },
        )
        for grade in grades.exclude(grade_item__kind="pretest").select_related(
            "grade_item"
        )
    ]
    events.sort(key=lambda event: event.at, reverse=True)
    return events[:MOST_EVENTS]
