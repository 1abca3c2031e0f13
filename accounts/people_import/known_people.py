"""What is stored about whom a sheet speaks of, fetched in one go."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Unit, User
from accounts.nip import birth_digits
from accounts.people_import import stored
from accounts.people_import.cells import Value
from accounts.people_import.plan import ImportOptions
from accounts.people_import.sheet import PeopleSheet, PersonRow
from accounts.people_import.unit_plans import UnitPlanner


@dataclass(slots=True)
class KnownPeople:
    """The people of a sheet as they are stored, and what else the rows are judged by.

    `people` are found by the number that a row says, or by the one before.
    """

    sheet: PeopleSheet
    options: ImportOptions
    by: User | None
    units: UnitPlanner
    people: dict[str, User] = field(default_factory=dict)
    carriers: Mapping[str, User] = field(default_factory=dict)
    corrected: Set[tuple[str, int]] = frozenset()
    born_on: Mapping[str, set[str]] = field(default_factory=dict)
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
            and self.said(row).get("email", self.people[row.nip].email)
            != self.people[row.nip].email
        )
        self.memberships = stored.memberships_of(
            self.people[row.nip].pk
            for row in rows
            if row.nip in self.people and self.moves(row)
        )
        if self.options.deactivate_missing:
            self.present = stored.people_in(self.named(), by=self.by)

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

    def named(self) -> list[Unit]:
        """Return the stored units that a row names and may use."""
        return [
            unit
            for code, unit in self.units.stored.items()
            if code in self.units.rows and code not in self.units.refusals
        ]

    def said(self, row: PersonRow) -> dict[str, Value]:
        """Return what the row says of the person's fields; an empty cell is silent."""
        cleared = self.options.cleared_fields
        said = {
            name: value
            for name, value in row.values.items()
            if value or name in cleared
        }
        person = self.people[row.nip]
        if said.get("name") == person.full_name:
            # As the site's own downloads write it, with the degrees that are stored.
            said["name"] = person.name
        return said

    def moves(self, row: PersonRow) -> bool:
        """Say whether the row gives the person another unit than she has today."""
        home = self.people[row.nip].unit
        return home is None or home.code != row.unit_code

    def takes_address(self, row: PersonRow, person: User | None) -> bool:
        """Say whether the row gives her an address that is somebody else's today."""
        owner = self.owners.get(str(row.values.get("email") or ""))
        return owner is not None and (person is None or person.pk != owner)
