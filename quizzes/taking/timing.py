"""When a quiz is open, and when an attempt ends. Plain Python.

The rules and what was rejected: docs/decisions/0020-quiz-conditions.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Window:
    """When one person may start; `closes_at` is the first moment she may not."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


ALWAYS_OPEN = Window()


@dataclass(frozen=True)
class Extra:
    """What one person has more than others; `percent` of the time limit."""

    seconds: int = 0
    percent: int = 0
    attempts: int = 0

    def seconds_for(self, limit: int | None) -> int:
        """Return the extra time in seconds, the percentage rounded up."""
        return self.seconds + -(-(limit or 0) * self.percent // 100)


NOTHING_MORE = Extra()


def total(extras: Iterable[Extra]) -> Extra:
    """Add up what was given at different times for different reasons."""
    given = list(extras)
    return Extra(
        seconds=sum(extra.seconds for extra in given),
        percent=sum(extra.percent for extra in given),
        attempts=sum(extra.attempts for extra in given),
    )


def window(
    *,
    opens_at: datetime | None,
    opens_on: date | None,
    closes_at: datetime | None,
    closes_on: date | None,
    zone: ZoneInfo,
) -> Window:
    """Return the window where the learner is.

    A date opens as the day begins and closes as it ends in `zone`; a moment is the
    same moment everywhere.
    """
    if opens_on is not None:
        opens_at = datetime.combine(opens_on, time.min, zone)
    if closes_on is not None:
        closes_at = datetime.combine(closes_on + timedelta(days=1), time.min, zone)
    return Window(opens_at, closes_at)


def days_moved(closes: date, outages: Iterable[tuple[date, date]]) -> int:
    """Return by how many days a window closes later because of outages.

    As with deadlines: a window whose last day falls into an outage (first and last day,
    in order) closes later by as many days, and may fall into the next one then.
    """
    moved = 0
    for first, last in outages:
        if first <= closes + timedelta(days=moved) <= last:
            moved += (last - first).days + 1
    return moved


def deadline(
    *, started_at: datetime, limit: int | None, window: Window, extra: Extra
) -> datetime | None:
    """Return when an attempt ends; None where nothing ends it.

    The time limit (seconds) and the end of the window, whichever comes first; extra
    time is added to that, so that closing never takes back what a person was given.
    """
    ends = [] if window.closes_at is None else [window.closes_at]
    if limit is not None:
        ends.append(started_at + timedelta(seconds=limit))
    if not ends:
        return None
    return min(ends) + timedelta(seconds=extra.seconds_for(limit))


def is_later(new: datetime | None, old: datetime | None) -> bool:
    """Say whether a deadline moves to later; no deadline is the latest of all."""
    if old is None:
        return False
    return new is None or new > old


def closing(deadline_at: datetime | None, grace: int) -> datetime | None:
    """Return when the system hands the attempt in: after `grace` seconds more."""
    if deadline_at is None:
        return None
    return deadline_at + timedelta(seconds=grace)
