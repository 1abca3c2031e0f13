"""Working days: Monday to Friday but for national holidays and cuti bersama.

The list comes with python-holidays, which keeps cuti bersama in the category
`government`; what an admin says of a day goes before it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.translation import gettext as _

from courses.models import HolidayChange

SATURDAY = 5
# Longest span that anybody may ask for.
MOST_DAYS = 400


@cache
def listed_holidays(year: int) -> Mapping[date, str]:
    """Return the holidays of a year that come with the site, cuti bersama included."""
    listed = holidays.country_holidays(
        "ID", years=year, categories=("public", "government"), language="id"
    )
    return dict(sorted(listed.items()))


def holidays_between(first: date, last: date) -> dict[date, str]:
    """Return the holidays of these days, as the admin has them; one query."""
    found = {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in listed_holidays(year).items()
        if first <= day <= last
    }
    for change in HolidayChange.objects.filter(day__gte=first, day__lte=last):
        if change.is_holiday:
            found[change.day] = change.name or _("Hari libur")
        else:
            found.pop(change.day, None)
    return dict(sorted(found.items()))


def working_days(first: date, last: date) -> int:
    """Return how many working days lie after `first`, up to and with `last`."""
    off = holidays_between(first, last) if first <= last else {}
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < SATURDAY and day not in off for day in days)


def after_working_days(start: date, number: int) -> date:
    """Return the day on which the `number`th working day after `start` ends.

    Raises ValueError for a number below 1 or above `MOST_DAYS`.
    """
    if not 1 <= number <= MOST_DAYS:
        raise ValueError("So many working days are not counted.")
    off = holidays_between(start, start + timedelta(days=3 * number + 60))
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in off
    return day
