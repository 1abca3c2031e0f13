"""What absence from a sheet means: who ends, and which units are left by everybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.people_import import stored
from accounts.people_import.known_people import KnownPeople
from accounts.people_import.plan import (
    EmptiedUnit,
    MissingPerson,
    PersonPlan,
    Scope,
)
from accounts.people_import.unit_plans import unit_ref
from accounts.role_rules import with_managed_roles


@dataclass(frozen=True, slots=True)
class Absence:
    """Who of the units of a sheet is not in it."""

    known: KnownPeople

    def missing(self) -> tuple[MissingPerson, ...]:
        """Return who belongs to the units of the file and is not in it.

        Only to units that a row names: a file about a part of the tree says nothing
        of the units below and beside it. Never the person who imports. People with a
        role only when she may give and take roles: nobody, and no nightly job, locks
        an admin out by an omission.
        """
        known = {person.pk for person in self.known.people.values()}
        holders = [person for person, _unit in self.known.present if person.has_role]
        managed = with_managed_roles(self.known.by, holders) if self.known.by else set()
        return tuple(
            MissingPerson(
                person_id=person.pk,
                nip=person.nip or "",
                name=person.full_name,
                unit=unit_ref(unit),
                unit_id=unit.pk,
            )
            for person, unit in self.known.present
            if person.pk not in known
            and person != self.known.by
            and (not person.has_role or person.pk in managed)
        )

    def scope(self) -> Scope:
        """Return how many people could be reached, and how many are left alone."""
        untouched = 0
        if self.known.options.deactivate_missing:
            below = stored.count_below(self.known.named(), by=self.known.by)
            untouched = below - len(self.known.present)
        return Scope(stored.count_people(by=self.known.by), untouched)

    def emptied(
        self, plans: Iterable[PersonPlan], missing: Iterable[MissingPerson]
    ) -> tuple[EmptiedUnit, ...]:
        """Return the units of several people that all leave, by moving or by ending.

        Where one person is the whole unit, her move empties it every day.
        """
        units = {
            one.unit.pk: one.unit for one in self.known.people.values() if one.unit
        }
        units |= {unit.pk: unit for _person, unit in self.known.present}
        by_id = {person.pk: person for person in self.known.people.values()}
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
            EmptiedUnit(unit_ref(units[pk]), people.get(pk, 0))
            for pk, number in sorted(gone.items())
            if people.get(pk, 0) <= number and not come[units[pk].code]
        )
