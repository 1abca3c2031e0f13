"""What a row changes of a person: the row beside what is stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from accounts.models.person import IdentityKind
from accounts.nip import PPPK
from accounts.people_import.cells import Value
from accounts.people_import.columns import GOLONGAN_PNS, GOLONGAN_PPPK
from accounts.people_import.findings import Finding
from accounts.people_import.known_people import KnownPeople
from accounts.people_import.likeness import is_other_name
from accounts.people_import.plan import Change, PersonPlan
from accounts.people_import.sheet import PersonRow
from accounts.people_import.unit_plans import unit_ref

_UNKNOWN_NUMBER = (
    "nip_lama",
    "NIP_LAMA_BARU",
    "NIP lama ini belum dikenal, jadi baris ini menjadi pegawai baru. Periksa nomornya "
    "bila ia sudah punya akun.",
)


@dataclass(slots=True)
class Comparison:
    """Makes the plans of people; `kept` counts what empty cells left as it is."""

    known: KnownPeople
    kept: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def new(self, row: PersonRow) -> PersonPlan:
        """Return the plan of somebody who is taken in."""
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
            unit=self.known.units.ref(row.unit_code),
            unit_before=None,
            moves=False,
            becomes_active=False if row.is_active is False else None,
            reason=row.reason,
            takes_address=self.known.takes_address(row, None),
        )

    def changed(self, row: PersonRow, person: User) -> PersonPlan | None:
        """Return the plan of somebody who is known; None where all stays."""
        said = self.known.said(row)
        changes = tuple(
            Change(name, getattr(person, name), value)
            for name, value in said.items()
            if getattr(person, name) != value
        )
        self.kept.update(
            name for name in row.values if name not in said and getattr(person, name)
        )
        moves = self.known.moves(row)
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
            unit=self.known.units.ref(row.unit_code),
            unit_before=unit_ref(person.unit) if moves and person.unit else None,
            moves=moves,
            becomes_active=row.is_active if switches else None,
            reason=row.reason,
            is_renamed=is_other_name(person.name, str(said.get("name", person.name))),
            goes_back=self._was_there(row, person) or _is_lowered(changes),
            takes_address=self.known.takes_address(row, person),
        )

    def _former_nips(self, row: PersonRow) -> tuple[str, ...]:
        """Return the number to be remembered; warn where it leads to nobody."""
        if not row.old_nip or row.old_nip in self.known.carriers:
            return ()
        if row.nip not in self.known.people:
            self.findings.append(Finding(row.row, *_UNKNOWN_NUMBER, "warning"))
        return (row.old_nip,)

    def _was_there(self, row: PersonRow, person: User) -> bool:
        """Say whether the row moves her to a unit that she belonged to before."""
        unit = self.known.units.stored.get(row.unit_code)
        if unit is None or not self.known.moves(row):
            return False
        return any(
            home == unit.pk for _day, home in self.known.memberships.get(person.pk, ())
        )


def _kind(row: PersonRow) -> str:
    return IdentityKind.NI_PPPK if row.kind == PPPK else IdentityKind.NIP


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


def _full_name(values: Mapping[str, Value]) -> str:
    parts = ("name", "title_prefix", "title_suffix")
    return User(**{part: values.get(part) or "" for part in parts}).full_name
