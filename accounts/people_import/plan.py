"""What an import would change, as plain data, and the digest that names it.

The digest stands for everything the person saw before she confirmed: options,
changes and refusals. A plan made later that gives the same digest would do the same.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from accounts.people_import.cells import Value
from accounts.people_import.columns import CLEARABLE
from accounts.people_import.findings import Finding


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """From which day moves count, and what absence from the file means.

    `deactivate_missing`: a person who is not there has left. `cleared` names the
    columns whose empty cells empty the field; in all others they say nothing.
    """

    starts_on: date
    deactivate_missing: bool = False
    cleared: frozenset[str] = frozenset()

    @property
    def cleared_fields(self) -> frozenset[str]:
        """The fields of a person that an empty cell empties."""
        return frozenset(CLEARABLE[title].field for title in self.cleared)


@dataclass(frozen=True, slots=True)
class Change:
    """A field and its two values; `field` as in the database."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit by its code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit that is made (`unit_id` None), changed, or moved.

    `parent` is where it shall stand and is None for a unit that stays or is made at
    the top; `parent_before` is where it stands today, None when it is new or at the
    top. `level` is how many units are above it; `similar` are other units that a new or
    renamed one may be by mistake. `goes_back`: it has stood under `parent` before.
    """

    row: int
    unit_id: int | None
    unit: UnitRef
    agency_name: str
    time_zone: str
    parent: UnitRef | None
    parent_before: UnitRef | None
    changes: tuple[Change, ...]
    level: int
    similar: tuple[UnitRef, ...] = ()
    goes_back: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the unit does not exist yet."""
        return self.unit_id is None

    @property
    def is_moved(self) -> bool:
        """Whether the unit exists and gets another parent."""
        return self.unit_id is not None and self.parent is not None


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A person who is taken in (`person_id` None) or changed.

    `changes` holds the fields that differ, or all that are known of a new person.
    `unit_before` is None where she had no unit or does not move; `becomes_active`
    None unless it changes. `is_renamed`: the new name has no word of the old one.
    `goes_back`: she goes to a unit where she was before, or to a lower golongan.
    `takes_address`: her e-mail address is somebody else's today.
    `nip_before` is the number that she gives up for `nip` and `kind`, "" where it
    stays; `former_nips` are numbers to be remembered as carried before.
    """

    row: int
    person_id: int | None
    nip: str
    name: str
    kind: str
    changes: tuple[Change, ...]
    unit: UnitRef
    unit_before: UnitRef | None
    moves: bool
    becomes_active: bool | None
    reason: str
    is_renamed: bool = False
    goes_back: bool = False
    takes_address: bool = False
    nip_before: str = ""
    former_nips: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the person has no account yet."""
        return self.person_id is None

    @property
    def values(self) -> dict[str, Value]:
        """The new values by field."""
        return {change.field: change.new for change in self.changes}


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """Somebody of these units whom the file does not name."""

    person_id: int
    nip: str
    name: str
    unit: UnitRef
    unit_id: int


