"""The tree of units by hand: add, rename, move, merge, close, open again.

Every verb may be said twice. A unit that is closed keeps its people of before, its
orders and its place; what it was called and since when it is closed is in
`UnitStanding`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import audit, recounts
from accounts.access import UNIT, can
from accounts.actions.units import create_unit, place_unit
from accounts.dates import check_has_begun
from accounts.exceptions import UnitNotChanged
from accounts.models import (
    AuditRecord,
    Unit,
    UnitMembership,
    UnitPlacement,
    UnitStanding,
    User,
)
from accounts.people_import.unit_plans import MOST_LEVELS
from accounts.standings import note_standing
from lib.paths import SEGMENT_LENGTH
from lib.transactions import atomic_with_retry

MANAGE_UNITS = "accounts.manage_units"
_BATCH = 500


@atomic_with_retry
def add_unit(
    *,
    parent_id: int,
    code: str,
    name: str,
    time_zone: str,
    starts_on: date,
    by: User,
    now: datetime,
) -> Unit:
    """Make a unit under another; the same form twice makes it once.

    Raises UnitNotChanged for a code that another unit has and where `parent_id` is not
    `by`'s, closed or too deep; MoveNotDated for a day to come. Locks the parent.
    """
    (parent,) = _locked([parent_id], by)
    _check_open(parent)
    known = Unit.objects.filter(code=code).first()
    if known is not None:
        if known.parent_id == parent.pk and known.name == name:
            return known
        raise UnitNotChanged(
            "code_taken", _("Kode ini sudah dipakai unit lain. Pilih kode lain.")
        )
    _check_depth(parent, levels=1)
    return create_unit(
        code=code,
        name=name,
        parent=parent,
        starts_on=starts_on,
        by=by,
        now=now,
        time_zone=time_zone,
    )


def _locked(unit_ids: Sequence[int], by: User) -> list[Unit]:
    """Lock units by code, and return them in the order in which they were named."""
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=unit_ids)
    units = {unit.pk: unit for unit in rows.order_by("code")}
    if any(not can(by, MANAGE_UNITS, unit, UNIT) for unit in units.values()):
        raise UnitNotChanged(
            "foreign", _("Unit ini di luar unit yang Anda pimpin sebagai admin.")
        )
    return [units[pk] for pk in unit_ids]


def _check_open(unit: Unit) -> None:
    if not unit.is_active:
        raise UnitNotChanged(
            "closed", _("Unit ini sudah ditutup. Buka lagi, atau pilih unit lain.")
        )


def _check_depth(parent: Unit, *, levels: int) -> None:
    above = len(parent.path or "") // SEGMENT_LENGTH
    if above + levels > MOST_LEVELS:
        raise UnitNotChanged(
            "too_deep",
            _("Unit tidak dapat berada lebih dari %(most)d tingkat di bawah puncak.")
            % {"most": MOST_LEVELS},
        )


@atomic_with_retry
def rename_unit(
    *, unit_id: int, name: str, starts_on: date, by: User, now: datetime
) -> bool:
    """From `starts_on` the unit has another name; True when that is new.

    Raises UnitNotChanged for a unit that is not `by`'s and for a day before a change
    that is noted already; MoveNotDated for a day to come. Locks the unit.
    """
    (unit,) = _locked([unit_id], by)
    if unit.name == name:
        return False
    _check_day(unit, starts_on, now)
    note_standing(unit, name=name, starts_on=starts_on, by=by, now=now)
    unit.name = name
    unit.save(update_fields=["name"])
    audit.record("accounts.unit.updated", unit, by=by, now=now, fields=["unit_name"])
    return True


def _check_day(unit: Unit, starts_on: date, now: datetime) -> None:
    check_has_begun(starts_on, now=now)
    if UnitStanding.objects.filter(unit=unit, starts_on__gt=starts_on).exists():
        raise UnitNotChanged("later_change", _later())


def _later() -> str:
    return _(
        "Sudah tercatat perubahan sesudah tanggal itu. Pilih tanggal yang lebih baru."
    )


@atomic_with_retry
def move_unit(
    *, unit_id: int, parent_id: int, starts_on: date, by: User, now: datetime
) -> bool:
    """From `starts_on` the unit and all below it stand under another; True when new.

    Raises UnitNotChanged where one of them is not `by`'s, the new parent is closed, it
    would stand too deep, or a later move is noted; UnitNotMovable under itself;
    MoveNotDated for a day to come. Locks both units.
    """
    unit, parent = _locked([unit_id, parent_id], by)
    if unit.parent_id == parent.pk:
        return False
    _check_open(parent)
    below = Unit.objects.below(unit).values_list("path", flat=True)
    deepest = max(len(path) for path in below) - len(unit.path or "")
    _check_depth(parent, levels=deepest // SEGMENT_LENGTH + 1)
    later = UnitPlacement.objects.filter(unit=unit, starts_on__gt=starts_on)
    if later.exists():
        raise UnitNotChanged("later_change", _later())
    place_unit(unit=unit, parent=parent, starts_on=starts_on, by=by, now=now)
    return True


@atomic_with_retry
def close_unit(
    *,
    unit_id: int,
    successor_id: int | None,
    starts_on: date,
    reason: str,
    people: int,
    by: User,
    now: datetime,
) -> bool:
    """Close a unit; its people and the units below go to its successor. True when new.

    `people` is how many were shown. Roles and orders stay with the closed unit: nobody
    is there whom they touch. Raises UnitNotChanged without a reason, where people or
    open units are left without a successor, where a unit is not `by`'s, the successor
    is closed or below, more or fewer people are there than shown, or somebody moved
    later; MoveNotDated for a day to come. Locks the units, then their people.
    """
    below = Unit.objects.active().filter(parent=unit_id).values_list("pk", flat=True)
    named = [unit_id, *([successor_id] if successor_id else [])]
    units = _locked([*named, *below], by)
    unit, successor = units[0], units[1] if successor_id else None
    if not unit.is_active:
        return False
    if not reason.strip():
        raise UnitNotChanged("no_reason", _("Alasan masih kosong. Tulis dasarnya."))
    if unit.parent_id is None:
        raise UnitNotChanged("top", _("Unit puncak tidak dapat ditutup di sini."))
    _check_day(unit, starts_on, now)
    moving = list(
        User.objects.select_for_update(no_key=True).filter(unit=unit).order_by("nip")
    )
    _check_left(unit, successor, moving, people)
    if successor is not None:
        _check_open(successor)
        _move_units(unit, successor, starts_on=starts_on, by=by, now=now)
        _move_people(moving, unit, successor, starts_on=starts_on, by=by, now=now)
    note_standing(
        unit,
        is_active=False,
        successor=successor,
        reason=reason.strip(),
        starts_on=starts_on,
        by=by,
        now=now,
    )
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    audit.record(
        "accounts.unit.closed",
        unit,
        by=by,
        now=now,
        successor=successor.pk if successor else None,
        people=len(moving),
    )
    return True


def _check_left(
    unit: Unit, successor: Unit | None, moving: Sequence[User], people: int
) -> None:
    """Refuse to leave people or open units behind, and other people than were shown."""
    if len(moving) != people:
        raise UnitNotChanged(
            "changed_since",
            _("Jumlah pegawainya berubah sejak halaman dibuka. Periksa lagi."),
        )
    if successor is not None:
        return
    if moving or unit.children.filter(is_active=True).exists():
        raise UnitNotChanged(
            "not_empty",
            _(
                "Masih ada pegawai atau unit di bawahnya. Pilih unit yang menerima "
                "mereka."
            ),
        )


def _move_units(
    unit: Unit, successor: Unit, *, starts_on: date, by: User, now: datetime
) -> None:
    for child in unit.children.filter(is_active=True).order_by("code"):
        move_unit(
            unit_id=child.pk,
            parent_id=successor.pk,
            starts_on=starts_on,
            by=by,
            now=now,
        )


def _move_people(
    moving: Sequence[User],
    unit: Unit,
    successor: Unit,
    *,
    starts_on: date,
    by: User,
    now: datetime,
) -> None:
    """Write for many what `move_person` writes for one, as the import does."""
    ids = [person.pk for person in moving]
    later = UnitMembership.objects.filter(person__unit=unit, starts_on__gt=starts_on)
    if later.exists():
        raise UnitNotChanged(
            "later_move",
            _(
                "Ada pegawai yang tercatat pindah sesudah tanggal itu. Pilih tanggal "
                "yang lebih baru."
            ),
        )
    UnitMembership.objects.bulk_create(
        [
            UnitMembership(
                person_id=pk, unit=successor, starts_on=starts_on, recorded_at=now
            )
            for pk in ids
        ],
        batch_size=_BATCH,
    )
    for start in range(0, len(ids), _BATCH):
        people = User.objects.filter(pk__in=ids[start : start + _BATCH])
        people.update(unit=successor, time_zone=successor.time_zone)
    recounts.note(((pk, (unit.pk, successor.pk)) for pk in ids), now=now)
    AuditRecord.objects.bulk_create(
        [
            AuditRecord(
                at=now,
                actor_id=by.pk,
                verb="accounts.person.moved",
                object_type=User._meta.label_lower,
                object_id=pk,
                subject_id=pk,
                detail={"before": unit.pk, "after": successor.pk},
            )
            for pk in ids
        ],
        batch_size=_BATCH,
    )


@atomic_with_retry
def reopen_unit(*, unit_id: int, starts_on: date, by: User, now: datetime) -> bool:
    """Open a closed unit again, without the people who left it; True when that is new.

    Raises UnitNotChanged where it is not `by`'s or the unit above is closed, and for a
    day before a change that is noted already. Locks the unit.
    """
    (unit,) = _locked([unit_id], by)
    if unit.is_active:
        return False
    if unit.parent is not None:
        _check_open(unit.parent)
    _check_day(unit, starts_on, now)
    note_standing(unit, is_active=True, starts_on=starts_on, by=by, now=now)
    unit.is_active = True
    unit.save(update_fields=["is_active"])
    audit.record("accounts.unit.reopened", unit, by=by, now=now)
    return True
