"""What is asked of a listing, and how one reader asks it at one moment."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from accounts.models import Unit
from reports.units.reach import Reach, end_of, reach_of

_DAYS = ("since", "until", "as_of")


@dataclass(frozen=True)
class ListingFilters:
    """What is asked for; nothing set means everything the reader may see, as of now.

    `as_of` is the day whose organisation and records are told. `since` and `until`
    bound a day of the listing's own, on the reader's calendar, and both count.
    """

    unit: str = ""
    course: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    year: int | None = None
    as_of: date | None = None
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the filters in the form that `from_json` reads."""
        stored: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, date):
                stored[field.name] = value.isoformat()
            elif value:
                stored[field.name] = list(value) if field.name == "columns" else value
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the filters that were stored."""
        values = dict(stored)
        values["columns"] = tuple(values.get("columns", ()))
        for name in _DAYS:
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)


@dataclass(frozen=True)
class Asked:
    """The filters as one reader asks them at one moment.

    `since` and `until` are the moments that bound the days asked for, the second one
    no longer included. `known_until` is the end of a past day, None for today.
    """

    filters: ListingFilters
    reach: Reach
    zone: ZoneInfo
    today: date
    since: datetime | None
    until: datetime | None

    @property
    def known_until(self) -> datetime | None:
        """The moment after which nothing is known yet."""
        return self.reach.day_ends_at

    @property
    def year(self) -> int:
        """The year asked for, else that of the day the report speaks of."""
        return self.filters.year or (self.reach.day or self.today).year


def ask(filters: ListingFilters, *, user: Any, now: datetime, capability: str) -> Asked:
    """Return what `user` asks now; of units that are not hers, she reads nothing."""
    zone = ZoneInfo(user.time_zone)
    today = now.astimezone(zone).date()
    day = filters.as_of if filters.as_of and filters.as_of < today else None
    unit = Unit.objects.filter(code=filters.unit).first() if filters.unit else None
    if filters.unit and unit is None:
        reach = Reach((), now)
    else:
        reach = reach_of(user, unit=unit, now=now, day=day, capability=capability)
    since, until = filters.since, filters.until
    return Asked(
        filters=filters,
        reach=reach,
        zone=zone,
        today=today,
        since=datetime.combine(since, time.min, zone) if since else None,
        until=end_of(until, zone) if until else None,
    )
