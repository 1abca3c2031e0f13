"""The line of units above a unit, as files write it: *Seksi 1* there are many of.

A path holds the keys of all units above, and the one that was valid on a day those of
that day; so the line is that of the day, too. The names are those of today.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from accounts.models import Unit
from lib.paths import keys_on

SEPARATOR = " / "


class UnitLine(NamedTuple):
    """A unit's code, and the names from the top down to it."""

    code: str
    names: str


def unit_lines(paths: Iterable[str]) -> Mapping[str, UnitLine]:
    """Return the lines of these paths; one query, whatever their number."""
    keys = {path: keys_on(path) for path in set(paths)}
    wanted = {key for line in keys.values() for key in line}
    units = Unit.objects.in_bulk(wanted) if wanted else {}
    return {
        path: UnitLine(
            units[line[-1]].code, SEPARATOR.join(units[key].name for key in line)
        )
        for path, line in keys.items()
    }
