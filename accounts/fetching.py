"""Fetch one row for a person, or answer 404."""

from typing import Any
from uuid import UUID

from accounts.access import PERSON, UNIT, Policy, below_q, get_for
from accounts.actions.tree import MANAGE_UNITS
from accounts.models import PeopleDraft, RoleAssignment, Unit, User
from accounts.people_import.stored import CAPABILITY
from accounts.role_rules import MANAGE_ROLES

_ROLE = Policy(unit="unit")


def get_managed_person(user: Any, key: UUID) -> User:
    """Return one of the people whose data the user looks after."""
    people = User.objects.select_related("unit")
    found: User = get_for(people, user, CAPABILITY, PERSON, key=key)
    return found


def get_role_for(user: Any, role_id: int, *, person: User) -> RoleAssignment:
    """Return a role of the person on a unit that the user is admin of."""
    held = RoleAssignment.objects.select_related("unit", "person")
    return get_for(held.filter(person=person), user, MANAGE_ROLES, _ROLE, pk=role_id)


def get_managed_unit(user: Any, unit_id: int) -> Unit:
    """Return a unit that the user is admin of."""
    units = Unit.objects.select_related("parent")
    return get_for(units, user, MANAGE_UNITS, UNIT, pk=unit_id)


def other_managed_units(user: Any, unit: Unit) -> Any:
    """Return the open units of the user that do not lie in this one."""
    mine = Unit.objects.active().visible_to(user, MANAGE_UNITS)
    return mine.exclude(below_q(unit.path or ""))


def drafts_of(user: User) -> list[PeopleDraft]:
    """Return the sheets of people that the user has uploaded, the newest first."""
    return list(PeopleDraft.objects.filter(owner=user).order_by("-stored_at")[:10])
