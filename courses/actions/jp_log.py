"""JP that something else than a course of this site brings."""

from datetime import date, datetime

from accounts.models import User
from courses.models import JpEntry


def enter_jp(
    *, person: User, cause: str, title: str, jp: int, earned_on: date, now: datetime
) -> JpEntry:
    """Append JP for a cause; the same cause twice is entered once.

    Less than nothing takes back what another cause brought. To be called in the
    transaction of the cause.
    """
    entry, _is_new = JpEntry.objects.get_or_create(
        cause=cause,
        defaults={
            "person": person,
            "title": title[:200],
            "jp": jp,
            "earned_on": earned_on,
            "year": earned_on.year,
            "recorded_at": now,
        },
    )
    found: JpEntry = entry
    return found
