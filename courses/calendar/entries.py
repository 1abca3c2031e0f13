"""What a person's calendar is told, and the secret address that it asks."""

import secrets
from datetime import date, datetime, timedelta

from accounts import audit
from accounts.models import User
from courses.models import CalendarEntry, CalendarFeed
from courses.selectors.due_days import due_days
from lib.transactions import atomic_with_retry

# So long a cancelled day is told: calendars ask daily, and forget it then.
CANCELLED_FOR = timedelta(days=60)


@atomic_with_retry
def make_feed(*, person: User, now: datetime) -> CalendarFeed:
    """Give the person a new secret address; the one before finds nothing any more."""
    CalendarFeed.objects.filter(person=person).delete()
    feed = CalendarFeed.objects.create(
        person=person, token=secrets.token_urlsafe(24), made_at=now
    )
    audit.record("courses.calendar.made", person, by=person, now=now)
    return feed


@atomic_with_retry
def end_feed(*, person: User, now: datetime) -> None:
    """Take the address away, and forget what calendars were told."""
    deleted, _by_model = CalendarFeed.objects.filter(person=person).delete()
    CalendarEntry.objects.filter(person=person).delete()
    if deleted:
        audit.record("courses.calendar.ended", person, by=person, now=now)


@atomic_with_retry
def refresh_entries(*, person: User, now: datetime) -> list[CalendarEntry]:
    """Compare what was told with the days that hold now; return what is to be told.

    Saying the same again changes nothing. Two calendars that ask at one moment may both
    raise a sequence by one, which no calendar minds.
    """
    days = due_days(person)
    known = {row.course_id: row for row in CalendarEntry.objects.filter(person=person)}
    changed = []
    for course_id, row in known.items():
        day = days.get(course_id)
        if _change(row, day, now):
            changed.append(row)
    CalendarEntry.objects.bulk_update(
        changed, ["due_on", "sequence", "is_cancelled", "changed_at"]
    )
    CalendarEntry.objects.bulk_create(
        [
            CalendarEntry(person=person, course_id=pk, due_on=day, changed_at=now)
            for pk, day in days.items()
            if pk not in known
        ],
        ignore_conflicts=True,
    )
    told = CalendarEntry.objects.filter(person=person).select_related("course")
    return [
        row
        for row in told.order_by("due_on", "pk")
        if not row.is_cancelled or row.changed_at > now - CANCELLED_FOR
    ]


def _change(row: CalendarEntry, day: date | None, now: datetime) -> bool:
    """Say whether an entry is to be told otherwise, and make it so."""
    is_cancelled = day is None
    if row.is_cancelled == is_cancelled and day in (None, row.due_on):
        return False
    row.due_on = day or row.due_on
    row.is_cancelled = is_cancelled
    row.sequence += 1
    row.changed_at = now
    return True
