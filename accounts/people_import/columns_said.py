"""What people of an agency said the columns of their sheets are."""

from typing import Any

from accounts.access import roots
from accounts.models import SheetColumns, Unit, User
from accounts.people_import.layout.guessing import places
from accounts.people_import.reading import Recall
from accounts.people_import.stored import CAPABILITY
from lib.paths import ancestor_paths
from lib.spreadsheets import Grid


def agency_of(person: User) -> Unit | None:
    """Return the unit at the top of the tree into which somebody imports."""
    for path in roots(person, CAPABILITY):
        top: Unit | None = Unit.objects.filter(path=ancestor_paths(path)[0]).first()
        return top
    return None


def recall_for(person: User) -> Recall:
    """Return what remembers how the agency's sheets with the same titles are read."""
    agency = agency_of(person)

    def recall(grid: Grid) -> dict[str, Any] | None:
        found = places(grid)
        said = (
            SheetColumns.objects.filter(unit=agency, headings__in=found.keys())
            .order_by("-chosen_at", "-pk")
            .first()
        )
        if said is None:
            return None
        header, height = found[said.headings]
        return {
            "sheet": grid.sheet,
            "header": header,
            "height": height,
            "roles": [str(one) for one in said.roles],
        }

    return recall
