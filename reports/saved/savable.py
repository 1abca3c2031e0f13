"""Reports whose questions can be kept: how each is asked, and where it stands.

Words that are searched for are names and numbers of people. They are never kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from accounts.access import holds
from reports.completion import report
from reports.fetching import get_course
from reports.filters.choices import filter_form
from reports.filters.forms import CompletionFilterForm, GainFilterForm
from reports.gain import report as gain
from reports.listings.catalogue import LISTINGS
from reports.listings.definition import Listing
from reports.listings.forms import ListingFilterForm, listing_form
from reports.units.reach import CAPABILITY
from reports.units.tree import get_unit_for

Stored = dict[str, Any]


@dataclass(frozen=True)
class Savable:
    """A report that can be kept.

    `read` makes what is stored of the parameters of its page, None where they need
    correcting; `parameters` are the names that its fields have in addresses.
    `has_day` says whether it can be asked as of a past day.
    """

    key: str
    title: str | Promise
    read: Callable[[Any, Any, date], Stored | None]
    parameters: Mapping[str, str]
    slug: str = ""
    has_day: bool = False
    capability: str = CAPABILITY
    columns: frozenset[str] = frozenset()

    def address(self, stored: Stored) -> str:
        """Return the address of the page with filters that were stored.

        A column that the report has no more is left out.
        """
        if self.slug:
            url = reverse("reports:listing", args=[self.slug])
        else:
            url = reverse(f"reports:{self.key}")
        query = [
            (self.parameters.get(field, field), str(one))
            for field, value in stored.items()
            for one in self._values(field, value)
        ]
        return f"{url}?{urlencode(query)}" if query else url

    def _values(self, field: str, value: Any) -> Iterable[Any]:
        if field == "columns":
            return [one for one in value if one in self.columns]
        return [value]


def _read_completion(user: Any, data: Any, _today: date) -> Stored | None:
    form = filter_form(user, data)
    return form.filters(words="").as_json() if form.is_valid() else None


def _read_gain(user: Any, data: Any, _today: date) -> Stored | None:
    unit = get_unit_for(user, data.get("unit", ""))
    course = get_course(data.get("kursus", ""))
    if course is None:
        return None
    return gain.GainFilters(course.key, unit.code if unit else "").as_json()


def _read_listing(listing: Listing, user: Any, data: Any, today: date) -> Stored | None:
    form = listing_form(user, data, listing=listing, today=today)
    return form.filters().as_json() if form.is_valid() else None


def _of_listing(listing: Listing) -> Savable:
    return Savable(
        key=listing.key,
        title=listing.title,
        read=partial(_read_listing, listing),
        parameters=ListingFilterForm.parameters,
        slug=listing.slug,
        has_day=True,
        capability=listing.capability,
        columns=frozenset(column.key for column in listing.columns),
    )


SAVABLE: Mapping[str, Savable] = {
    report.COMPLETION_KEY: Savable(
        key=report.COMPLETION_KEY,
        title=report.COMPLETION_TITLE,
        read=_read_completion,
        parameters=CompletionFilterForm.parameters,
    ),
    gain.GAIN_KEY: Savable(
        key=gain.GAIN_KEY,
        title=gain.GAIN_TITLE,
        read=_read_gain,
        parameters=GainFilterForm.parameters,
    ),
    **{key: _of_listing(listing) for key, listing in LISTINGS.items()},
}


def savable_for(user: Any, key: str) -> Savable:
    """Return the report of this key; 404 for none, 403 where it is not hers."""
    savable = SAVABLE.get(key)
    if savable is None:
        raise Http404
    if not holds(user, savable.capability):
        raise PermissionDenied
    return savable
