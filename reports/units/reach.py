"""Which part of the organisation a report speaks of, and as of which day.

A report reads people × courses, and no foreign key leads from a person to the
orders given to the units above hers. Its questions are therefore put in SQL, on
top of the four tables that `Reach.ask` provides:

* ``place`` (unit_id, name, path, time_zone): the units the report speaks of;
* ``top`` (unit_id, path, above): those of these units and of the units over them that
  were given orders, which count for ``path <= place.path < above``;
* ``due`` (unit_id, course_id, due_on, is_past): the courses that all people of each
  unit were ordered to take, and the earliest day by which;
* ``hers`` (person_id, unit_id, course_id, due_on, is_past): the same of orders whose
  people or day are not those of a whole unit.

The first three grow with the units and never with the people, ``hers`` with the people
of such orders; whom these concern says `courses.assigning.concern`. Which units a
person may see is `accounts.access`'s answer, and how a subtree is queried `below_q`'s.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import ge, le, or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from accounts.access import below_q, roots
from accounts.models import Unit, UnitPlacement
from accounts.models.unit import IndonesianZone
from courses.assigning import concern
from courses.models import Assignment
from lib.paths import SEGMENT_LENGTH, ancestor_paths, is_within, subtree_bounds
from reports.sql import Sql, fetch

CAPABILITY = "reports.view_learning"

_PLACE = ("unit_id", "name", "path", "time_zone")
_TOP = ("unit_id", "path", "above")
# What bounds a subtree, to be put behind the path of its top.
_ABOVE = subtree_bounds("0" * SEGMENT_LENGTH)[1][SEGMENT_LENGTH:]

# A deadline ends with the day in the zone of the unit.
_DUE = """due (unit_id, course_id, due_on, is_past) AS (
  SELECT unit_id, course_id, MIN(due_on), MIN(due_on) < {today} AS is_past FROM (
    SELECT place.unit_id, place.time_zone, a.course_id, {due_day} AS due_on
    FROM courses_assignment a
    JOIN top ON top.unit_id = a.unit_id
    JOIN place ON place.path >= top.path AND place.path < top.above
    WHERE {is_open} AND a.is_required AND NOT a.is_personal) orders
  GROUP BY unit_id, time_zone, course_id
)"""
_TODAY = """CASE time_zone
           WHEN %s THEN %s WHEN %s THEN %s ELSE %s END"""
# By rule, and by name: each from the orders to the people.
_HERS = """hers (person_id, unit_id, course_id, due_on, is_past) AS (
  SELECT person_id, unit_id, course_id, MIN(due_on),
         MIN(due_on) < {today} AS is_past FROM (
    {by_rule}
    UNION ALL
    {by_name}) orders
  GROUP BY person_id, unit_id, time_zone, course_id
)"""
_PERSONAL = """SELECT u.id AS person_id, place.unit_id, place.time_zone, a.course_id,
      {due_day} AS due_on
    FROM courses_assignment a
    JOIN top ON top.unit_id = a.unit_id
    JOIN place ON place.path >= top.path AND place.path < top.above
    {members}
    {names}
    WHERE {is_open} AND a.is_required AND a.is_personal AND {is_named}
      AND {keeps}"""
_NAMES = "JOIN courses_orderperson n ON n.order_id = a.id AND n.person_id = u.id"

_OPEN_TODAY = "a.cancelled_at IS NULL"
# An order ends with its row: another date is another row.
_OPEN_THEN = """a.created_at < %s
    AND (a.cancelled_at IS NULL OR a.cancelled_at >= %s)"""

_MEMBERS_TODAY = "JOIN accounts_user u ON u.unit_id = place.unit_id AND u.is_active"
# Who has left the service since then belonged to the unit all the same.
_MEMBERS_THEN = """JOIN accounts_unitmembership m
  ON m.unit_id = place.unit_id AND m.starts_on <= %s AND NOT EXISTS (
    SELECT 1 FROM accounts_unitmembership later
    WHERE later.person_id = m.person_id AND later.starts_on <= %s
      AND (later.starts_on > m.starts_on
           OR (later.starts_on = m.starts_on AND later.id > m.id)))
