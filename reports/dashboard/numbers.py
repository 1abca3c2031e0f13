"""A unit's figures at one moment; those of many people are kept for a while.

Of up to `FEW_PEOPLE` people the figures are counted anew for every page. Of more they
may be as old as `KEPT_SECONDS`, and the page says from when they are.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.core.cache import cache

from lib.paths import is_within
from reports.dashboard import figures
from reports.dashboard.figures import LatePerson, Sums, add_up
from reports.units.reach import Reach

FEW_PEOPLE = 5_000
KEPT_SECONDS = 300
LATE_SHOWN = 5

Value = TypeVar("Value")


@dataclass(frozen=True)
class Numbers:
    """The figures of each unit itself, by path.

    `expected` and `completed` count people × required courses.
    """

    people: Sums
    expected: Sums
    completed: Sums
    jp: Sums
    late: Sums

    def grouped(self, group: Callable[[str], str | None]) -> "Numbers":
        """Return the sums of the units that `group` puts together."""
        return Numbers(
            *(
                add_up(sums, group)
                for sums in (
                    self.people,
                    self.expected,
                    self.completed,
                    self.jp,
                    self.late,
                )
            )
        )

    def percent(self, key: str) -> float | None:
        """Return how much of what is required is completed; None for nothing."""
        expected = self.expected[key]
        return 100 * self.completed[key] / expected if expected else None

    def average_jp(self, key: str) -> float | None:
        """Return the JP per person; None without people."""
        people = self.people[key]
        return self.jp[key] / people if people else None


@dataclass(frozen=True)
class Snapshot:
    """The figures of a reach as they were at `taken_at`.

    `reached` counts the people who had the JP target at the end of each month.
    """

    taken_at: datetime
    numbers: Numbers
    reached: list[int]
    late_people: list[LatePerson]


def people_of(reach: Reach) -> Sums:
    """Return how many people belong to each unit itself."""
    return _kept(
        f"people:{reach.paths}",
        lambda: figures.people_per_unit(reach),
        lambda people: people.total() > FEW_PEOPLE,
    )


def snapshot_of(
    reach: Reach, people: Sums, *, ends: Sequence[date], target: int
) -> Snapshot:
    """Return the figures of `reach`, of JP those of the months that end on `ends`.

    `people` may speak of more units than these.
    """
    mine = Counter(
        {
            path: number
            for path, number in people.items()
            if any(is_within(path, top) for top in reach.paths)
        }
    )
    return _kept(
        f"snapshot:{reach.paths}:{ends}:{target}",
        lambda: _take(reach, mine, ends=ends, target=target),
        lambda _snapshot: mine.total() > FEW_PEOPLE,
    )


def _take(reach: Reach, people: Sums, *, ends: Sequence[date], target: int) -> Snapshot:
    orders = figures.orders_per_unit(reach)
    expected: Sums = Counter()
    completed: Sums = Counter()
    for order in orders:
        # Roll-ups follow a move within a minute; until then all is the most.
        asked = order.people(people)
        expected[order.path] += asked
        completed[order.path] += min(order.completed, asked)
    jp = figures.jp_figures(reach, ends=ends, target=target)
    numbers = Numbers(
        people=people,
        expected=expected,
        completed=completed,
        jp=jp.per_unit,
        late=figures.late_per_unit(reach, orders, people),
    )
    late_people = figures.late_people(reach, orders, people, limit=LATE_SHOWN)
    return Snapshot(reach.now, numbers, jp.reached, late_people)


def _kept(
    name: str, make: Callable[[], Value], is_large: Callable[[Value], bool]
) -> Value:
    digest = hashlib.sha256(name.encode()).hexdigest()
    key = f"reports.dashboard.{digest}"
    known: Value | None = cache.get(key)
    if known is None:
        known = make()
        if is_large(known):
            cache.set(key, known, KEPT_SECONDS)
    return known
