"""What an import would change, found by comparing the sheet with the database.

Nobody's data leave her units: a row about a unit or a person outside the units of
the person who imports is refused with one code and one message, whichever it is and
whatever is stored there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from accounts.models import Unit, User
from accounts.models.person import IdentityKind
from accounts.nip import PPPK, birth_digits, is_test_nip
from accounts.people_import import stored
from accounts.people_import.cells import Value
from accounts.people_import.columns import GOLONGAN_PNS, GOLONGAN_PPPK
from accounts.people_import.findings import Finding
from accounts.people_import.likeness import is_other_name, may_be_one_name
from accounts.people_import.plan import (
    Change,
    EmptiedUnit,
    ImportOptions,
    ImportPlan,
    MissingPerson,
    PersonPlan,
    Scope,
    UnitRef,
)
from accounts.people_import.sheet import PeopleSheet, PersonRow
from accounts.people_import.unit_plans import (
    OUTSIDE,
    UnitPlanner,
    may_touch,
    with_similar,
)
from accounts.role_rules import manages_roles_of, with_managed_roles

_IF_SAME = "Bila orangnya sama dan NIP-nya berganti, isi nip_lama dengan nomor lamanya."
_UNKNOWN_NUMBER = (
    "nip_lama",
    "NIP_LAMA_BARU",
    "NIP lama ini belum dikenal, jadi baris ini menjadi pegawai baru. Periksa nomornya "
    "bila ia sudah punya akun.",
)


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
    missing = planner.missing() if options.deactivate_missing else ()
    return ImportPlan(
        options=options,
        units=with_similar(unit_plans, by=by),
        people=people,
        missing=missing,
        unchanged=planner.unchanged,
        row_count=sheet.row_count,
        ignored_columns=sheet.ignored_columns,
        kept=planner.kept,
        scope=planner.scope(),
        emptied=planner.emptied(people, missing),
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
    placements = stored.placements_of(
        unit.pk for code, unit in units.items() if code in named
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
    kept: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)
    carriers: Mapping[str, User] = field(default_factory=dict)
    corrected: Set[tuple[str, int]] = frozenset()
    born_on: Mapping[str, set[str]] = field(default_factory=dict)
    claimed: dict[int, int] = field(default_factory=dict)
    taken_in: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    readdressed: frozenset[int] = frozenset()
    present: Sequence[tuple[User, Unit]] = ()
    memberships: Mapping[int, list[tuple[date, int]]] = field(default_factory=dict)

    def load(self, *, lock: bool) -> None:
        """Fetch everything that the rows are compared with."""
        rows = self.sheet.people
        self._find_people(lock=lock)
        homes = stored.units_of_people(self.people.values())
        for person in self.people.values():
            person.unit = homes.get(person.unit_id or 0)
        self.born_on = stored.born_on(
            birth_digits(row.nip) for row in rows if row.nip not in self.people
        )
        self.owners = stored.owners_of_emails(
            str(row.values["email"]) for row in rows if row.values.get("email")
        )
        self.readdressed = frozenset(
            self.people[row.nip].pk
            for row in rows
            if row.nip in self.people
            and self._said(row).get("email", self.people[row.nip].email)
            != self.people[row.nip].email
        )
        self.memberships = stored.memberships_of(
            self.people[row.nip].pk
            for row in rows
            if row.nip in self.people and self._moves(row)
        )
        if self.options.deactivate_missing:
            self.present = stored.people_in(self._named(), by=self.by)

    def _find_people(self, *, lock: bool) -> None:
        """Find of whom each row speaks: by its number, or by the one before.

        Numbers are never reused, so that who carried one is known before the lock.
        """
        rows = self.sheet.people
        numbers = {number for row in rows for number in (row.nip, row.old_nip)} - {""}
        self.carriers = stored.carriers(numbers)
        self.corrected = stored.corrected(row.nip for row in self.sheet.people)
        today = {person.nip for person in self.carriers.values() if person.nip}
        found = stored.people_by_nip(numbers | today, lock=lock)
        for row in rows:
            before = self.carriers.get(row.old_nip)
            person = found.get(row.nip) or found.get(row.old_nip)
            if person is None and before is not None:
                person = found.get(before.nip or "")
            if person is not None:
                self.people[row.nip] = person

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
        """Return who belongs to the units of the file and is not in it.

        Only to units that a row names: a file about a part of the tree says nothing
        of the units below and beside it. Never the person who imports. People with a
        role only when she may give and take roles: nobody, and no nightly job, locks
        an admin out by an omission.
        """
        known = {person.pk for person in self.people.values()}
        holders = [person for person, _unit in self.present if person.has_role]
        managed = with_managed_roles(self.by, holders) if self.by else set()
        return tuple(
            MissingPerson(
                person_id=person.pk,
                nip=person.nip or "",
                name=person.full_name,
                unit=_ref(unit),
                unit_id=unit.pk,
            )
            for person, unit in self.present
            if person.pk not in known
            and person != self.by
            and (not person.has_role or person.pk in managed)
        )

    def scope(self) -> Scope:
        """Return how many people could be reached, and how many are left alone."""
        untouched = 0
        if self.options.deactivate_missing:
            below = stored.count_below(self._named(), by=self.by)
            untouched = below - len(self.present)
        return Scope(stored.count_people(by=self.by), untouched)

    def emptied(
        self, plans: Iterable[PersonPlan], missing: Iterable[MissingPerson]
    ) -> tuple[EmptiedUnit, ...]:
        """Return the units of several people that all leave, by moving or by ending.

        Where one person is the whole unit, her move empties it every day.
        """
        units = {one.unit.pk: one.unit for one in self.people.values() if one.unit}
        units |= {unit.pk: unit for _person, unit in self.present}
        by_id = {person.pk: person for person in self.people.values()}
        left = Counter(gone.unit_id for gone in missing)
        come: Counter[str] = Counter()
        for plan in plans:
            person = by_id.get(plan.person_id or 0)
            is_active = person is None or person.is_active
            stays = is_active if plan.becomes_active is None else plan.becomes_active
            if person and person.unit_id and person.is_active:
                left[person.unit_id] += plan.moves or not stays
            if stays and (plan.moves or not (person and person.is_active)):
                come[plan.unit.code] += 1
        gone = {pk: number for pk, number in left.items() if number > 1}
        people = stored.people_per_unit(gone)
        return tuple(
            EmptiedUnit(_ref(units[pk]), people.get(pk, 0))
            for pk, number in sorted(gone.items())
            if people.get(pk, 0) <= number and not come[units[pk].code]
        )

    def _named(self) -> list[Unit]:
        """Return the stored units that a row names and may use."""
        return [
            unit
            for code, unit in self.units.stored.items()
            if code in self.units.rows and code not in self.units.refusals
        ]

    def _problem(
        self, row: PersonRow, person: User | None
    ) -> tuple[str, str, str] | None:
        """Return the column, code and message that refuse this row."""
        refusal = self.units.refusals.get(row.unit_code)
        if refusal:
            return refusal.column, refusal.code, refusal.message
        if person is None:
            return (
                self._problem_of_new(row)
                or self._problem_of_email(row, None)
                or self._question(row)
            )
        if not may_touch(person.unit, by=self.by):
            return ("nip", *OUTSIDE)
        return (
            self._problem_of_number(row, person)
            or self._problem_of_email(row, person)
            or self._problem_of_role(row, person)
            or self._problem_of_move(row, person)
        )

    def _problem_of_new(self, row: PersonRow) -> tuple[str, str, str] | None:
        return self._problem_of_former(row) or _problem_of_test(row)

    def _problem_of_former(self, row: PersonRow) -> tuple[str, str, str] | None:
        """Refuse a number that somebody carried and has given up."""
        former = self.carriers.get(row.nip)
        if former is None:
            return None
        if not may_touch(former.unit, by=self.by):
            return ("nip", *OUTSIDE)
        return (
            "nip",
            "NIP_LAMA",
            "NIP ini nomor lama pegawai yang sudah punya akun. Pakai NIP barunya, atau "
            "betulkan di halaman Pembetulan bila nomor baru itu keliru.",
        )

    def _problem_of_corrected(
        self, row: PersonRow, person: User
    ) -> tuple[str, str, str] | None:
        """Refuse a sheet of before that would bring back a corrected slip."""
        if (row.nip, person.pk) not in self.corrected:
            return None
        return (
            "nip",
            "NIP_DIBETULKAN",
            "NIP ini pernah keliru dicatat untuk pegawai ini dan sudah dibetulkan. "
            "Pakai nomornya yang benar.",
        )

    def _problem_of_number(
        self, row: PersonRow, person: User
    ) -> tuple[str, str, str] | None:
        """Refuse two rows or two accounts for one person, and one row for two."""
        first = self.claimed.setdefault(person.pk, row.row)
        if first != row.row:
            return (
                "nip_lama",
                "NIP_GANDA",
                f"Baris {first} menyebut pegawai yang sama dengan nomor lain. Satu "
                "pegawai cukup satu baris.",
            )
        before = self.carriers.get(row.old_nip)
        if before is not None and before.pk != person.pk:
            if not may_touch(before.unit, by=self.by):
                return ("nip_lama", *OUTSIDE)
            return (
                "nip_lama",
                "NIP_DUA_AKUN",
                "NIP dan NIP lama di baris ini milik dua akun. Periksa keduanya pada "
                "SK; bila memang satu orang, kosongkan NIP lama dan nonaktifkan akun "
                "yang tidak dipakai.",
            )
        if person.nip == row.nip:
            return None
        return (
            self._problem_of_former(row)
            or self._problem_of_corrected(row, person)
            or _problem_of_test(row)
            or _problem_of_stranger(row, person)
        )

    def _question(self, row: PersonRow) -> tuple[str, str, str] | None:
        """Ask whether somebody new is somebody known whose number has changed.

        The answer stands in the file: the former number, or that there is none. The
        question is the same wherever the other person belongs.
        """
        name, birth = str(row.values["name"]), birth_digits(row.nip)
        others = self.taken_in.setdefault(birth, [])
        rows = [at for other, at in others if may_be_one_name(name, other)]
        others.append((name, row.row))
        is_known = any(may_be_one_name(name, o) for o in self.born_on.get(birth, ()))
        if row.is_somebody_else or not (rows or is_known):
            return None
        where = f" (baris {rows[0]})" if rows else ""
        return (
            "nip_lama",
            "ORANG_SAMA",
            f"Sudah ada pegawai dengan nama dan tanggal lahir ini{where}, atau yang "
            f"namanya mirip. {_IF_SAME} "
            "Bila orang lain, isi nip_lama dengan: tidak ada.",
        )

    def _problem_of_email(
        self, row: PersonRow, person: User | None
    ) -> tuple[str, str, str] | None:
        owner = self.owners.get(str(row.values.get("email") or ""))
        if owner is None or owner in self.readdressed:
            return None
        if person is not None and person.pk == owner:
            return None
        message = (
            "Surel ini sudah dipakai akun lain. Periksa alamatnya, atau kosongkan."
        )
        if person is None:
            message = (
                f"Surel ini sudah dipakai akun lain. {_IF_SAME} Bila orang lain, "
                "perbaiki surelnya."
            )
        return "email_dinas", "SUREL_DIPAKAI", message

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
        if self.by is None or not person.has_role:
            return None
        touched = {
            "aktif": switches,
            "email_dinas": person.pk in self.readdressed,
            "nip": person.nip != row.nip,
        }
        column = next((name for name, is_touched in touched.items() if is_touched), "")
        if not column or manages_roles_of(self.by, person):
            return None
        return (
            column,
            "PEMEGANG_PERAN",
            "Pegawai ini memegang peran di sistem. NIP, surel, dan status aktifnya "
            "hanya dapat diubah admin sistem. Samakan dengan data semula.",
        )

    def _problem_of_move(
        self, row: PersonRow, person: User
    ) -> tuple[str, str, str] | None:
        """Refuse a move that the dated memberships could not tell afterwards."""
        known = self.memberships.get(person.pk, ())
        if not self._moves(row):
            return None
        if not any(start > self.options.starts_on for start, _unit in known):
            return None
        message = (
            "Pegawai ini sudah tercatat pindah sesudah tanggal berlaku yang "
            "dipilih. Pilih tanggal yang lebih baru, atau minta operator membetulkan "
            "tanggal yang tercatat."
        )
        return "unit_kode", "TANGGAL_PINDAH", message

    def _said(self, row: PersonRow) -> dict[str, Value]:
        """Return what the row says of the person's fields; an empty cell is silent."""
        cleared = self.options.cleared_fields
        return {
            name: value
            for name, value in row.values.items()
            if value or name in cleared
        }

    def _moves(self, row: PersonRow) -> bool:
        home = self.people[row.nip].unit
        return home is None or home.code != row.unit_code

    def _former_nips(self, row: PersonRow) -> tuple[str, ...]:
        """Return the number to be remembered; warn where it leads to nobody."""
        if not row.old_nip or row.old_nip in self.carriers:
            return ()
        if row.nip not in self.people:
            self.findings.append(Finding(row.row, *_UNKNOWN_NUMBER, "warning"))
        return (row.old_nip,)

    def _new(self, row: PersonRow) -> PersonPlan:
        return PersonPlan(
            row=row.row,
            person_id=None,
            nip=row.nip,
            name=_full_name(row.values),
            kind=_kind(row),
            former_nips=self._former_nips(row),
            changes=tuple(
                Change(name, None, value) for name, value in row.values.items() if value
            ),
            unit=self.units.ref(row.unit_code),
            unit_before=None,
            moves=False,
            becomes_active=False if row.is_active is False else None,
            reason=row.reason,
            takes_address=self._takes_address(row, None),
        )

    def _changed(self, row: PersonRow, person: User) -> PersonPlan | None:
        said = self._said(row)
        changes = tuple(
            Change(name, getattr(person, name), value)
            for name, value in said.items()
            if getattr(person, name) != value
        )
        self.kept.update(
            name for name in row.values if name not in said and getattr(person, name)
        )
        moves = self._moves(row)
        switches = row.is_active is not None and row.is_active != person.is_active
        former = self._former_nips(row)
        before = "" if person.nip == row.nip else person.nip or ""
        if not (changes or moves or switches or former or before):
            return None
        return PersonPlan(
            row=row.row,
            person_id=person.pk,
            nip=row.nip,
            name=person.full_name,
            kind=_kind(row) if before else person.identity_kind,
            nip_before=before,
            former_nips=former,
            changes=changes,
            unit=self.units.ref(row.unit_code),
            unit_before=_ref(person.unit) if moves and person.unit else None,
            moves=moves,
            becomes_active=row.is_active if switches else None,
            reason=row.reason,
            is_renamed=is_other_name(person.name, str(said.get("name", person.name))),
            goes_back=self._was_there(row, person) or _is_lowered(changes),
            takes_address=self._takes_address(row, person),
        )

    def _takes_address(self, row: PersonRow, person: User | None) -> bool:
        """Say whether the row gives her an address that is somebody else's today."""
        owner = self.owners.get(str(row.values.get("email") or ""))
        return owner is not None and (person is None or person.pk != owner)

    def _was_there(self, row: PersonRow, person: User) -> bool:
        """Say whether the row moves her to a unit that she belonged to before."""
        unit = self.units.stored.get(row.unit_code)
        if unit is None or not self._moves(row):
            return False
        return any(
            home == unit.pk for _day, home in self.memberships.get(person.pk, ())
        )


