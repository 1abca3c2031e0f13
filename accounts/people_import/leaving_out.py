"""Applying the good rows of a sheet without those that are refused.

What is refused takes with it what only it says: a unit that no good row needs is not
made for its sake. Whoever is not in the file would end where absence means leaving, and
a refused row is no absence; there nothing is left out.
"""

from dataclasses import replace

from accounts.models import User
from accounts.people_import.plan import ImportPlan
from accounts.people_import.planning import plan_import
from accounts.people_import.sheet import PeopleSheet, UnitRow

_MOST_ROUNDS = 20


def without_refused(
    sheet: PeopleSheet, plan: ImportPlan, *, by: User | None, lock: bool = False
) -> ImportPlan | None:
    """Return the plan of the rows that `plan` does not refuse.

    None where they cannot stand alone, or nothing remains to be done. A row may need
    one that is left out (an address that its owner gives up there), so this is done
    again until none is refused.
    """
    if plan.options.deactivate_missing or not plan.errors:
        return None
    refused: set[int] = set()
    current = plan
    for _round in range(_MOST_ROUNDS):
        refused |= {finding.row for finding in current.errors}
        rest = sheet_without(sheet, refused)
        current = plan_import(rest, options=plan.options, by=by, lock=lock)
        if not current.errors:
            return None if current.is_empty else current
    return None


def sheet_without(sheet: PeopleSheet, rows: set[int]) -> PeopleSheet:
    """Return the sheet without these rows and without the units only they need."""
    people = tuple(row for row in sheet.people if row.row not in rows)
    return replace(
        sheet,
        people=people,
        units=_needed(sheet, {row.unit_code for row in people}, rows),
        findings=tuple(one for one in sheet.findings if one.row not in rows),
    )


def _needed(sheet: PeopleSheet, codes: set[str], rows: set[int]) -> tuple[UnitRow, ...]:
    """Return the units of good rows, and those above them as the sheet says."""
    by_code = {unit.code: unit for unit in sheet.units}
    of_people = {row.unit_code for row in sheet.people}
    alone = {
        unit.code
        for unit in sheet.units
        if unit.row not in rows and unit.code not in of_people
    }
    needed: set[str] = set()
    for code in codes | alone:
        above = code
        while above in by_code and above not in needed:
            needed.add(above)
            above = by_code[above].parent_code
    return tuple(unit for unit in sheet.units if unit.code in needed)