JOIN accounts_user u ON u.id = m.person_id"""


# How many units the first stretch of a reach has, and each next one times as many.
_FIRST_STRETCH = 4
_GROWTH = 8


@dataclass(frozen=True)
class Reach:
    """The subtrees at `paths`; as they are now, or as they were on `day`.

    `day_ends_at` is the end of that day for who asks: what was said later is not
    known yet. Without paths it reaches nobody. `stretch` narrows it to the units
    between two paths, both included.
    """

    paths: tuple[str, ...]
    now: datetime
    day: date | None = None
    stretch: tuple[str, str] | None = None
    day_ends_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether there is no unit that the report could speak of."""
        return not self.paths

    def ask(self, statement: str, params: tuple[Any, ...] = ()) -> Sql:
        """Return a SELECT that may name the four tables, with them before it."""
        over = {one for path in self.paths for one in ancestor_paths(path)}
        top_units = (self._below() | Q(path__in=sorted(over))) & _has_orders(self.day)
        due, hers = self._due(), self._hers()
        place = _units(self.day, self._below_in_stretch(), _PLACE)
        top = _units(self.day, top_units, _TOP)
        tables = (
            f"WITH place ({', '.join(_PLACE)}) AS NOT MATERIALIZED ({place.text}),\n"
            f"top ({', '.join(_TOP)}) AS MATERIALIZED ({top.text}),\n"
            f"{due.text},\n{hers.text}\n"
        )
        before = (*place.params, *top.params, *due.params, *hers.params)
        return Sql(tables + statement, (*before, *params))

    def _due(self) -> Sql:
        text = _DUE.format(
            today=_TODAY,
            due_day=concern.due_day(known=self._known(), of_unit=True),
            is_open=_OPEN_THEN if self.day else _OPEN_TODAY,
        )
        ends = (self.day_ends_at,) * 3 if self.day else ()
        return Sql(text, (*self._todays(), *ends))

    def _hers(self) -> Sql:
        members = self.members()
        ends = (self.day_ends_at,) if self.day else ()
        words = {
            "due_day": concern.due_day(known=self._known(), placed=self._placed()),
            "members": members.text,
            "is_open": _OPEN_THEN if self.day else _OPEN_TODAY,
            "keeps": concern.keeps(),
        }
        by_rule = _PERSONAL.format(names="", is_named="NOT a.is_named", **words)
        by_name = _PERSONAL.format(names=_NAMES, is_named="a.is_named", **words)
        text = _HERS.format(today=_TODAY, by_rule=by_rule, by_name=by_name)
        arm = (*ends, *members.params, *ends, *ends)
        return Sql(text, (*self._todays(), *arm, *arm))

    def _known(self) -> str:
        """Return the condition on extensions: those of later are not known yet."""
        return " AND x.given_at < %s" if self.day else ""

    def _placed(self) -> str:
        """Return where a placement stands: on a past day, that of the day."""
        return "m.starts_on" if self.day else concern.PLACED

    def stretches(
        self, *, start_at: str = "", is_falling: bool = False
    ) -> Iterator["Reach"]:
        """Yield this reach in parts, in the order of the tree, each larger.

        Who wants the first rows of many looks at a few units, not at all of them. They
        begin with the unit at `start_at`, and go back from there when `is_falling`.
        Costs one query.
        """
        paths = [path for (path,) in fetch(_units(self.day, self._below(), ["path"]))]
        paths.sort(reverse=is_falling)
        if start_at:
            is_left = le if is_falling else ge
            paths = [path for path in paths if is_left(path, start_at)]
        start, size = 0, _FIRST_STRETCH
        while start < len(paths):
            part = paths[start : start + size]
            yield replace(self, stretch=(min(part), max(part)))
            start, size = start + size, size * _GROWTH

    def _below(self) -> Q:
        return reduce(or_, (below_q(path) for path in self.paths))

    def _below_in_stretch(self) -> Q:
        if self.stretch is None:
            return self._below()
        first, last = self.stretch
        return self._below() & Q(path__gte=first, path__lte=last)

    def members(self) -> Sql:
        """Return the join from ``place`` to its people, the user table as ``u``."""
        if self.day is None:
            return Sql(_MEMBERS_TODAY)
        return Sql(_MEMBERS_THEN, (self.day, self.day))

    def today(self, zone: str) -> date:
        """Return the day that the report speaks of, where clocks show `zone`."""
        return self.day or self.now.astimezone(ZoneInfo(zone)).date()

    def _todays(self) -> tuple[Any, ...]:
        wit, wita, wib = IndonesianZone.WIT, IndonesianZone.WITA, IndonesianZone.WIB
        return (
            *(wit.value, self.today(wit)),
            *(wita.value, self.today(wita)),
            self.today(wib),
        )


