"""The organisation tree."""

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.dates import check_has_begun
from accounts.exceptions import UnitNotMovable
from accounts.models import Unit, UnitPlacement, User
from lib.paths import child_path, is_within


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    parent: Unit | None,
    starts_on: date,
    by: User | None,
    now: datetime,
    agency_name: str = "",
    time_zone: str = "",
) -> Unit:
    """Return the unit with this code, made and placed now if it is missing.

    Without a `time_zone` it gets its parent's.
    """
    existing = Unit.objects.filter(code=code).first()
    if existing:
        return existing
    unit = Unit(code=code, name=name, agency_name=agency_name)
    unit.agency_name = agency_name or (parent.agency_name if parent else "")
    if time_zone or parent:
        unit.time_zone = time_zone or (parent.time_zone if parent else "")
    unit.save()
    place_unit(unit=unit, parent=parent, starts_on=starts_on, by=by, now=now)
    return unit


@transaction.atomic
def place_unit(
    *,
    unit: Unit,
    parent: Unit | None,
    starts_on: date,
    by: User | None,
    now: datetime,
) -> None:
    """From `starts_on`, `unit` and all below it stand under `parent`.

    Placing a unit where it stands changes nothing. Raises UnitNotMovable when that
    would put a unit under itself, and MoveNotDated for a day to come.
    """
    check_has_begun(starts_on, now=now)
    if parent and unit.path and parent.path and is_within(parent.path, unit.path):
        raise UnitNotMovable(
            "under_itself", "Unit tidak dapat dipindahkan ke bawah dirinya sendiri."
        )
    path = child_path((parent.path if parent else "") or "", unit.pk)
    if path == unit.path:
        return
    below = list(Unit.objects.below(unit)) if unit.path else [unit]
    old_length = len(unit.path or "")
    placements = []
    for node in below:
        node.path = path + (node.path or "")[old_length:]
        if node.pk == unit.pk:
            node.parent = parent
        placements.append(
            UnitPlacement(
                unit=node,
                parent_id=node.parent_id,
                path=node.path,
                starts_on=starts_on,
                recorded_at=now,
            )
        )
    Unit.objects.bulk_update(below, ["path", "parent"])
    UnitPlacement.objects.bulk_create(placements, ignore_conflicts=True)
    unit.refresh_from_db(fields=["path", "parent"])
    audit.record(
        "accounts.unit.placed",
        unit,
        by=by,
        now=now,
        parent=parent.pk if parent else None,
        units=len(below),
    )


@transaction.atomic
def rebuild_paths(*, apply: bool) -> list[tuple[int, str | None, str]]:
    """Recompute every path from the parents; return (unit id, stored, computed).

    Only differences are returned; they are written when `apply` is set.
    """
    units = {unit.pk: unit for unit in Unit.objects.all()}
    computed: dict[int, str] = {}

    def path_of(unit: Unit) -> str:
        if unit.pk not in computed:
            above = path_of(units[unit.parent_id]) if unit.parent_id else ""
            computed[unit.pk] = child_path(above, unit.pk)
        return computed[unit.pk]

    differences = [
        (unit.pk, unit.path, path_of(unit))
        for unit in units.values()
        if unit.path != path_of(unit)
    ]
    if apply:
        for pk, _stored, right in differences:
            Unit.objects.filter(pk=pk).update(path=right)
    return differences
