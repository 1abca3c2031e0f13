"""The numbers of the dashboard, per unit.

A unit and everything below it is a sum over paths (`add_up`). How many have finished
comes from the stored roll-ups; enrolments are looked at only where roll-ups cannot
tell. People without an account in use are not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, UUIDField

from reports.sql import fetch, typed
from reports.units.reach import Reach

Sums = Counter[str]

_PEOPLE = """SELECT place.path, COUNT(*)
FROM place {members} GROUP BY place.path"""

# Of orders to whole units the roll-ups tell; of others people are counted, but for
# those whose whole unit has the course to do anyway.
_ORDERS = """SELECT place.path, due.due_on, due.is_past, COALESCE(r.completed, 0),
  CAST(NULL AS bigint)
FROM place JOIN due ON due.unit_id = place.unit_id
LEFT JOIN courses_unitcourserollup r
  ON r.unit_id = due.unit_id AND r.course_id = due.course_id
UNION ALL
SELECT place.path, hers.due_on, hers.is_past,
  SUM(CASE WHEN due.course_id IS NULL AND EXISTS (
    SELECT 1 FROM courses_enrollment e WHERE e.person_id = hers.person_id
      AND e.course_id = hers.course_id AND e.completed_at IS NOT NULL)
    THEN 1 ELSE 0 END),
  SUM(CASE WHEN due.course_id IS NULL THEN 1 ELSE 0 END)
FROM place JOIN hers ON hers.unit_id = place.unit_id
LEFT JOIN due ON due.unit_id = hers.unit_id AND due.course_id = hers.course_id
GROUP BY place.path, hers.course_id, hers.due_on, hers.is_past"""

# JP by the end of each month, first per person and then, of all who reached the
# target by then, per unit. Grouping by the person's number alone needs no sorting.
_JP = """SELECT place.path, SUM(jp){reached} FROM (
  SELECT j.person_id, MAX(place.unit_id) AS unit_id, SUM(j.jp) AS jp{sums}
  FROM place {members} JOIN courses_jpentry j ON j.person_id = u.id
  WHERE j.year = %s GROUP BY j.person_id) sums
JOIN place ON place.unit_id = sums.unit_id GROUP BY place.path"""
_JP_BY = ", SUM(CASE WHEN j.earned_on <= %s THEN j.jp ELSE 0 END) AS by_{month}"
_REACHED_BY = ", SUM(CASE WHEN by_{month} >= %s THEN 1 ELSE 0 END)"

# A person and a course whose deadline has passed without completion.
_LATE = """FROM (
    SELECT u.id AS person_id, due.unit_id, due.course_id, due.due_on
    FROM place JOIN due ON due.unit_id = place.unit_id AND due.is_past
    {members} WHERE place.path IN ({paths})
    UNION
    SELECT hers.person_id, hers.unit_id, hers.course_id, hers.due_on
    FROM place JOIN hers ON hers.unit_id = place.unit_id AND hers.is_past
    WHERE place.path IN ({paths})) due
JOIN place ON place.unit_id = due.unit_id
JOIN accounts_user u ON u.id = due.person_id
WHERE NOT EXISTS (
    SELECT 1 FROM courses_enrollment e WHERE e.person_id = u.id
      AND e.course_id = due.course_id AND e.completed_at IS NOT NULL)"""

_LATE_COUNT = """SELECT place.path, people FROM (
  SELECT unit_id, COUNT(*) AS people FROM (
    SELECT u.id, MAX(place.unit_id) AS unit_id {late} GROUP BY u.id) late
  GROUP BY unit_id) counts
JOIN place ON place.unit_id = counts.unit_id"""

_LATE_PEOPLE = """SELECT u.name, place.name, MIN(due.due_on),
  COUNT(DISTINCT due.course_id), u.key {late}
