"""What the pages of the tree show: one unit, what is below, and what would be touched.

A tree of 50,000 units is walked one level at a time; nothing here reads it whole.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from accounts.access import below_q, roots
from accounts.actions.tree import MANAGE_UNITS
from accounts.models import Unit, UnitPlacement, UnitStanding, User
from lib.paths import ancestor_paths, is_within

UNITS_PER_PAGE, MOST_FOUND = 50, 20


@dataclass(frozen=True)
class TreeRow:
    """A unit in the list; `people` are those who belong to it itself and are active."""

    pk: int
    name: str
    code: str
    people: int
    children: int
    is_active: bool


@dataclass(frozen=True)
class UnitEvent:
    """Something that became of a unit on a day; None: before the first change."""

    starts_on: date | None
    placed_under: str
    name: str
    is_active: bool
    successor: str
    reason: str
    is_placement: bool


@dataclass(frozen=True)
class Touched:
    """What hangs on a unit: people of its own and with all below, orders, courses."""

    own_people: int
    people: int
    units: int
    orders: int
    courses: int
    roles: int


@dataclass(frozen=True)
class UnitPage:
    """One unit of the tree, what is above and what is below."""

    unit: Unit
    above: Sequence[Unit]
    rows: "Page[Any]"
    touched: Touched
    events: Sequence[UnitEvent]
    is_top: bool


def tops_of(user: User) -> list[TreeRow]:
    """Return the units that the user is admin of, without those below another."""
    held = roots(user, MANAGE_UNITS)
    outermost = [
        path
        for path in set(held)
        if not any(other != path and is_within(path, other) for other in held)
    ]
    return _rows(Unit.objects.filter(path__in=outermost).order_by("path"))


def found_units(user: User, words: str) -> list[TreeRow]:
    """Return units of the user whose name holds every word, or that code."""
    words = words.replace("\0", "").strip()
    if not words:
        return []
    mine = Unit.objects.visible_to(user, MANAGE_UNITS)
    found = mine.filter(code__iexact=words) | mine.named(words)
    return _rows(found.by_name()[:MOST_FOUND])


def _rows(units: Any) -> list[TreeRow]:
    """Return some units with their counts, in two queries more."""
    listed = list(units)
    ids = [unit.pk for unit in listed]
    active = User.objects.filter(unit__in=ids, is_active=True).order_by()
    people = dict(active.values_list("unit").annotate(n=Count("pk")))
    open_units = Unit.objects.active().filter(parent__in=ids).order_by()
    children = dict(open_units.values_list("parent").annotate(n=Count("pk")))
    return [
        TreeRow(
            pk=unit.pk,
            name=unit.name,
            code=unit.code,
            people=people.get(unit.pk, 0),
            children=children.get(unit.pk, 0),
            is_active=unit.is_active,
        )
        for unit in listed
    ]


def unit_page(user: User, unit: Unit, *, page: str | None) -> UnitPage:
    """Return a unit; the number of queries does not grow with what is below."""
    below = Unit.objects.filter(parent=unit).order_by("-is_active", "name_key", "pk")
    rows = Paginator(below, UNITS_PER_PAGE).get_page(page)
    rows.object_list = _rows(rows.object_list)
    held = roots(user, MANAGE_UNITS)
    line = ancestor_paths(unit.path or "")[:-1]
    mine = [path for path in line if any(is_within(path, top) for top in held)]
    return UnitPage(
        unit=unit,
        above=list(Unit.objects.filter(path__in=mine).order_by("path")),
        rows=rows,
        touched=touched_by(unit),
        events=_events(unit),
        is_top=unit.parent_id is None,
    )


def touched_by(unit: Unit) -> Touched:
    """Count what a change of the unit touches; a query each.

    Orders and courses are of rooms above this one: they hang on a unit by name.
    """
    below = below_q(unit.path or "", to_unit="unit")
    return Touched(
        own_people=User.objects.filter(unit=unit).count(),
        people=User.objects.filter(below, is_active=True).count(),
        units=Unit.objects.below(unit).active().exclude(pk=unit.pk).count(),
        orders=unit.assignments.filter(cancelled_at__isnull=True).count(),
        courses=unit.courses.count(),
        roles=unit.role_assignments.filter(ends_at__isnull=True).count(),
    )


@dataclass(frozen=True)
class MoveTouches:
    """What a move changes: who is moved, and orders from above that end or begin."""

    touched: Touched
    orders_left: int
    orders_new: int


def touched_by_move(unit: Unit, parent: Unit) -> MoveTouches:
    """Count what standing under another unit changes."""
    line = set(ancestor_paths(unit.path or "")) - {unit.path}
    new_line = set(ancestor_paths(parent.path or ""))
    return MoveTouches(
        touched=touched_by(unit),
        orders_left=_open_orders(line - new_line),
        orders_new=_open_orders(new_line - line),
    )


def _open_orders(paths: Collection[str]) -> int:
    is_open = Q(assignments__cancelled_at__isnull=True)
    above = Unit.objects.filter(path__in=paths)
    found: int = above.aggregate(n=Count("assignments", filter=is_open))["n"]
    return found


def _events(unit: Unit) -> list[UnitEvent]:
    """Return what became of the unit, latest first."""
    placements = UnitPlacement.objects.filter(unit=unit).select_related("parent")
    standings = UnitStanding.objects.filter(unit=unit).select_related("successor")
    found = [
        (
            row.starts_on,
            row.recorded_at,
            UnitEvent(
                starts_on=row.starts_on,
                placed_under=row.parent.name if row.parent else "",
                name="",
                is_active=True,
                successor="",
                reason="",
                is_placement=True,
            ),
        )
        for row in placements
    ]
    found += [
        (
            row.starts_on,
            row.recorded_at,
            UnitEvent(
                starts_on=row.starts_on,
                placed_under="",
                name=row.name,
                is_active=row.is_active,
                successor=row.successor.name if row.successor else "",
                reason=row.reason,
                is_placement=False,
            ),
        )
        for row in standings
        if row.starts_on is not None
    ]
    found.sort(key=lambda one: one[:2], reverse=True)
    return [event for _day, _at, event in found]
