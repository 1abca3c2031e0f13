"""A listing on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from lib.spreadsheets import Kind
from reports.listings.definition import Listing, ListingColumn
from reports.listings.forms import ListingFilterForm, listing_form
from reports.listings.rows import Cursor, ListingRows, Part, Totals, listing_rows
from reports.listings.words import listing_in_words

LISTED_PER_PAGE = 50
BEHIND, BEFORE = "setelah", "sebelum"
PARAMETERS = ("unit", "kursus", "status", "dari", "sampai", "tahun", "per", "kolom")


@dataclass(frozen=True)
class Cell:
    """A value under its column."""

    title: str
    kind: Kind
    value: Any


@dataclass(frozen=True)
class ListingRow:
    """A row: what it is about, the number that goes with that, and the other cells."""

    head: Any
    head_url: str
    nip: str | None
    cells: list[Cell]


@dataclass(frozen=True)
class ListingPage:
    """A listing on the screen; `rows` is None while the filters need correcting.

    `parameters` are the filters, for the forms beside the table. `behind_url` and
    `before_url` lead to the rows around these.
    """

    listing: Listing
    form: ListingFilterForm
    columns: Sequence[ListingColumn]
    rows: list[ListingRow] | None
    totals: Totals | None
    sums: list[tuple[str, int]]
    in_words: Sequence[tuple[str, str]]
    parameters: list[tuple[str, str]]
    behind_url: str
    before_url: str
    first_url: str
    is_filtered: bool


def listing_page(
    user: Any, *, listing: Listing, data: Any, now: datetime
) -> ListingPage:
    """Return a part of the rows; the number of queries does not grow with them."""
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    form = listing_form(user, data, listing=listing, today=today)
    parameters = listing_parameters(data)
    told: ListingRows | None = None
    part = Part([], None, None)
    in_words: list[tuple[str, str]] = []
    if form.is_valid():
        filters = form.filters()
        told = listing_rows(listing, filters, user, now)
        part = told.part(_cursor(data), size=LISTED_PER_PAGE)
        in_words = listing_in_words(listing, filters, user, now)
    totals = told.totals() if told else None
    columns = told.columns if told else []
    return ListingPage(
        listing=listing,
        form=form,
        columns=[column for column in columns if column.key != "nip"],
        rows=_rows(told, part) if told else None,
        totals=totals,
        sums=_sums(columns, totals.sums) if totals else [],
        in_words=in_words,
        parameters=parameters,
        behind_url=_url(listing, parameters, BEHIND, part.behind),
        before_url=_url(listing, parameters, BEFORE, part.before),
        first_url=_url(listing, parameters),
        is_filtered=any(name != "kolom" for name, _value in parameters),
    )


def listing_parameters(data: Any) -> list[tuple[str, str]]:
    """Return the filters among the parameters, in a fixed order."""
    return [
        (name, value) for name in PARAMETERS for value in data.getlist(name) if value
    ]


def listing_url(listing: Listing, **filters: str) -> str:
    """Return the address of a listing with these filters."""
    return _url(listing, [(name, value) for name, value in filters.items() if value])


def _url(
    listing: Listing,
    parameters: Sequence[tuple[str, str]],
    direction: str = "",
    cursor: Cursor | None = None,
) -> str:
    if direction and cursor is None:
        return ""
    address = reverse("reports:listing", args=[listing.slug])
    query = [*parameters, *([(direction, cursor.written)] if cursor else [])]
    return f"{address}?{urlencode(query)}" if query else address


def _cursor(data: Any) -> Cursor | None:
    if BEFORE in data:
        return Cursor.read(data[BEFORE], is_falling=True)
    return Cursor.read(data.get(BEHIND, ""), is_falling=False)


def _rows(told: ListingRows, part: Part) -> list[ListingRow]:
    """Return the rows for people.

    Those of a past day lead nowhere: the person may be with somebody else by now.
    """
    is_today = told.asked.reach.day is None
    return [_row(values, told.columns, is_today=is_today) for values in part.rows]


def _row(
    values: Mapping[str, Any], columns: Sequence[ListingColumn], *, is_today: bool
) -> ListingRow:
    """Return a row for people: the first column heads it, the NIP stands below."""
    first, *rest = [column for column in columns if column.key != "nip"]
    has_nip = any(column.key == "nip" for column in columns)
    person_key = values.get("person_key") if is_today else None
    return ListingRow(
        values[first.key],
        reverse("reports:why", args=[person_key])
        if person_key
        else values.get("url", ""),
        values["nip"] or "–" if has_nip else None,
        [Cell(str(one.title), one.kind, values[one.key]) for one in rest],
    )


def _sums(
    columns: Sequence[ListingColumn], sums: Mapping[str, int]
) -> list[tuple[str, int]]:
    return [
        (str(column.title), sums[column.key])
        for column in columns
        if column.key in sums
    ]
