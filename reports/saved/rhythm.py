"""On which day the file of a view is made next. Plain Python."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
# From any day on, within so many the next one is found.
LONGEST = 60


def next_day(every: str, *, after: date, off: Collection[date]) -> date:
    """Return the next day behind `after`: a working day, or the first one from it on.

    `every` is "daily", "weekly" (from Monday on) or "monthly" (from the first on).
    `off` are the holidays of the `LONGEST` days behind `after`.
    """
    day = after + timedelta(days=1)
    while not _begins(every, day):
        day += timedelta(days=1)
    while day.weekday() >= SATURDAY or day in off:
        day += timedelta(days=1)
    return day


def _begins(every: str, day: date) -> bool:
    if every == "monthly":
        return day.day == 1
    return every == "daily" or day.weekday() == 0
