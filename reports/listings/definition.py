"""What a listing is: one statement, the columns it fills, what may be asked of it.

All listings share their paging, their files and the way to speak of a past day. A
statement's first five columns are the order of its rows and name each row once: the
path of the unit, the folded name of the person, her id, and two numbers of the
listing's own. The sixth is the name of the unit; what follows is the listing's own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.utils.functional import Promise

from reports.columns import ReportColumn
from reports.listings.asking import Asked
from reports.sql import Sql
from reports.units.lines import UnitLine
from reports.units.people import PersonShown
from reports.units.reach import CAPABILITY

if TYPE_CHECKING:
    from django.db.models import Field

Filter = Literal["course", "status", "days", "year"]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class ListingColumn(ReportColumn):
    """A column; `is_extra` ones are shown when asked for."""

    is_extra: bool = False


@dataclass(frozen=True)
class Raw:
    """A row as the statement gave it; `own` are the columns of the listing itself."""

    unit: str
    own: tuple[Any, ...]
    line: UnitLine
    person: PersonShown | None

    @property
    def named(self) -> PersonShown:
        """The person; only for listings of people."""
        if self.person is None:
            msg = "This listing is not about people."
            raise TypeError(msg)
        return self.person


@dataclass(frozen=True)
class Listing:
    """A report that is one table.

    `slug` stands in addresses and never changes. `own` names the columns of `arm`
    behind the sixth, with the fields that SQLite needs to read them. `sums` says of
    columns that add up which column of `arm` has their values.
    """

    key: str
    slug: str
    title: str | Promise
    sheet: str | Promise
    lead: str | Promise
    empty: str | Promise
    columns: Sequence[ListingColumn]
    arm: Callable[[Asked], Sql]
    shape: Callable[[Asked, Raw], Values]
    own: Mapping[str, "Field[Any, Any] | None"]
    filters: frozenset[Filter]
    statuses: Sequence[tuple[str, str | Promise]] = ()
    days_label: str | Promise = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    is_about_people: bool = True
    capability: str = CAPABILITY
    notes: Callable[[Asked], Iterable[tuple[str, str]]] = lambda _asked: ()

    def chosen(self, keys: Sequence[str]) -> list[ListingColumn]:
        """Return the columns asked for in the listing's order; else the usual ones.

        The first one says what a row is about and is never left out.
        """
        first, *rest = self.columns
        if not keys:
            return [first, *(column for column in rest if not column.is_extra)]
        return [first, *(column for column in rest if column.key in keys)]

    def status_label(self, code: str) -> str:
        """Return the words for a status."""
        return str(dict(self.statuses)[code])


def day_of(moment: Any, asked: Asked) -> date | None:
    """Return the day of a moment on the reader's calendar."""
    return moment.astimezone(asked.zone).date() if moment else None
