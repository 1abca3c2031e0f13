"""What the database holds about the units and people that a sheet names.

Every function asks once per `CHUNK` names, whatever the size of the table. With
`lock`, rows are locked in the order of their code or number, so that two imports
that meet wait for each other and never deadlock.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Lower, Substr

from accounts.access import below_q
from accounts.models import (
    PersonIdentifier,
    Unit,
    UnitMembership,
    UnitPlacement,
    User,
)
from accounts.nip import birth_digits
from accounts.people_import.likeness import KnownUnit
from accounts.querysets import UserQuerySet
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


def carriers(nips: Iterable[str]) -> dict[str, User]:
    """Return who carries or carried these numbers, by number."""
    found: dict[str, User] = {}
    for chunk in _chunks(nips):
        rows = PersonIdentifier.objects.standing().select_related("person__unit")
        found |= {row.value: row.person for row in rows.filter(value__in=chunk)}
    return found


def corrected(nips: Iterable[str]) -> set[tuple[str, int]]:
    """Return (number, person's id) of all of these that were noted wrongly for her."""
    found: set[tuple[str, int]] = set()
    for chunk in _chunks(nips):
        rows = PersonIdentifier.objects.filter(
            value__in=chunk, correction__isnull=False
        )
        found |= set(rows.values_list("value", "person"))
    return found


def born_on(births: Iterable[str]) -> dict[str, set[str]]:
    """Return the folded names of people by birth date, as their numbers hold it.

    Whatever number they carry or carried, and wherever they belong.
    """
    found: dict[str, set[str]] = {}
    for chunk in _chunks(births):
        standing = PersonIdentifier.objects.standing()
        rows = standing.annotate(birth=Substr("value", 1, 8))
        named = rows.filter(birth__in=chunk).values_list("value", "person__name_key")
        for value, key in named:
            if birth_digits(value):
                found.setdefault(birth_digits(value), set()).add(key)
    return found


def owners_of_emails(addresses: Iterable[str]) -> dict[str, int]:
    """Return who has these addresses (in small letters), by address."""
    owners: dict[str, int] = {}
    for chunk in _chunks(addresses):
        rows = User.objects.annotate(address=Lower("email")).filter(address__in=chunk)
        owners |= dict(rows.values_list("address", "pk"))
    return owners


def memberships_of(people_ids: Iterable[int]) -> dict[int, list[tuple[date, int]]]:
    """Return (start, unit id) of all memberships of these people."""
    found: dict[int, list[tuple[date, int]]] = {}
    for chunk in _chunks(people_ids):
        rows = UnitMembership.objects.filter(person__in=chunk)
        for person_id, start, unit_id in rows.values_list(
            "person", "starts_on", "unit"
        ):
            found.setdefault(person_id, []).append((start, unit_id))
    return found


def placements_of(
    unit_ids: Iterable[int],
) -> dict[int, list[tuple[date, int | None]]]:
    """Return (start, parent's id) of all placements of these units."""
    found: dict[int, list[tuple[date, int | None]]] = {}
    for chunk in _chunks(unit_ids):
        rows = UnitPlacement.objects.filter(unit__in=chunk)
        for unit_id, start, parent_id in rows.values_list(
            "unit", "starts_on", "parent"
        ):
            found.setdefault(unit_id, []).append((start, parent_id))
    return found


def known_units(*, by: User | None) -> list[KnownUnit]:
    """Return the units into which `by` may import; None may everywhere."""
    units = Unit.objects.all()
    if by is not None:
        units = units.visible_to(by, CAPABILITY)
    rows = units.order_by("code").values_list("code", "name", "parent__code")
    return [KnownUnit(code, name, parent or "") for code, name, parent in rows]


def people_in(units: Iterable[Unit], *, by: User | None) -> list[tuple[User, Unit]]:
    """Return the active people in just these units whom `by` may import.

    Each with her unit, in the order of their ids. None imports everywhere.
    """
    found: dict[int, tuple[User, Unit]] = {}
    for chunk in _chunks(unit.pk for unit in units):
        people = _reachable(by).filter(unit__in=chunk).select_related("unit")
        found |= {one.pk: (one, one.unit) for one in people}
    return [found[pk] for pk in sorted(found)]


def count_people(*, by: User | None) -> int:
    """Return how many active people `by` may import."""
    return _reachable(by).count()


def people_per_unit(unit_ids: Iterable[int]) -> dict[int, int]:
    """Return how many active people belong to each of these units themselves."""
    counts: dict[int, int] = {}
    for chunk in _chunks(unit_ids):
        people = User.objects.filter(unit__in=chunk, is_active=True)
        rows = people.order_by().values_list("unit").annotate(number=Count("pk"))
        counts |= dict(rows)
    return counts


def count_below(units: Iterable[Unit], *, by: User | None) -> int:
    """Return how many active people there are in these units and below."""
    total = 0
    for chunk in _chunks(_topmost(unit.path for unit in units if unit.path)):
        condition = Q(pk__in=[])
        for path in chunk:
            condition |= below_q(path, to_unit="unit")
        total += _reachable(by).filter(condition).count()
    return total


def _reachable(by: User | None) -> UserQuerySet:
    people: UserQuerySet = User.objects.all().active()
    return people if by is None else people.visible_to(by, CAPABILITY)


def _topmost(paths: Iterable[str]) -> list[str]:
    """Return the paths that lie below none of the others."""
    top: list[str] = []
    for path in sorted(paths):
        if not top or not is_within(path, top[-1]):
            top.append(path)
    return top
