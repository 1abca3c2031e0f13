"""What an import would change, found by comparing the sheet with the database.

`known_people` fetches what is stored, `unit_plans` plans the units, `refusing` refuses
rows, `comparing` says what a row changes, `absence` who is not in the sheet.
"""

from accounts.models import User
from accounts.people_import import stored
from accounts.people_import.absence import Absence
from accounts.people_import.comparing import Comparison
from accounts.people_import.findings import Finding, placed
from accounts.people_import.known_people import KnownPeople
from accounts.people_import.plan import (
    ImportOptions,
    ImportPlan,
    PersonPlan,
    UnitPlan,
)
from accounts.people_import.refusing import RowRefusals
from accounts.people_import.sheet import PeopleSheet
from accounts.people_import.unit_plans import UnitPlanner, with_similar


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
    known = _known(sheet, options, by, units, lock=lock)
    comparison, absence = Comparison(known), Absence(known)
    people, refused, unchanged = _judged(known, comparison)
    missing = absence.missing() if options.deactivate_missing else ()
    findings = [*comparison.findings, *refused, *_refused_units(units, refused)]
    return ImportPlan(
        options=options,
        units=with_similar(unit_plans, by=by),
        people=people,
        missing=missing,
        unchanged=unchanged,
        row_count=sheet.row_count,
        ignored_columns=sheet.ignored_columns,
        notes=sheet.source.notes,
        sheet=sheet.source.sheet,
        kept=comparison.kept,
        scope=absence.scope(),
        emptied=absence.emptied(people, missing),
        findings=tuple(
            sorted(
                (*sheet.findings, *placed(tuple(findings), sheet.source.places)),
                key=lambda one: (one.row, one.severity, one.column, one.code),
            )
        ),
    )


def plan_rows(
    sheet: PeopleSheet, *, options: ImportOptions, by: User
) -> tuple[tuple[UnitPlan, ...], tuple[PersonPlan, ...], tuple[Finding, ...]]:
    """Say under lock what a few rows of a sheet would do, and which are refused.

    Nothing is counted or compared beyond these rows. To be called in a transaction.
    """
    units = _unit_planner(sheet, options, by, lock=True)
    unit_plans = units.plan()
    known = _known(sheet, options, by, units, lock=True)
    people, refused, _unchanged = _judged(known, Comparison(known))
    return unit_plans, people, (*refused, *_refused_units(units, refused))


def _known(
    sheet: PeopleSheet,
    options: ImportOptions,
    by: User | None,
    units: UnitPlanner,
    *,
    lock: bool,
) -> KnownPeople:
    known = KnownPeople(sheet, options, by, units)
    known.load(lock=lock)
    return known


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


def _judged(
    known: KnownPeople, comparison: Comparison
) -> tuple[tuple[PersonPlan, ...], list[Finding], int]:
    """Return who is taken in or changed, which rows are refused, how many stay."""
    refusals = RowRefusals(known)
    plans: list[PersonPlan] = []
    refused: list[Finding] = []
    unchanged = 0
    for row in known.sheet.people:
        person = known.people.get(row.nip)
        problem = refusals.problem(row, person)
        if problem:
            refused.append(Finding(row.row, *problem))
            continue
        plan = (
            comparison.new(row) if person is None else comparison.changed(row, person)
        )
        if plan:
            plans.append(plan)
        else:
            unchanged += 1
    return tuple(plans), refused, unchanged


def _refused_units(units: UnitPlanner, refused: list[Finding]) -> list[Finding]:
    """Report refused units at the row that names them first, once a row."""
    told = {finding.row for finding in refused}
    return [
        Finding(units.rows[code].row, refusal.column, refusal.code, refusal.message)
        for code, refusal in units.refusals.items()
        if units.rows[code].row not in told
    ]
