"""Keep the counts that dashboards read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import UnitRecount
from courses.models import Enrollment, UnitCourseRollup
from lib.transactions import atomic_with_retry
from lib.written_once import written_once

_BATCH = 500
_COUNTS = {
    "enrolled": Count("person", filter=Q(state=Enrollment.State.ACTIVE), distinct=True),
    "completed": Count("person", filter=Q(completed_at__isnull=False), distinct=True),
}


@dataclass(frozen=True)
class WrongRollup:
    """A count that is not what its facts give; (enrolled, completed) each.

    `stored` is None where the row is missing.
    """

    unit_id: int
    course_id: int
    stored: tuple[int, int] | None
    counted: tuple[int, int]


@atomic_with_retry
def refresh_rollup(*, unit_id: int, course_id: int) -> UnitCourseRollup:
    """Recount one unit's own people on one course and store the counts.

    Counts after locking the row, so that of two transactions the later one sees
    what the earlier committed. The row is locked last of all and briefly.
    """
    rows = _locked(unit_id, course_id)
    if not rows:
        UnitCourseRollup.objects.get_or_create(unit_id=unit_id, course_id=course_id)
        rows = _locked(unit_id, course_id)
    (rollup,) = rows
    counts = count_people(unit_id=unit_id, course_id=course_id)
    rollup.enrolled = counts["enrolled"]
    rollup.completed = counts["completed"]
    rollup.save(update_fields=["enrolled", "completed"])
    return rollup


def count_people(*, unit_id: int, course_id: int) -> dict[str, int]:
    """Return how many active people of the unit have enrolled and completed."""
    for enrolled, completed in _counted(unit_id, course_id):
        return {"enrolled": enrolled, "completed": completed}
    return {"enrolled": 0, "completed": 0}


@written_once
def _locked(unit_id: int, course_id: int) -> "QuerySet[UnitCourseRollup]":
    rollups = UnitCourseRollup.objects.select_for_update(no_key=True)
    return rollups.filter(unit=unit_id, course=course_id)


@written_once
def _counted(unit_id: int, course_id: int) -> "QuerySet[Any]":
    counted: QuerySet[Any] = _counting().filter(person__unit=unit_id, course=course_id)
    found = counted.order_by().values("course").annotate(**_COUNTS)
    return found.values_list(*_COUNTS)


def _counting() -> "QuerySet[Enrollment]":
    return Enrollment.objects.filter(person__is_active=True)


def recount_moved(*, limit: int = 1_000) -> int:
    """Count the units anew that people came to or left; return how many changes.

    Works from what was noted with each change (`accounts.recounts`) and takes it off
    the list afterwards, so that it does not matter how long ago that was. Twice is
    once; what is noted meanwhile waits for the next run.
    """
    noted = list(UnitRecount.objects.order_by("pk")[:limit])
    courses = Enrollment.objects.filter(person__in={row.person_id for row in noted})
    taken: dict[int, list[int]] = {}
    for person_id, course_id in courses.values_list("person", "course").distinct():
        taken.setdefault(person_id, []).append(course_id)
    pairs = {
        (course_id, row.unit_id)
        for row in noted
        for course_id in taken.get(row.person_id, ())
    }
    for course_id, unit_id in sorted(pairs):
        refresh_rollup(unit_id=unit_id, course_id=course_id)
    ids = [row.pk for row in noted]
    for start in range(0, len(ids), _BATCH):
        UnitRecount.objects.filter(pk__in=ids[start : start + _BATCH]).delete()
    return len(noted)


def wrong_rollups() -> Iterator[WrongRollup]:
    """Yield the counts that are missing, wrong, or of nobody; two queries and few more.

    Looks at each of them twice: somebody may just be enrolling.
    """
    stored = {
        (row.unit_id, row.course_id): (row.enrolled, row.completed)
        for row in UnitCourseRollup.objects.iterator()
    }
    counted = {
        (unit_id, course_id): (enrolled, completed)
        for unit_id, course_id, enrolled, completed in _counting()
        .filter(person__unit__isnull=False)
        .order_by()
        .values_list("person__unit", "course")
        .annotate(**_COUNTS)
    }
    for unit_id, course_id in sorted(stored.keys() | counted.keys()):
        pair = (unit_id, course_id)
        if stored.get(pair, (0, 0)) != counted.get(pair, (0, 0)):
            found = _look_again(unit_id, course_id)
            if (found.stored or (0, 0)) != found.counted:
                yield found


def _look_again(unit_id: int, course_id: int) -> WrongRollup:
    rows = UnitCourseRollup.objects.filter(unit=unit_id, course=course_id)
    stored = rows.values_list("enrolled", "completed").first()
    counted = count_people(unit_id=unit_id, course_id=course_id)
    return WrongRollup(
        unit_id, course_id, stored, (counted["enrolled"], counted["completed"])
    )
