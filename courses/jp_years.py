"""In which year does an hour of learning count? Plain Python.

PNS count calendar years; who works under an agreement (PPPK) counts from one
anniversary of its beginning to the next, and calendar years while HR has not said when
that was (DOMAIN §3.2).
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class JpYear:
    """From the first day to the last; `number` is the calendar year it begins in."""

    first: date
    last: date
    is_agreement: bool

    @property
    def number(self) -> int:
        """The year by which it is chosen."""
        return self.first.year

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def jp_year(on: date, *, agreement_since: date | None) -> JpYear:
    """Return the year that a day counts in.

    `agreement_since` is when the agreement began, None where calendar years count. Days
    before it count by the calendar.
    """
    if agreement_since is None or on < agreement_since:
        return JpYear(date(on.year, 1, 1), date(on.year, 12, 31), is_agreement=False)
    begins = _anniversary(agreement_since, on.year)
    first = begins if begins <= on else _anniversary(agreement_since, on.year - 1)
    after = _anniversary(agreement_since, first.year + 1)
    return JpYear(first, after - timedelta(days=1), is_agreement=True)


def jp_year_numbered(number: int, *, agreement_since: date | None) -> JpYear:
    """Return the year that begins in a calendar year."""
    if agreement_since is None or number < agreement_since.year:
        return jp_year(date(number, 1, 1), agreement_since=None)
    begins = _anniversary(agreement_since, number)
    return jp_year(begins, agreement_since=agreement_since)


def _anniversary(day: date, year: int) -> date:
    """Return the day in another year; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
