"""Reports as of a day that has passed stay as they were."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from accounts.models import (
    NumberCorrection,
    PersonDetail,
    UnitMembership,
    UnitPlacement,
)
from bench.year import office
from bench.year.invariants.dashboard import READERS
from bench.year.oracle import Facts, Memory, Problems
from reports.completion.report import Filters, completion_rows

# How many past days are asked about again each week.
_PAST_DAYS = 6


def the_past_stays_as_it_was(facts: Facts, memory: Memory) -> Problems:
    """The report as of a day that has passed says the same in every later week."""
    for (name, day), known in sorted(memory.past_reports.items()):
        _forget_rewritten(memory, name, day)
        if (name, day) not in memory.past_reports:
            continue
        reader = office.reader(memory.world, name)
        rows = _as_of(reader, day, facts)
        if rows == known:
            continue
        for before, after in _differences(known, rows):
            yield f"report of {name} as of a past day", f"{before} became {after}"
    day = facts.today("Asia/Jakarta") - timedelta(days=1)
    for name in READERS:
        memory.past_reports[name, day] = _as_of(
            office.reader(memory.world, name), day, facts
        )
    days = sorted({day for _name, day in memory.past_reports})
    for old in days[:-_PAST_DAYS]:
        for name in READERS:
            memory.past_reports.pop((name, old), None)


def _as_of(reader: Any, day: date, facts: Facts) -> list[Any]:
    return sorted(
        tuple(map(str, row))
        for row in completion_rows(Filters(completed_to=day), reader, facts.now)
    )


def _forget_rewritten(memory: Memory, name: str, day: date) -> None:
    """Leave out days of which HR has said something else since."""
    since = memory.world.now - timedelta(days=7)
    said = (
        model.objects.filter(recorded_at__gte=since, starts_on__lte=day)
        for model in (UnitMembership, UnitPlacement, PersonDetail)
    )
    wrong = NumberCorrection.objects.filter(corrected_at__gte=since)
    if any(rows.exists() for rows in (*said, wrong)):
        memory.past_reports.pop((name, day), None)


def _differences(before: list[Any], after: list[Any]) -> Iterator[tuple[Any, Any]]:
    gone = [row for row in before if row not in after]
    new = [row for row in after if row not in before]
    for row in gone[:5]:
        same = [other for other in new if other[0] == row[0] and other[8:9] == row[8:9]]
        if same:
            changed = [(b, a) for b, a in zip(row, same[0], strict=False) if b != a]
            yield [b for b, _a in changed], [a for _b, a in changed]
        else:
            yield row, "nothing"
    if not gone:
        for row in new[:5]:
            yield "nothing", row
