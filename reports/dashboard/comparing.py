"""Two to six units side by side: figures of the dashboard, and months of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Unit
from reports.dashboard.numbers import snapshot_of
from reports.dashboard.page import month_ends
from reports.listings.jp import jp_target
from reports.units.reach import reach_of
from reports.units.tree import get_unit_for, unit_url

FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class ComparedUnit:
    """The figures of a unit and below; None where there is nothing to measure.

    `shares` are the percents that had the JP target by the end of each month.
    """

    name: str
    url: str
    people: int
    reached: int
    average_jp: float | None
    percent: float | None
    late: int
    shares: Sequence[float]

    @property
    def share(self) -> float:
        """The percent that has the JP target by now."""
        return self.shares[-1]


@dataclass(frozen=True)
class ComparisonMonth:
    """The percents of all units by the end of a month, in the order of the units."""

    last_day: date
    shares: Sequence[float]


@dataclass(frozen=True)
class ComparePage:
    """The units in the order they were chosen; `is_possible` if they are 2 to 6."""

    units: list[ComparedUnit]
    months: list[ComparisonMonth]
    jp_target: int
    taken_at: datetime
    is_possible: bool


def compare_page(user: Any, *, codes: Sequence[str], now: datetime) -> ComparePage:
    """Return units beside each other; 404 for one that is not the person's.

    The number of queries grows with the units that were chosen, six at most.
    """
    chosen = list(dict.fromkeys(code for code in codes if code))
    is_possible = FEWEST <= len(chosen) <= MOST
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    ends = month_ends(today)
    units = [get_unit_for(user, code) for code in chosen] if is_possible else []
    compared, taken = [], [now]
    for unit in units:
        if unit is not None:
            row, taken_at = _compared(user, unit, ends, now)
            compared.append(row)
            taken.append(taken_at)
    return ComparePage(
        units=compared,
        months=[
            ComparisonMonth(end, [unit.shares[at] for unit in compared])
            for at, end in enumerate(ends)
        ],
        jp_target=jp_target(),
        taken_at=min(taken),
        is_possible=is_possible,
    )


def _compared(
    user: Any, unit: Unit, ends: Sequence[date], now: datetime
) -> tuple[ComparedUnit, datetime]:
    reach = reach_of(user, unit=unit, now=now)
    snapshot = snapshot_of(reach, ends=ends, target=jp_target())
    total = snapshot.total
    people = total.people[""]
    row = ComparedUnit(
        name=unit.name,
        url=unit_url(unit),
        people=people,
        reached=snapshot.reached[-1],
        average_jp=total.average_jp(""),
        percent=total.percent(""),
        late=total.late[""],
        shares=[100 * one / people if people else 0 for one in snapshot.reached],
    )
    return row, snapshot.taken_at
