"""What was asked of a listing, in words for screen and files."""

from datetime import date, datetime

from django.utils.translation import gettext

from accounts.details import assumed_until
from accounts.models import Unit, User
from courses.models import Course
from lib.indonesian import format_date
from reports.listings.asking import Asked, ListingFilters, ask
from reports.listings.definition import Listing

Words = list[tuple[str, str]]


def listing_in_words(
    listing: Listing, filters: ListingFilters, user: User, now: datetime
) -> Words:
    """Return what was asked, as pairs of a label and words for people to read."""
    asked = ask(filters, user=user, now=now, capability=listing.capability)
    words = [(gettext("Unit kerja"), _unit_in_words(filters.unit))]
    if "course" in listing.filters:
        words.append((gettext("Kursus"), _course_in_words(filters.course)))
    if "status" in listing.filters:
        label = listing.status_label(filters.status) if filters.status else ""
        words.append((gettext("Status"), label or gettext("Semua status")))
    if "days" in listing.filters:
        days = days_in_words(filters.since, filters.until)
        words.append((str(listing.days_label), days))
    words.append(
        (
            gettext("Keadaan per"),
            format_date(asked.reach.day or asked.today, "medium"),
        )
    )
    return [*words, *listing.notes(asked), *_what_is_not_known(listing, asked)]


def days_in_words(since: date | None, until: date | None) -> str:
    """Return a span of days in words."""
    first, last = (format_date(day, "medium") if day else "" for day in (since, until))
    if first and last:
        return gettext("%(first)s sampai %(last)s") % {"first": first, "last": last}
    if first:
        return gettext("Sejak %(first)s") % {"first": first}
    if last:
        return gettext("Sampai %(last)s") % {"last": last}
    return gettext("Semua tanggal")


def _unit_in_words(code: str) -> str:
    unit = Unit.objects.filter(code=code).first() if code else None
    if unit is None:
        return gettext("Semua unit Anda")
    return gettext("%(unit)s dan di bawahnya") % {"unit": unit.name}


def _course_in_words(key: str) -> str:
    if not key:
        return gettext("Semua kursus")
    courses = Course.objects.filter(key=key).select_related("current_version")
    course = courses.first()
    return course.current_version.title if course and course.current_version else key


def _what_is_not_known(listing: Listing, asked: Asked) -> Words:
    """Say of a past day since when names and jobs are known, if not always."""
    day = asked.reach.day
    began_at = assumed_until() if day and listing.is_about_people else None
    if began_at is None or day is None:
        return []
    began_on = began_at.astimezone(asked.zone).date()
    if day >= began_on:
        return []
    return [
        (
            gettext("Nama dan jabatan"),
            gettext("Perubahan sebelum %(day)s tidak tercatat; tampil data hari itu")
            % {"day": format_date(began_on, "medium")},
        )
    ]
