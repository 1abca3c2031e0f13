"""What an import would change, found by comparing the sheet with the database.

Nobody's data leave her units: a row about a unit or a person outside the units of
the person who imports is refused with one code and one message, whichever it is and
whatever is stored there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from accounts.access import PERSON, can
from accounts.models import Unit, User
from accounts.models.person import IdentityKind
from accounts.nip import PPPK, is_test_nip
from accounts.people_import import stored
from accounts.people_import.cells import Value
from accounts.people_import.findings import Finding
from accounts.people_import.plan import (
    Change,
    ImportOptions,
    ImportPlan,
    MissingPerson,
    PersonPlan,
    UnitRef,
)
from accounts.people_import.sheet import PeopleSheet, PersonRow
from accounts.people_import.unit_plans import OUTSIDE, UnitPlanner, may_touch


def plan_import(
    sheet: PeopleSheet,
    *,
    options: ImportOptions,
    by: User | None,
    lock: bool = False,
) -> ImportPlan:
    """Say what applying `sheet` would do; changes nothing.

    `by` is the person who imports, and sees and changes her own units only; None is
    the system. Asks the database a constant number of times for every 500 units or
    people. With `lock` the rows it compares with stay locked until the transaction
    ends.
    """
    units = _unit_planner(sheet, options, by, lock=lock)
    unit_plans = units.plan()
    planner = _PeoplePlanner(sheet, options, by, units)
    planner.load(lock=lock)
    people = planner.plan()
    planner.refuse_units()
    return ImportPlan(
        options=options,
        units=unit_plans,
        people=people,
        missing=planner.missing() if options.deactivate_missing else (),
        unchanged=planner.unchanged,
        row_count=sheet.row_count,
        ignored_columns=sheet.ignored_columns,
        findings=tuple(
            sorted(
                (*sheet.findings, *planner.findings),
                key=lambda one: (one.row, one.severity, one.column, one.code),
            )
        ),
    )


def _unit_planner(
    sheet: PeopleSheet, options: ImportOptions, by: User | None, *, lock: bool
) -> UnitPlanner:
    named = {row.code: row for row in sheet.units}
    codes = {code for row in sheet.units for code in (row.code, row.parent_code)}
    units = stored.units_by_code(codes - {""}, lock=lock)
    placements = stored.placements_since(
        (unit.pk for code, unit in units.items() if code in named), options.starts_on
    )
    return UnitPlanner(named, units, by, options.starts_on, placements)


@dataclass(slots=True)
class _PeoplePlanner:
    """Compares the rows about people with what is stored about them."""

    sheet: PeopleSheet
    options: ImportOptions
    by: User | None
    units: UnitPlanner
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)
    former: dict[str, User] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    readdressed: frozenset[int] = frozenset()
    memberships: Mapping[int, list[tuple[date, int]]] = field(default_factory=dict)

    def load(self, *, lock: bool) -> None:
        """Fetch everything that the rows are compared with."""
        rows = self.sheet.people
        self.people = stored.people_by_nip((row.nip for row in rows), lock=lock)
        homes = stored.units_of_people(self.people.values())
        for person in self.people.values():
            person.unit = homes.get(person.unit_id or 0)
        self.former = stored.former_carriers(
            row.nip for row in rows if row.nip not in self.people
        )
        self.owners = stored.owners_of_emails(
            str(row.values["email"]) for row in rows if row.values.get("email")
        )
        self.readdressed = frozenset(
            self.people[row.nip].pk
            for row in rows
            if row.nip in self.people
            and "email" in row.values
            and row.values["email"] != self.people[row.nip].email
        )
        self.memberships = stored.memberships_since(
            (
                self.people[row.nip].pk
                for row in rows
                if row.nip in self.people and self._moves(row)
            ),
            self.options.starts_on,
        )

    def plan(self) -> tuple[PersonPlan, ...]:
        """Return who is taken in or changed; count who stays as she is."""
        plans = []
        for row in self.sheet.people:
            person = self.people.get(row.nip)
            problem = self._problem(row, person)
            if problem:
                self.findings.append(Finding(row.row, *problem))
                continue
            plan = self._new(row) if person is None else self._changed(row, person)
            if plan:
                plans.append(plan)
            else:
                self.unchanged += 1
        return tuple(plans)

    def refuse_units(self) -> None:
        """Report refused units at the row that names them first, once a row."""
        told = {finding.row for finding in self.findings}
        for code, refusal in self.units.refusals.items():
            row = self.units.rows[code].row
            if row not in told:
                self.findings.append(
                    Finding(row, refusal.column, refusal.code, refusal.message)
                )

    def missing(self) -> tuple[MissingPerson, ...]:
        """Return who belongs to the named units or below and is not in the file.

        Never the person who imports. People with a role only when she may give and
        take roles: nobody, and no nightly job, locks an admin out by an omission.
        """
        named = [
            unit
            for code, unit in self.units.stored.items()
            if code in self.units.rows and code not in self.units.refusals
        ]
        known = {person.pk for person in self.people.values()}
        return tuple(
            MissingPerson(
                person_id=person.pk,
                nip=person.nip or "",
                name=person.full_name,
                unit=_ref(unit),
                unit_id=unit.pk,
            )
            for person, unit in stored.people_below(named, by=self.by)
            if person.pk not in known
            and person != self.by
            and (not person.has_role or self._manages_roles_of(person))
        )

    def _problem(
        self, row: PersonRow, person: User | None
    ) -> tuple[str, str, str] | None:
        """Return the column, code and message that refuse this row."""
        refusal = self.units.refusals.get(row.unit_code)
        if refusal:
            return refusal.column, refusal.code, refusal.message
        if person is None:
            return self._problem_of_new(row) or self._problem_of_email(row, None)
        if not may_touch(person.unit, by=self.by):
            return ("nip", *OUTSIDE)
        return (
            self._problem_of_email(row, person)
            or self._problem_of_role(row, person)
            or self._problem_of_move(row, person)
        )

    def _problem_of_new(self, row: PersonRow) -> tuple[str, str, str] | None:
        former = self.former.get(row.nip)
        if former and not may_touch(former.unit, by=self.by):
            return ("nip", *OUTSIDE)
        if former:
            return (
                "nip",
                "NIP_LAMA",
                "NIP ini nomor lama pegawai yang sudah punya akun. Pakai NIP barunya.",
            )
        if is_test_nip(row.nip) and not settings.ELEARNING_ALLOW_TEST_NIP:
            return (
                "nip",
                "NIP_UJI",
                "NIP ini nomor uji (urut 900–999). Pakai NIP asli dari SK atau MyASN, "
                "atau hapus barisnya bila ini contoh dari templat.",
            )
        return None

    def _problem_of_email(
        self, row: PersonRow, person: User | None
    ) -> tuple[str, str, str] | None:
        owner = self.owners.get(str(row.values.get("email") or ""))
        if owner is None or owner in self.readdressed:
            return None
        if person is not None and person.pk == owner:
            return None
        return (
            "email_dinas",
            "SUREL_DIPAKAI",
            "Surel ini sudah dipakai akun lain. Periksa alamatnya, atau kosongkan.",
        )

    def _problem_of_role(
        self, row: PersonRow, person: User
    ) -> tuple[str, str, str] | None:
        """Keep the way in of people with a role out of the hands of HR.

        Whoever could change such a person's address could take over her account by
        way of "Lupa kata sandi".
        """
        switches = row.is_active is not None and row.is_active != person.is_active
        if switches and person == self.by:
            return (
                "aktif",
                "AKUN_SENDIRI",
                "Anda tidak dapat menonaktifkan akun sendiri. Isi kolom ini dengan ya.",
            )
        if self.by is None or not person.has_role or self._manages_roles_of(person):
            return None
        takes_address = person.pk in self.readdressed
        if not switches and not takes_address:
            return None
        return (
            "aktif" if switches else "email_dinas",
            "PEMEGANG_PERAN",
            "Pegawai ini memegang peran di sistem. Surel dan status aktifnya hanya "
            "dapat diubah admin sistem. Samakan dengan data semula.",
        )

    def _manages_roles_of(self, person: User) -> bool:
        return self.by is not None and can(
            self.by, "accounts.manage_roles", person, PERSON
        )

    def _problem_of_move(
        self, row: PersonRow, person: User
    ) -> tuple[str, str, str] | None:
        """Refuse a move that the dated memberships could not tell afterwards."""
        since = self.memberships.get(person.pk, ())
        if not since or not self._moves(row):
            return None
        if not any(start > self.options.starts_on for start, _unit in since):
            return None
        message = (
            "Pegawai ini sudah tercatat pindah sesudah tanggal berlaku yang "
            "dipilih. Pilih tanggal yang lebih baru."
        )
        return "unit_kode", "TANGGAL_PINDAH", message

    def _moves(self, row: PersonRow) -> bool:
        home = self.people[row.nip].unit
        return home is None or home.code != row.unit_code

    def _new(self, row: PersonRow) -> PersonPlan:
        return PersonPlan(
            row=row.row,
            person_id=None,
            nip=row.nip,
            name=_full_name(row.values),
            kind=IdentityKind.NI_PPPK if row.kind == PPPK else IdentityKind.NIP,
            changes=tuple(
                Change(name, None, value) for name, value in row.values.items() if value
            ),
            unit=self.units.ref(row.unit_code),
            unit_before=None,
            moves=False,
            becomes_active=False if row.is_active is False else None,
            reason=row.reason,
        )

    def _changed(self, row: PersonRow, person: User) -> PersonPlan | None:
        changes = tuple(
            Change(name, getattr(person, name), value)
            for name, value in row.values.items()
            if getattr(person, name) != value
        )
        moves = self._moves(row)
        switches = row.is_active is not None and row.is_active != person.is_active
        if not changes and not moves and not switches:
            return None
        return PersonPlan(
            row=row.row,
            person_id=person.pk,
            nip=row.nip,
            name=person.full_name,
            kind=person.identity_kind,
            changes=changes,
            unit=self.units.ref(row.unit_code),
            unit_before=_ref(person.unit) if moves and person.unit else None,
            moves=moves,
            becomes_active=row.is_active if switches else None,
            reason=row.reason,
        )


def _ref(unit: Unit) -> UnitRef:
    return UnitRef(unit.code, unit.name)


def _full_name(values: Mapping[str, Value]) -> str:
    parts = ("name", "title_prefix", "title_suffix")
    return User(**{part: values.get(part) or "" for part in parts}).full_name