GROUP BY u.id, u.name, u.key, u.name_key, place.name, place.path
ORDER BY MIN(due.due_on), place.path, u.name_key, u.id LIMIT %s"""


@dataclass(frozen=True)
class Order:
    """A course that the people of the unit at `path` must complete by `due_on`.

    `completed` of them have, as the roll-up tells; of `some` people alone where not
    all of the unit must.
    """

    path: str
    due_on: date
    is_past: bool
    completed: int
    some: int | None = None

    def people(self, of_unit: Sums) -> int:
        """Return how many people must complete it."""
        return of_unit[self.path] if self.some is None else self.some


@dataclass(frozen=True)
class JpFigures:
    """JP of a year: the sum per unit, and how many had the target by each month."""

    per_unit: Sums
    reached: list[int]


@dataclass(frozen=True)
class LatePerson:
    """Somebody whose deadline has passed; `courses` of them, since `due_on`."""

    name: str
    unit: str
    due_on: date
    courses: int
    key: UUID


def people_per_unit(reach: Reach) -> Sums:
    """Return how many people belong to each unit itself."""
    return Counter(dict(_ask(reach, _PEOPLE)))


def orders_per_unit(reach: Reach) -> list[Order]:
    """Return what each unit was ordered to complete, and how many have."""
    found = typed(_ask(reach, _ORDERS), {1: DateField()})
    return [
        Order(path, due_on, bool(is_past), int(completed), some)
        for path, due_on, is_past, completed, some in found
    ]


def jp_figures(reach: Reach, *, ends: Sequence[date], target: int) -> JpFigures:
    """Return the JP earned in the year of `ends`, the last days of its months.

    One query.
    """
    months = range(len(ends))
    statement = _JP.format(
        members="{members}",
        reached="".join(_REACHED_BY.format(month=month) for month in months),
        sums="".join(_JP_BY.format(month=month) for month in months),
    )
    params = (*[target] * len(ends), *ends, ends[0].year)
    found = _ask(reach, statement, params)
    return JpFigures(
        per_unit=Counter({path: int(jp) for path, jp, *_ in found}),
        reached=[sum(int(row[2 + month]) for row in found) for month in months],
    )


def late_per_unit(reach: Reach, orders: Iterable[Order], people: Sums) -> Sums:
    """Return how many people of each unit have an order whose deadline has passed.

    The roll-ups tell, where a single deadline has passed or nobody has completed
    one of the courses. Elsewhere people may be late with one course or several,
    and they are counted; one query.
    """
    left: dict[str, list[int]] = defaultdict(list)
    of_some = set()
    for order in orders:
        if order.is_past:
            left[order.path].append(order.people(people) - order.completed)
            if order.some is not None:
                of_some.add(order.path)
    late: Sums = Counter()
    unclear = sorted(of_some)
    for path, numbers in left.items():
        if path in of_some:
            continue
        if len(numbers) == 1 or max(numbers) in {0, people[path]}:
            late[path] = max(0, *numbers)
        else:
            unclear.append(path)
    if unclear:
        late.update(dict(_ask_late(reach, _LATE_COUNT, unclear)))
    return late


def late_people(
    reach: Reach, orders: Iterable[Order], people: Sums, *, limit: int
) -> list[LatePerson]:
    """Return who has been late for longest, looking at no more units than needed."""
    left: Sums = Counter()
    for order in sorted(orders, key=lambda order: order.due_on):
        if left.total() >= limit:
            break
        if order.is_past:
            number = order.people(people) - order.completed
            left[order.path] = max(left[order.path], number)
    paths = [path for path, number in left.items() if number > 0]
    if not paths:
        return []
    found = _ask_late(reach, _LATE_PEOPLE, paths, (limit,))
    return [LatePerson(*row) for row in typed(found, {2: DateField(), 4: UUIDField()})]


def add_up(per_unit: Mapping[str, int], group: Callable[[str], str | None]) -> Sums:
    """Return the sums of the units that `group` puts together; None leaves one out."""
    sums: Sums = Counter()
    for path, number in per_unit.items():
        key = group(path)
        if key is not None:
            sums[key] += number
    return sums


def _ask_late(
    reach: Reach, statement: str, paths: Sequence[str], params: tuple[Any, ...] = ()
) -> list[tuple[Any, ...]]:
    late = _LATE.replace("{paths}", ", ".join(["%s"] * len(paths)))
    return _ask(reach, statement.replace("{late}", late), (*paths, *paths, *params))


def _ask(
    reach: Reach, statement: str, params: tuple[Any, ...] = ()
) -> list[tuple[Any, ...]]:
    if reach.is_empty:
        return []
    # The dashboard speaks of today, when the join has no parameters.
    statement = statement.replace("{members}", reach.members().text)
    return fetch(reach.ask(statement, params))