@dataclass(frozen=True, slots=True)
class EmptiedUnit:
    """A unit that has active people today and would have none; `people` are they."""

    unit: UnitRef
    people: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Active people whom the person who imports could reach, and whom the file leaves.

    `total` are all of them; `untouched` those who belong below the units of the file
    to units that it does not name, and are left alone when absence means leaving.
    """

    total: int = 0
    untouched: int = 0


@dataclass(frozen=True)
class ImportPlan:
    """Everything an import would do; `findings` of both severities, by row.

    A person may be changed, moved and (de)activated at once; she is counted in each.
    `kept` says by field of how many people an empty cell left the value as it is;
    `notes` what of the `sheet` was left out or is hidden.
    """

    options: ImportOptions
    units: tuple[UnitPlan, ...]
    people: tuple[PersonPlan, ...]
    missing: tuple[MissingPerson, ...]
    unchanged: int
    row_count: int
    ignored_columns: tuple[str, ...]
    findings: tuple[Finding, ...]
    kept: Mapping[str, int]
    scope: Scope
    emptied: tuple[EmptiedUnit, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse a row."""
        return tuple(one for one in self.findings if one.severity == "error")

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that only ask for a second look."""
        return tuple(one for one in self.findings if one.severity == "warning")

    @cached_property
    def refused_rows(self) -> int:
        """How many rows are refused."""
        return len({finding.row for finding in self.errors})

    @cached_property
    def new_people(self) -> tuple[PersonPlan, ...]:
        """People who get an account."""
        return tuple(one for one in self.people if one.is_new)

    @cached_property
    def changed_people(self) -> tuple[PersonPlan, ...]:
        """People whose data change."""
        return tuple(one for one in self.people if not one.is_new and one.changes)

    @cached_property
    def moved_people(self) -> tuple[PersonPlan, ...]:
        """People who go to another unit."""
        return tuple(one for one in self.people if one.moves)

    @cached_property
    def switched_people(self) -> tuple[PersonPlan, ...]:
        """People who may sign in again, or no longer."""
        return tuple(
            one
            for one in self.people
            if one.becomes_active is not None and not one.is_new
        )

    @cached_property
    def similar_units(self) -> tuple[UnitPlan, ...]:
        """Units that may come about by a slip in a code or a name."""
        return tuple(unit for unit in self.units if unit.similar)

    @cached_property
    def returning_units(self) -> tuple[UnitPlan, ...]:
        """Units that go back to where they stood, as in a sheet of last year."""
        return tuple(unit for unit in self.units if unit.goes_back)

    @cached_property
    def renamed_people(self) -> tuple[PersonPlan, ...]:
        """People who would be called quite otherwise, as in a sheet half sorted."""
        return tuple(one for one in self.people if one.is_renamed)

    @cached_property
    def readdressed_people(self) -> tuple[PersonPlan, ...]:
        """People who get the address, and with it the way in, of somebody else."""
        return tuple(one for one in self.people if one.takes_address)

    @cached_property
    def renumbered_people(self) -> tuple[PersonPlan, ...]:
        """People who are known by another number from now on."""
        return tuple(one for one in self.people if one.nip_before)

    @cached_property
    def remembered_people(self) -> tuple[PersonPlan, ...]:
        """People of whom a number of before is remembered from now on."""
        return tuple(one for one in self.people if one.former_nips)

    @cached_property
    def returning_people(self) -> tuple[PersonPlan, ...]:
        """People of whom the file says what held once, as a sheet of last year does."""
        return tuple(
            one
            for one in self.people
            if one.goes_back or (one.becomes_active is True and not one.is_new)
        )

    @cached_property
    def confirmations(self) -> Mapping[str, int]:
        """What is confirmed by its number and not by the button alone."""
        return {
            "people_deactivated": self.counts["people_deactivated"],
            "units_emptied": len(self.emptied),
            "units_similar": len(self.similar_units),
            "units_returning": len(self.returning_units),
            "people_renumbered": len(self.renumbered_people),
            "people_renamed": len(self.renamed_people),
            "people_readdressed": len(self.readdressed_people),
            "people_returning": len(self.returning_people),
        }

    @property
    def number_to_confirm(self) -> int:
        """The sum of `confirmations`, which is to be typed; 0 where none is asked."""
        return sum(self.confirmations.values())

    @property
    def is_empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not (self.units or self.people or self.missing)

    @property
    def is_applicable(self) -> bool:
        """Whether it may be applied: no row refused, and something to do."""
        return not self.errors and not self.is_empty

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The figures for people, the audit trail and the command."""
        return {
            "people_new": len(self.new_people),
            "people_changed": len(self.changed_people),
            "people_moved": len(self.moved_people),
            "people_renumbered": len(self.renumbered_people),
            "people_activated": sum(
                one.becomes_active is True for one in self.switched_people
            ),
            "people_deactivated": sum(
                one.becomes_active is False for one in self.switched_people
            )
            + len(self.missing),
            "people_unchanged": self.unchanged,
            "units_new": sum(unit.is_new for unit in self.units),
            "units_changed": sum(bool(unit.changes) for unit in self.units),
            "units_moved": sum(unit.is_moved for unit in self.units),
            "rows_refused": self.refused_rows,
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything above, in a form that is the same on every run."""
        lines = [
            [self.options.starts_on, self.options.deactivate_missing, self.unchanged],
            sorted(self.options.cleared),
            *(_unit_line(unit) for unit in self.units),
            *(_person_line(person) for person in self.people),
            *([gone.person_id, gone.unit_id] for gone in self.missing),
            *([one.unit.code, one.people] for one in self.emptied),
            *([one.row, one.column, one.code, one.severity] for one in self.findings),
        ]
        canonical = json.dumps(lines, default=str, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def unit_digest(unit: UnitPlan) -> str:
    """Name what is done to one unit; which other units it is like does not matter."""
    return _named(_unit_line(replace(unit, similar=())))


def person_digest(person: PersonPlan) -> str:
    """Name what one row does to a person."""
    return _named(_person_line(person))


def _named(line: list[object]) -> str:
    canonical = json.dumps(line, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _unit_line(unit: UnitPlan) -> list[object]:
    return [
        *(unit.unit_id, unit.unit.code, unit.unit.name, unit.agency_name),
        *(unit.time_zone, unit.parent and unit.parent.code),
        *(unit.parent_before and unit.parent_before.code, _pairs(unit.changes)),
        *([similar.code for similar in unit.similar], unit.goes_back),
    ]


def _person_line(person: PersonPlan) -> list[object]:
    return [
        *(person.person_id, person.nip, person.kind, _pairs(person.changes)),
        *(person.unit.code, person.unit_before and person.unit_before.code),
        person.moves,
        *(person.becomes_active, person.reason),
        *(person.is_renamed, person.goes_back, person.takes_address),
        *(person.nip_before, person.former_nips),
    ]


def _pairs(changes: tuple[Change, ...]) -> list[list[Value]]:
    return [[change.field, change.old, change.new] for change in changes]
