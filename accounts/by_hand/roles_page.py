"""The page of a person's roles."""

from dataclasses import dataclass
from datetime import datetime

from accounts.access import UNIT, can
from accounts.models import User
from accounts.role_rules import MANAGE_ROLES


@dataclass(frozen=True)
class HeldRole:
    """A role that is or was held; `may_take` is whether the viewer may end it."""

    pk: int
    role: str
    unit: str
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    is_over: bool
    may_take: bool


def held_roles(viewer: User, person: User, *, now: datetime) -> list[HeldRole]:
    """Return the roles of a person, those that last first; one query."""
    rows = person.role_assignments.select_related("unit").order_by("-starts_at", "-pk")
    found = [
        HeldRole(
            pk=row.pk,
            role=row.get_role_display(),
            unit=row.unit.name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reason=row.reason,
            is_over=row.ends_at is not None and row.ends_at <= now,
            may_take=can(viewer, MANAGE_ROLES, row.unit, UNIT),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.is_over)
