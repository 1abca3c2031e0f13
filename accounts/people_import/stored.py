"""What the database holds about the units and people that a sheet names.

Every function asks once per `CHUNK` names, whatever the size of the table. With
`lock`, rows are locked in the order of their code or number, so that two imports
that meet wait for each other and never deadlock.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.access import below_q
from accounts.models import (
    PersonIdentifier,
    Unit,
    UnitMembership,
    UnitPlacement,
    User,
)
from lib.paths import ancestor_paths, is_within

CAPABILITY = "accounts.import_people"
CHUNK = 500


def _chunks(names: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(set(names))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def units_by_code(codes: Iterable[str], *, lock: bool) -> dict[str, Unit]:
    """Return the units with these codes and all above them, by code.

    `parent` is set on each, so that walking up asks nothing more. Only the named
    ones are locked.
    """
    units: list[Unit] = []
    for chunk in _chunks(codes):
        found = Unit.objects.filter(code__in=chunk).order_by("code")
        units += found.select_for_update(no_key=True) if lock else found
    by_path = {unit.path: unit for unit in units if unit.path}
    above = {path for unit in by_path.values() for path in ancestor_paths(unit.path)}
    for chunk in _chunks(above - by_path.keys()):
        by_path |= {unit.path: unit for unit in Unit.objects.filter(path__in=chunk)}
    by_id = {unit.pk: unit for unit in by_path.values()}
    for unit in by_id.values():
        unit.parent = by_id.get(unit.parent_id or 0)
    return {unit.code: unit for unit in (*by_id.values(), *units)}


def people_by_nip(nips: Iterable[str], *, lock: bool) -> dict[str, User]:
    """Return the people who carry these numbers today, by number."""
    people: dict[str, User] = {}
    for chunk in _chunks(nips):
        found = User.objects.filter(nip__in=chunk).order_by("nip")
        if lock:
            found = found.select_for_update(no_key=True)
        people |= {one.nip: one for one in found}
    return people


def units_of_people(people: Iterable[User]) -> dict[int, Unit]:
    """Return the units these people belong to today, by id."""
    units: dict[int, Unit] = {}
    for chunk in _chunks(one.unit_id for one in people if one.unit_id):
        units |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=chunk)}
    return units


def former_carriers(nips: Iterable[str]) -> dict[str, User]:
    """Return who carried these numbers once and carries another one now."""
    carriers: dict[str, User] = {}
    for chunk in _chunks(nips):
        rows = PersonIdentifier.objects.select_related("person__unit")
        carriers |= {row.value: row.person for row in rows.filter(value__in=chunk)}
    return carriers


def owners_of_emails(addresses: Iterable[str]) -> dict[str, int]:
    """Return who has these addresses (in small letters), by address."""
    owners: dict[str, int] = {}
    for chunk in _chunks(addresses):
        rows = User.objects.annotate(address=Lower("email")).filter(address__in=chunk)
        owners |= dict(rows.values_list("address", "pk"))
    return owners


def memberships_since(
    people_ids: Iterable[int], day: date
) -> dict[int, list[tuple[date, int]]]:
    """Return (start, unit id) of the memberships that begin on `day` or later."""
    since: dict[int, list[tuple[date, int]]] = {}
    for chunk in _chunks(people_ids):
        found = UnitMembership.objects.filter(person__in=chunk, starts_on__gte=day)
        rows = found.values_list("person", "starts_on", "unit")
        for person_id, start, unit_id in rows:
            since.setdefault(person_id, []).append((start, unit_id))
    return since


def placements_since(
    unit_ids: Iterable[int], day: date
) -> dict[int, list[tuple[date, int | None]]]:
    """Return (start, parent's id) of the placements that begin on `day` or later."""
    since: dict[int, list[tuple[date, int | None]]] = {}
    for chunk in _chunks(unit_ids):
        found = UnitPlacement.objects.filter(unit__in=chunk, starts_on__gte=day)
        rows = found.values_list("unit", "starts_on", "parent")
        for unit_id, start, parent_id in rows:
            since.setdefault(unit_id, []).append((start, parent_id))
    return since


def people_below(units: Iterable[Unit], *, by: User | None) -> list[tuple[User, Unit]]:
    """Return the active people in these units and below whom `by` may import.

    Each with her unit, in the order of their ids. None imports everywhere.
    """
    found: dict[int, tuple[User, Unit]] = {}
    for chunk in _chunks(_topmost(unit.path for unit in units if unit.path)):
        condition = Q(pk__in=[])
        for path in chunk:
            condition |= below_q(path, to_unit="unit")
        people = User.objects.filter(condition).active().select_related("unit")
        if by is not None:
            people = people.visible_to(by, CAPABILITY)
        found |= {one.pk: (one, one.unit) for one in people}
    return [found[pk] for pk in sorted(found)]


def _topmost(paths: Iterable[str]) -> list[str]:
    """Return the paths that lie below none of the others."""
    top: list[str] = []
    for path in sorted(paths):
        if not top or not is_within(path, top[-1]):
            top.append(path)
    return top
