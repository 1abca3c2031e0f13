"""The file that calendars fetch: one whole day for every deadline."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from courses.models import CalendarEntry
from courses.published import outline_of

# Calendars that obey ask so often.
REFRESH_EVERY = timedelta(hours=12)


def calendar_file(entries: Sequence[CalendarEntry], *, site: str) -> bytes:
    """Return the deadlines as iCalendar (RFC 5545); `site` is the address of ours."""
    calendar = Calendar()
    name = _("Tenggat %(product)s") % {"product": settings.ELEARNING_PRODUCT_NAME}
    calendar.add("prodid", f"-//{settings.ELEARNING_PRODUCT_NAME}//Tenggat//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, site))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, site: str) -> Event:
    title = outline_of(entry.course.current_version_id).version.title
    event = Event()
    event.add("uid", f"{entry.key}@melek-asn")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", _summary(entry) % {"title": title})
    event.add("url", f"{site}{entry.course.get_absolute_url()}")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(entry: CalendarEntry) -> str:
    """Say in words, too, that a day holds no longer: programs ignore the status."""
    if entry.is_cancelled:
        return _("Tidak berlaku lagi: tenggat kursus %(title)s")
    return _("Tenggat kursus: %(title)s")
