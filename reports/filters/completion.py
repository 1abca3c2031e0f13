"""What may be asked of the completion report, and how the question is read."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from reports.units.reach import Reach, end_of, reach_of


class Status(TextChoices):
    """How far a person is with a course."""

    TODO = "todo", _("Belum dimulai")
    LEARNING = "learning", _("Sedang dipelajari")
    DONE = "done", _("Selesai")
    LATE = "late", _("Terlambat")


@dataclass(frozen=True)
class Filters:
    """What is asked for; nothing set means everybody the reader may see.

    `unit` is a unit's code, `course` a course's key. The days are those on which
    courses were completed, on the reader's calendar, and both count. `words` are
    looked for in names and NIPs.
    """

    unit: str = ""
    course: str = ""
    status: str = ""
    completed_from: date | None = None
    completed_to: date | None = None
    words: str = ""

    @property
    def has_days(self) -> bool:
        """Say whether only courses completed in some days are asked for."""
        return bool(self.completed_from or self.completed_to)

    def as_json(self) -> dict[str, Any]:
        """Return the filters in the form that `from_json` reads."""
        stored: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                is_day = isinstance(value, date)
                stored[field.name] = value.isoformat() if is_day else value
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the filters that were stored."""
        values = dict(stored)
        for name in ("completed_from", "completed_to"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)


@dataclass(frozen=True)
class Question:
    """The filters as one reader asks them at one moment.

    `since` and `until` are the moments that bound the completions, the second one
    no longer included.
    """

    filters: Filters
    reach: Reach
    zone: ZoneInfo
    since: datetime | None
    until: datetime | None


def as_of(filters: Filters, *, zone: ZoneInfo, now: datetime) -> date | None:
    """Return the past day whose organisation the report speaks of; None: today's.

    It is the last day asked for: people are counted where they were on that day.
    """
    last = filters.completed_to
    return last if last and last < now.astimezone(zone).date() else None


def question_of(filters: Filters, *, user: Any, now: datetime) -> Question:
    """Return what `user` asks now; of units that are not hers, she reads nothing."""
    zone = ZoneInfo(user.time_zone)
    unit = Unit.objects.filter(code=filters.unit).first() if filters.unit else None
    if filters.unit and unit is None:
        reach = Reach((), now)
    else:
        day = as_of(filters, zone=zone, now=now)
        reach = reach_of(user, unit=unit, now=now, day=day)
    return Question(
        filters=filters,
        reach=reach,
        zone=zone,
        since=_start_of(filters.completed_from, zone),
        until=end_of(filters.completed_to, zone) if filters.completed_to else None,
    )


def _start_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, zone) if day else None