def reach_of(
    user: Any,
    *,
    unit: Unit | None = None,
    now: datetime,
    day: date | None = None,
    capability: str = CAPABILITY,
) -> Reach:
    """Return what `user` may read of `unit` and below, or of all her units.

    Hers are those on which she holds `capability`. With `day`, both her units and
    `unit` stand where they stood on that day: she sees the people who were hers then.
    """
    held = roots(user, capability)
    if day is not None:
        held = _paths_on(day, Q(unit__path__in=held))
    if unit is None:
        return _reach(outermost(held), user, now, day)
    if day is not None:
        asked = _paths_on(day, Q(unit=unit))
    else:
        asked = (unit.path,) if unit.path else ()
    return _reach(overlap(outermost(held), asked), user, now, day)


def _reach(paths: tuple[str, ...], user: Any, now: datetime, day: date | None) -> Reach:
    ends_at = end_of(day, ZoneInfo(user.time_zone)) if day else None
    return Reach(paths, now, day, day_ends_at=ends_at)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment in which a day is over; it is no part of the day."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that lie below none of the others, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not is_within(path, kept[-1]):
            kept.append(path)
    return tuple(kept)


def overlap(held: Iterable[str], asked: Iterable[str]) -> tuple[str, ...]:
    """Return the tops of what lies in a subtree of both: of two, the lower one."""
    asked = tuple(asked)
    return outermost(
        max(one, other, key=len)
        for one in held
        for other in asked
        if is_within(one, other) or is_within(other, one)
    )


def _units(day: date | None, condition: Q, columns: Sequence[str]) -> Sql:
    """Return the statement for units as they stood on `day`, or stand now."""
    units: QuerySet[Any, Any]
    if day is None:
        units, known_as = Unit.objects.all(), {"unit_id": "pk"}
    else:
        units = _placements_on(day)
        known_as = {"name": "unit__name", "time_zone": "unit__time_zone"}
    found = (
        units.annotate(above=Concat("path", Value(_ABOVE)))
        .filter(condition)
        .order_by()
        .values_list(*(known_as.get(column, column) for column in columns))
    )
    text, params = found.query.sql_with_params()
    return Sql(text, tuple(params))


def _has_orders(day: date | None) -> Q:
    """Keep units to which an order was given: few, and the way begins at them."""
    unit = OuterRef("pk" if day is None else "unit")
    return Q(Exists(Assignment.objects.filter(unit=unit)))


def _placements_on(day: date) -> QuerySet[UnitPlacement]:
    """Keep the latest placement of each unit that had begun by `day`."""
    begun = UnitPlacement.objects.filter(starts_on__lte=day)
    later = begun.filter(unit=OuterRef("unit")).filter(
        Q(starts_on__gt=OuterRef("starts_on"))
        | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    )
    return begun.filter(~Exists(later))


def _paths_on(day: date, condition: Q) -> tuple[str, ...]:
    return tuple(_placements_on(day).filter(condition).values_list("path", flat=True))
