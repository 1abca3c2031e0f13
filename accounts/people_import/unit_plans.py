"""What the sheet would do to the tree of units, and which units it may not touch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from accounts.access import UNIT, can
from accounts.models import Unit, User
from accounts.people_import import stored
from accounts.people_import.likeness import KnownUnit, KnownUnits
from accounts.people_import.plan import Change, UnitPlan, UnitRef
from accounts.people_import.sheet import UnitRow
from accounts.people_import.stored import CAPABILITY

OUTSIDE = (
    "DI_LUAR_UNIT",
    "Baris ini menyangkut unit atau pegawai di luar unit yang Anda kelola. "
    "Hapus baris ini, atau minta pengelola unit itu.",
)
# Six characters a level in a path of at most 120.
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a unit cannot be used: the column to repair, code, message."""

    column: str
    code: str
    message: str


def may_touch(unit: Unit | None, *, by: User | None) -> bool:
    """Say whether `by` may import into this unit; None, the system, may everywhere."""
    if by is None:
        return True
    return unit is not None and can(by, CAPABILITY, unit, UNIT)


@dataclass(slots=True)
class UnitPlanner:
    """Plans for all units of one sheet.

    `rows` are the units as the sheet names them, `stored` those the database knows
    of them and all above, `placements` where they have stood so far. After `plan`,
    `refusals` says by code which units no row may use.
    """

    rows: Mapping[str, UnitRow]
    stored: Mapping[str, Unit]
    by: User | None
    starts_on: date
    placements: Mapping[int, list[tuple[date, int | None]]]
    refusals: dict[str, Refusal] = field(default_factory=dict)
    _levels: dict[str, int] = field(default_factory=dict)

    def plan(self) -> tuple[UnitPlan, ...]:
        """Return what changes, parents before their children."""
        for code, row in self.rows.items():
            refusal = self._refusal(row)
            if refusal:
                self.refusals[code] = refusal
        for code in self.rows:
            if code not in self.refusals:
                self._inherit_refusal(code)
        plans = (
            self._plan(row)
            for code, row in self.rows.items()
            if code not in self.refusals
        )
        return tuple(
            sorted((plan for plan in plans if plan), key=lambda plan: plan.level)
        )

    def ref(self, code: str) -> UnitRef:
        """Return the unit by code, with the name it will have."""
        row, unit = self.rows.get(code), self.stored.get(code)
        return UnitRef(code, (row and row.name) or (unit.name if unit else code))

    def _refusal(self, row: UnitRow) -> Refusal | None:
        unit = self.stored.get(row.code)
        if unit is None:
            problem = self._problem_of_new(row)
        elif not may_touch(unit, by=self.by):
            problem = Refusal("unit_kode", *OUTSIDE)
        elif not unit.is_active:
            problem = Refusal(
                "unit_kode",
                "UNIT_TIDAK_AKTIF",
                "Unit ini sudah tidak aktif. Pakai kode unit penggantinya.",
            )
        else:
            problem = None
        if problem is None and self._new_parent(row):
            problem = self._problem_of_parent(row.parent_code) or self._problem_of_date(
                unit
            )
        return problem or self._problem_of_place(row.code)

    def _problem_of_new(self, row: UnitRow) -> Refusal | None:
        if not row.name:
            return Refusal(
                "unit_nama",
                "UNIT_TANPA_NAMA",
                "Unit dengan kode ini belum ada. Isi namanya, atau periksa kodenya.",
            )
        if not row.parent_code and self.by is not None:
            return Refusal(
                "unit_induk_kode",
                "UNIT_TANPA_INDUK",
                "Unit ini belum ada. Isi kode unit induknya, atau periksa kodenya.",
            )
        return None

    def _new_parent(self, row: UnitRow) -> str:
        """Return the code of the parent the unit shall get, "" when it stays."""
        unit = self.stored.get(row.code)
        stands_under = unit.parent.code if unit and unit.parent else ""
        return row.parent_code if row.parent_code != stands_under else ""

    def _problem_of_parent(self, code: str) -> Refusal | None:
        parent = self.stored.get(code)
        if parent is None:
            if code in self.rows:
                return None
            return Refusal(
                "unit_induk_kode",
                "UNIT_INDUK_TIDAK_DIKENAL",
                "Kode unit induk ini belum ada. Periksa kodenya, atau tambahkan "
                "baris untuk unit itu.",
            )
        if not may_touch(parent, by=self.by):
            return Refusal("unit_induk_kode", *OUTSIDE)
        if not parent.is_active:
            return Refusal(
                "unit_induk_kode",
                "UNIT_TIDAK_AKTIF",
                "Unit induk ini sudah tidak aktif. Pakai kode unit penggantinya.",
            )
        return None

    def _problem_of_date(self, unit: Unit | None) -> Refusal | None:
        """Refuse a move that the dated placements could not tell afterwards."""
        for start, _parent in self.placements.get(unit.pk, ()) if unit else ():
            if start > self.starts_on:
                return Refusal(
                    "unit_induk_kode",
                    "TANGGAL_PINDAH",
                    "Unit ini sudah tercatat pindah sesudah tanggal berlaku "
                    "yang dipilih. Pilih tanggal yang lebih baru, atau minta operator "
                    "membetulkan tanggal yang tercatat.",
                )
        return None

    def _problem_of_place(self, code: str) -> Refusal | None:
        """Refuse a unit that would stand under itself, or too deep."""
        level = self._level(code)
        if level is None:
            return Refusal(
                "unit_induk_kode",
                "UNIT_MELINGKAR",
                "Dengan induk ini, unit berada di bawah dirinya sendiri. "
                "Perbaiki kode unit induknya.",
            )
        if level >= MOST_LEVELS:
            return Refusal(
                "unit_induk_kode",
                "UNIT_TERLALU_DALAM",
                f"Unit ini berada lebih dari {MOST_LEVELS} tingkat di bawah puncak. "
                "Perbaiki kode unit induknya.",
            )
        return None

    def _level(self, code: str) -> int | None:
        """Return how many units will be above this one; None when it loops."""
        walked: list[str] = []
        at = code
        while at and at not in self._levels:
            if at in walked:
                return None
            walked.append(at)
            at = self._parent_code(at)
        level = self._levels[at] + 1 if at else 0
        for step in reversed(walked):
            self._levels[step] = level
            level += 1
        return self._levels[code]

    def _parent_code(self, code: str) -> str:
        row = self.rows.get(code)
        if row and row.parent_code:
            return row.parent_code
        unit = self.stored.get(code)
        return unit.parent.code if unit and unit.parent else ""

    def _inherit_refusal(self, code: str) -> None:
        """A new unit under a refused one cannot be made either."""
        if code in self.stored:
            return
        parent = self.rows[code].parent_code
        refusal = self.refusals.get(parent)
        if refusal is None and parent in self.rows:
            self._inherit_refusal(parent)
            refusal = self.refusals.get(parent)
        if refusal:
            self.refusals[code] = Refusal(
                "unit_induk_kode", refusal.code, refusal.message
            )

    def _plan(self, row: UnitRow) -> UnitPlan | None:
        unit = self.stored.get(row.code)
        parent_code = self._new_parent(row)
        changes = _changes(row, unit) if unit else ()
        if unit and not changes and not parent_code:
            return None
        return UnitPlan(
            row=row.row,
            unit_id=unit.pk if unit else None,
            unit=self.ref(row.code),
            agency_name=row.agency_name,
            time_zone=row.time_zone,
            parent=self.ref(parent_code) if parent_code else None,
            parent_before=(unit_ref(unit.parent) if unit and unit.parent else None),
            changes=changes,
            level=self._levels[row.code],
            goes_back=unit is not None and self._was_there(unit, parent_code),
        )

    def _was_there(self, unit: Unit, parent_code: str) -> bool:
        """Say whether the unit has stood under this parent before."""
        parent = self.stored.get(parent_code)
        known = self.placements.get(unit.pk, ())
        return parent is not None and any(above == parent.pk for _day, above in known)


