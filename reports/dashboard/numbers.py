"""A unit's figures at one moment; those of many people are kept for a while.

Of up to `FEW_PEOPLE` people the figures are counted anew for every page. Of more they
are kept, and the page says from when they are; those older than `KEPT_SECONDS` are
shown once more while a worker counts.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.cache import cache

from lib.paths import SEGMENT_LENGTH, ancestor_paths, is_within
from lib.queueing import queue_on_commit
from reports import jobs
from reports.dashboard import figures
from reports.dashboard.figures import LatePerson, Sums, add_up
from reports.units.reach import Reach

FEW_PEOPLE = 5_000
KEPT_SECONDS = 300
# How old figures may be that are shown until new ones are there.
LONGEST_KEPT = 4 * 24 * 3600
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
    """The figures of a reach as they were at `taken_at`: in all, and by its parts.

    The parts are the units directly below a single top, and its own people under its
    own path; of several tops these themselves. `reached` counts the people who had the
    JP target at the end of each month. `is_old` says that newer ones are on their way.
    """

    taken_at: datetime
    total: Numbers
    parts: Numbers
    reached: list[int]
    late_people: list[LatePerson]
    is_old: bool = False


def people_below(reach: Reach) -> Sums:
    """Return how many people belong to each unit and everything below it."""
    sums, _taken_at = _kept(
        f"people:{reach.paths}",
        lambda: _people_below(reach),
        lambda people: sum(people[top] for top in reach.paths) > FEW_PEOPLE,
        now=reach.now,
    )
    return sums


def snapshot_of(reach: Reach, *, ends: Sequence[date], target: int) -> Snapshot:
    """Return the figures of `reach`, of JP those of the months that end on `ends`.

    Old ones are handed out while a worker counts anew, so that nobody waits for a
    million people but who asks first.
    """
    snapshot, taken_at = _kept(
        _snapshot_name(reach, ends, target),
        lambda: _take(reach, ends=ends, target=target),
        lambda told: told.total.people[""] > FEW_PEOPLE,
        now=reach.now,
    )
    if reach.now - taken_at <= timedelta(seconds=KEPT_SECONDS):
        return snapshot
    queue_on_commit(
        jobs.REFRESH_FIGURES,
        paths=list(reach.paths),
        ends=[end.isoformat() for end in ends],
        target=target,
    )
    return replace(snapshot, is_old=True)


def refresh_figures(
    *, paths: Sequence[str], ends: Sequence[str], target: int, now: datetime
) -> bool:
    """Count anew what is kept of a reach, and keep that; once in a while alone.

    True when it counted. Saying it often at one moment counts once.
    """
    reach = Reach(tuple(paths), now)
    days = [date.fromisoformat(end) for end in ends]
    name = _snapshot_name(reach, days, target)
    if not cache.add(f"{_key(name)}:counting", 1, KEPT_SECONDS):
        return False
    _keep(f"people:{reach.paths}", _people_below(reach), now)
    _keep(name, _take(reach, ends=days, target=target), now)
    return True


def _snapshot_name(reach: Reach, ends: Sequence[date], target: int) -> str:
    return f"snapshot:{reach.paths}:{list(ends)}:{target}"


def _people_below(reach: Reach) -> Sums:
    below: Sums = Counter()
    for path, number in figures.people_per_unit(reach).items():
        for above in ancestor_paths(path):
            below[above] += number
    return below


def _take(reach: Reach, *, ends: Sequence[date], target: int) -> Snapshot:
    people = figures.people_per_unit(reach)
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
    return Snapshot(
        reach.now,
        total=numbers.grouped(lambda _path: ""),
        parts=numbers.grouped(_part_of(reach)),
        reached=jp.reached,
        late_people=figures.late_people(reach, orders, people, limit=LATE_SHOWN),
    )


def _part_of(reach: Reach) -> Callable[[str], str | None]:
    """Return what says to which part of a reach a unit belongs."""
    tops = reach.paths
    if len(tops) == 1:
        return lambda path: path[: len(tops[0]) + SEGMENT_LENGTH]
    return lambda path: next((top for top in tops if is_within(path, top)), None)


def _kept(
    name: str,
    make: Callable[[], Value],
    is_large: Callable[[Value], bool],
    *,
    now: datetime,
) -> tuple[Value, datetime]:
    """Return a value and from when it is; of many people it may be an old one."""
    known: tuple[Value, datetime] | None = cache.get(_key(name))
    if known is not None:
        return known
    value = make()
    if is_large(value):
        _keep(name, value, now)
    return value, now


def _keep(name: str, value: object, now: datetime) -> None:
    cache.set(_key(name), (value, now), LONGEST_KEPT)


def _key(name: str) -> str:
    return f"reports.dashboard.{hashlib.sha256(name.encode()).hexdigest()}"
