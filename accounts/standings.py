"""Writing down what a unit was called, and whether it was open, from which day on."""

from datetime import date, datetime

from accounts.models import Unit, UnitStanding, User


def note_standing(
    unit: Unit,
    *,
    starts_on: date,
    by: User | None,
    now: datetime,
    name: str = "",
    is_active: bool | None = None,
    successor: Unit | None = None,
    reason: str = "",
) -> None:
    """Append what holds from a day on, and what held before the first change.

    To be called before the unit itself is changed, in the same transaction.
    """
    said = {"recorded_at": now, "recorded_by": by}
    UnitStanding.objects.get_or_create(
        unit=unit,
        starts_on=None,
        defaults={"name": unit.name, "is_active": unit.is_active, **said},
    )
    UnitStanding.objects.create(
        unit=unit,
        name=name or unit.name,
        is_active=unit.is_active if is_active is None else is_active,
        successor=successor,
        reason=reason,
        starts_on=starts_on,
        **said,
    )