def unit_ref(unit: Unit) -> UnitRef:
    """Return a stored unit by its code and its name."""
    return UnitRef(unit.code, unit.name)


def with_similar(
    plans: tuple[UnitPlan, ...], *, by: User | None
) -> tuple[UnitPlan, ...]:
    """Return the plans, new and renamed units with those they may be by mistake.

    They are compared with what `by` may import into, so that nothing is told of other
    units, and by their codes with each other.
    """
    if not any(_is_named_anew(plan) for plan in plans):
        return plans
    known, new = KnownUnits(), KnownUnits()
    for unit in stored.known_units(by=by):
        known.add(unit)
    found = []
    for plan in plans:
        unit = KnownUnit(plan.unit.code, plan.unit.name, _parent_of(plan))
        alike = {}
        if _is_named_anew(plan):
            alike = {one.code: one for one in known.like(unit)}
        if plan.is_new:
            alike |= {one.code: one for one in new.like_code(unit)}
            new.add(unit)
        similar = tuple(UnitRef(one.code, one.name) for one in alike.values())
        found.append(replace(plan, similar=similar))
    return tuple(found)


def _is_named_anew(plan: UnitPlan) -> bool:
    return plan.is_new or any(change.field == "unit_name" for change in plan.changes)


def _parent_of(plan: UnitPlan) -> str:
    parent = plan.parent or plan.parent_before
    return parent.code if parent else ""


def _changes(row: UnitRow, unit: Unit) -> tuple[Change, ...]:
    said = (
        ("unit_name", unit.name, row.name),
        ("time_zone", unit.time_zone, row.time_zone),
    )
    return tuple(
        Change(field, old, new) for field, old, new in said if new and new != old
    )
