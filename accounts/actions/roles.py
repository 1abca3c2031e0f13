"""Giving and taking roles."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts import audit
from accounts.models import RoleAssignment, Unit, User


@transaction.atomic
def assign_role(
    *,
    person: User,
    unit: Unit,
    role: str,
    by: User | None,
    now: datetime,
    reason: str = "",
    ends_at: datetime | None = None,
) -> RoleAssignment:
    """Give `person` this role on `unit` and all below; twice changes nothing."""
    assignment, is_new = RoleAssignment.objects.get_or_create(
        person=person,
        unit=unit,
        role=role,
        ends_at=ends_at,
        defaults={"starts_at": now, "reason": reason},
    )
    if is_new:
        person.has_role = True
        person.save(update_fields=["has_role"])
        audit.record(
            "accounts.role.assigned", person, by=by, now=now, role=role, unit=unit.pk
        )
    return assignment


@transaction.atomic
def revoke_role(
    *, assignment: RoleAssignment, by: User | None, now: datetime
) -> RoleAssignment:
    """End a role now; a role that has ended stays as it is.

    A role that has not begun was never held, and is deleted.
    """
    if assignment.ends_at is None or assignment.ends_at > now:
        if assignment.starts_at < now:
            assignment.ends_at = now
            assignment.save(update_fields=["ends_at"])
        else:
            assignment.delete()
        _mark_holder(assignment.person, now=now)
        audit.record(
            "accounts.role.revoked",
            assignment.person,
            by=by,
            now=now,
            role=assignment.role,
            unit=assignment.unit_id,
        )
    return assignment


def mark_ended_roles(*, now: datetime) -> int:
    """Store of whom the last role has run out that she holds none; return how many.

    A role that was given until a moment ends by itself; nobody is there to note it.
    """
    left = RoleAssignment.objects.filter(person=OuterRef("pk")).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    people = User.objects.filter(Q(has_role=True), ~Exists(left))
    return people.update(has_role=False)


def _mark_holder(person: User, *, now: datetime) -> None:
    """Store whether the person still holds, or will hold, a role."""
    left = person.role_assignments.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    person.has_role = left.exists()
    person.save(update_fields=["has_role"])
