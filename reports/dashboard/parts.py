"""The table of the dashboard: the parts of a unit, and in which order they stand."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from lib.folding import fold
from lib.table_order import SortableColumn, TableOrder
from reports.dashboard.numbers import Numbers
from reports.units.reach import Reach
from reports.units.tree import unit_url

# A bar below this percent is drawn in turmeric, a number of late people above this
# one in brick: where to look first.
LOW_PERCENT = 50
MANY_LATE = 10


@dataclass(frozen=True)
class PartRow:
    """A part of a unit: a unit directly below it, or its own people (`is_own`).

    `percent` and `average_jp` are None where there is nothing to measure.
    """

    name: str
    code: str
    url: str
    is_own: bool
    people: int
    percent: float | None
    average_jp: float | None
    late: int

    @property
    def tone(self) -> str:
        """Return the colour of the bar."""
        return "kunyit" if self.is_low else ""

    @property
    def is_low(self) -> bool:
        """Say whether the part is far behind."""
        return self.percent is not None and self.percent < LOW_PERCENT

    @property
    def has_many_late(self) -> bool:
        """Say whether the number of late people should stand out."""
        return self.late > MANY_LATE


def parts_of(reach: Reach, unit: Unit | None, numbers: Numbers) -> list[PartRow]:
    """Return the parts of `unit`, or of all units: those in use or with people.

    `numbers` are those of the parts, as `Snapshot.parts` has them.
    """
    top = reach.paths[0] if len(reach.paths) == 1 else ""
    if top:
        below = Unit.objects.filter(parent__path=top)
    else:
        below = Unit.objects.filter(path__in=reach.paths)
    rows = [
        _part(numbers, one.path or "", name=one.name, code=one.code, url=unit_url(one))
        for one in below
        if one.is_active or numbers.people[one.path or ""]
    ]
    if top and numbers.people[top]:
        own = unit or Unit.objects.get(path=top)
        rows.append(
            _part(numbers, top, name=own.name, code=own.code, url="", is_own=True)
        )
    return rows


def _part(
    numbers: Numbers, key: str, *, name: str, code: str, url: str, is_own: bool = False
) -> PartRow:
    return PartRow(
        name=name,
        code=code,
        url=url,
        is_own=is_own,
        people=numbers.people[key],
        percent=numbers.percent(key),
        average_jp=numbers.average_jp(key),
        late=numbers.late[key],
    )


ORDER: TableOrder[PartRow] = TableOrder(
    columns=[
        SortableColumn(
            "unit", _("Unit kerja"), lambda row: fold(row.name), is_number=False
        ),
        SortableColumn("asn", _("ASN"), lambda row: row.people),
        SortableColumn(
            "selesai", _("Selesai"), lambda row: row.percent, is_number=False
        ),
        SortableColumn("jp", _("Rata-rata JP"), lambda row: row.average_jp),
        SortableColumn("lewat", _("Lewat tenggat"), lambda row: row.late),
    ],
    default="selesai",
    among_equals="unit",
)
"""The lowest share first."""