def _kind(row: PersonRow) -> str:
    return IdentityKind.NI_PPPK if row.kind == PPPK else IdentityKind.NIP


def _problem_of_test(row: PersonRow) -> tuple[str, str, str] | None:
    if settings.ELEARNING_ALLOW_TEST_NIP or not is_test_nip(row.nip):
        return None
    return (
        "nip",
        "NIP_UJI",
        "NIP ini nomor uji (urut 900–999). Pakai NIP asli dari SK atau MyASN, atau "
        "hapus barisnya bila ini contoh dari templat.",
    )


def _problem_of_stranger(row: PersonRow, person: User) -> tuple[str, str, str] | None:
    """Refuse to give an account to whoever shares neither name nor birth date."""
    is_named_so = not is_other_name(person.name, str(row.values["name"]))
    if is_named_so or birth_digits(row.nip) == birth_digits(person.nip or ""):
        return None
    return (
        "nip_lama",
        "NIP_LAMA_TIDAK_COCOK",
        "Pemilik NIP lama ini lain namanya dan lain tanggal lahirnya. Periksa apakah "
        "kolom nip_lama tergeser.",
    )


def _is_lowered(changes: Iterable[Change]) -> bool:
    """Say whether the golongan falls, which hardly ever happens to anybody."""
    ranks = (*GOLONGAN_PNS, *GOLONGAN_PPPK)
    return any(
        change.field == "golongan"
        and (change.old in GOLONGAN_PNS) == (change.new in GOLONGAN_PNS)
        and change.old in ranks
        and change.new in ranks
        and ranks.index(change.new) < ranks.index(change.old)
        for change in changes
    )


def _ref(unit: Unit) -> UnitRef:
    return UnitRef(unit.code, unit.name)


def _full_name(values: Mapping[str, Value]) -> str:
    parts = ("name", "title_prefix", "title_suffix")
    return User(**{part: values.get(part) or "" for part in parts}).full_name
