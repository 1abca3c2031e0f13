"""Whose roles somebody may touch, and which admin is the last one."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.access import PERSON, can, roots
from accounts.models import RoleAssignment, Unit, User
from accounts.models.role import Role
from lib.paths import ancestor_paths, is_within

MANAGE_ROLES = "accounts.manage_roles"
_BATCH = 500


def manages_roles_of(by: User, person: User) -> bool:
    """Say whether the person, and every unit she holds a role on, are `by`'s.

    Else an admin of a section could change the address of the agency's admin, who sits
    there, and come in as her. One query; `by` has come in through `access.as_of`.
    """
    return person.pk in with_managed_roles(by, [person])


def with_managed_roles(by: User, people: Iterable[User]) -> set[int]:
    """Return the ids of those of whom `manages_roles_of` is true; a query for 500."""
    tops = roots(by, MANAGE_ROLES)
    if not tops:
        return set()
    hers = sorted(one.pk for one in people if can(by, MANAGE_ROLES, one, PERSON))
    now: datetime = getattr(by, "roles_as_of")  # noqa: B009 - set by access.as_of
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    foreign: set[int] = set()
    for start in range(0, len(hers), _BATCH):
        held = RoleAssignment.objects.filter(
            lasting, person__in=hers[start : start + _BATCH]
        )
        for person_id, path in held.values_list("person", "unit__path"):
            if not any(is_within(path, top) for top in tops):
                foreign.add(person_id)
    return set(hers) - foreign


def is_last_admin(unit: Unit, *, without: Q) -> bool:
    """Say whether nobody who stays would be admin of `unit`, or of one above it.

    `without` are the role assignments that are about to end. Only people who may sign
    in count, and only roles that end by nobody's calendar.
    """
    above = ancestor_paths(unit.path or "")
    staying = RoleAssignment.objects.filter(
        role=Role.ADMIN,
        ends_at__isnull=True,
        unit__path__in=above,
        person__is_active=True,
    )
    return not staying.exclude(without).exists()
