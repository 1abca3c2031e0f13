"""The list of people that HR looks after: found by name or number, page by page.

A page begins behind a person of the page before, so that the last one costs what the
first one does; she stands in the address by her key, never by her name or number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import UNIT, below_q, scope_q
from accounts.models import PersonIdentifier, Unit, User
from accounts.nip import normalise_nip
from accounts.people_import.stored import CAPABILITY

SEARCH_KEY = "accounts.people.words"
PER_PAGE = 50
ACTIVE, INACTIVE, ALL = "aktif", "nonaktif", "semua"
ACCOUNT_STATUSES = ((ACTIVE, _("Aktif")), (INACTIVE, _("Nonaktif")), (ALL, _("Semua")))


@dataclass(frozen=True)
class ListedPerson:
    """A person in the list."""

    key: UUID
    name: str
    nip: str
    unit: str
    jabatan: str
    is_active: bool
    has_role: bool


@dataclass(frozen=True)
class PeopleList:
    """A page of the list. `before` and `behind` are keys to go on from, or empty."""

    rows: list[ListedPerson]
    before: str
    behind: str
    unit: Unit | None
    status: str
    words: str
    is_number: bool

    @property
    def is_filtered(self) -> bool:
        """Say whether everybody would be more than is shown."""
        return bool(self.words or self.unit or self.status != ACTIVE)

    @property
    def parameters(self) -> dict[str, str]:
        """Return what the address of another page of this list must say."""
        said = {
            "unit": self.unit.code if self.unit else "",
            "status": self.status if self.status != ACTIVE else "",
            "cari": "1" if self.words else "",
        }
        return {name: value for name, value in said.items() if value}


def people_list(user: User, data: Mapping[str, Any], *, words: str) -> PeopleList:
    """Return what the address asks for; three queries, whatever the number of people.

    A unit that is not the user's, or a key that is nobody's, is as if not named.
    """
    mine = Unit.objects.filter(scope_q(user, CAPABILITY, UNIT))
    code = data.get("unit", "").replace("\0", "")
    unit = mine.filter(code=code).first() if code else None
    status = data.get("status", "")
    status = status if status in {INACTIVE, ALL} else ACTIVE
    people = _wanted(user, unit=unit, status=status, words=words)
    behind, before = _mark(data.get("sesudah")), _mark(data.get("sebelum"))
    mark = behind or before
    found = list(_from(people, mark, backwards=mark is not None and not behind))
    rows = found[:PER_PAGE]
    is_more = len(found) > PER_PAGE
    if mark is not None and not behind:
        rows.reverse()
        has_before, has_behind = is_more, True
    else:
        has_before, has_behind = mark is not None, is_more
    return PeopleList(
        rows=[_row(person) for person in rows],
        before=str(rows[0].key) if rows and has_before else "",
        behind=str(rows[-1].key) if rows and has_behind else "",
        unit=unit,
        status=status,
        words=words,
        is_number=normalise_nip(words).isdigit(),
    )


def _wanted(user: User, *, unit: Unit | None, status: str, words: str) -> Any:
    people = User.objects.visible_to(user, CAPABILITY)
    if unit is not None:
        people = people.filter(below_q(unit.path or "", to_unit="unit"))
    if status != ALL:
        people = people.filter(is_active=status == ACTIVE)
    if not words:
        return people
    number = normalise_nip(words)
    if number.isdigit():
        # The whole number alone: one that is carried, was carried, or was a slip.
        carried = PersonIdentifier.objects.filter(value=number)
        return people.filter(pk__in=carried.values("person"))
    return people.named(words)


def _mark(key: str | None) -> User | None:
    """Return the person behind whom a page begins, or before whom it ends."""
    try:
        wanted = UUID(key or "")
    except ValueError:
        return None
    found: User | None = User.objects.filter(key=wanted).first()
    return found


def _from(people: Any, mark: User | None, *, backwards: bool) -> Any:
    """Return a page from the mark on, and one more row.

    The first of the two conditions is what the index of names is walked by.
    """
    if mark is not None and backwards:
        people = people.filter(name_key__lte=mark.name_key).filter(
            Q(name_key__lt=mark.name_key) | Q(pk__lt=mark.pk)
        )
    elif mark is not None:
        people = people.filter(name_key__gte=mark.name_key).filter(
            Q(name_key__gt=mark.name_key) | Q(pk__gt=mark.pk)
        )
    order = ("-name_key", "-pk") if backwards else ("name_key", "pk")
    return people.select_related("unit").order_by(*order)[: PER_PAGE + 1]


def _row(person: User) -> ListedPerson:
    return ListedPerson(
        key=person.key,
        name=person.full_name,
        nip=person.nip or "",
        unit=person.unit.name if person.unit else "",
        jabatan=person.jabatan,
        is_active=person.is_active,
        has_role=person.has_role,
    )
