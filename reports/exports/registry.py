"""All reports that can be downloaded, by key."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.columns import ReportColumn
from reports.completion import report
from reports.gain import report as gain
from reports.listings.asking import ListingFilters
from reports.listings.catalogue import LISTINGS
from reports.listings.definition import Listing
from reports.listings.rows import listing_rows
from reports.listings.words import listing_in_words
from reports.siasn.rows import SIASN_COLUMNS, SIASN_KEY, SiasnRows, siasn_in_words
from reports.trail import report as trail
from reports.trail.asking import TrailFilters
from reports.trail.rows import trail_rows


class Rows(Protocol):
    """Rows that can be streamed, and counted as far as somebody needs to know."""

    def __iter__(self) -> Any: ...

    def count_up_to(self, limit: int) -> int:
        """Return the number of rows, or `limit` when there are more."""
        ...


@dataclass(frozen=True)
class Report:
    """A report: its filters from what was stored, its columns and its rows.

    `sheet` names the sheet of a workbook, and `file_name` begins the name of a file.
    Of the columns whose keys are among `sums`, files tell the sum; those among
    `printed` have room on paper, all of them where it is empty.
    """

    key: str
    title: str | Promise
    sheet: str | Promise
    file_name: str
    columns: Callable[[Any], Sequence[ReportColumn]]
    filters: Callable[[dict[str, Any]], Any]
    rows: Callable[[Any, User, datetime], Rows]
    in_words: Callable[[Any, User, datetime], Iterable[tuple[str, str]]]
    sums: Collection[str] = ()
    printed: Sequence[str] = ()


def _of_listing(listing: Listing) -> Report:
    return Report(
        key=listing.key,
        title=listing.title,
        sheet=listing.sheet,
        file_name=listing.slug,
        columns=lambda filters: listing.chosen(filters.columns),
        filters=ListingFilters.from_json,
        rows=partial(listing_rows, listing),
        in_words=partial(listing_in_words, listing),
        sums=listing.sums,
    )


REPORTS: Mapping[str, Report] = {
    report.COMPLETION_KEY: Report(
        key=report.COMPLETION_KEY,
        title=report.COMPLETION_TITLE,
        sheet=_("Penyelesaian"),
        file_name="penyelesaian",
        columns=lambda _filters: report.COMPLETION_COLUMNS,
        filters=report.Filters.from_json,
        rows=report.completion_rows,
        in_words=report.completion_in_words,
        printed=report.COMPLETION_PRINTED,
    ),
    gain.GAIN_KEY: Report(
        key=gain.GAIN_KEY,
        title=gain.GAIN_TITLE,
        sheet=_("Peningkatan"),
        file_name="peningkatan",
        columns=lambda _filters: gain.GAIN_COLUMNS,
        filters=gain.GainFilters.from_json,
        rows=gain.gain_rows,
        in_words=gain.gain_in_words,
    ),
    SIASN_KEY: Report(
        key=SIASN_KEY,
        title=_("Rekap untuk SIASN"),
        sheet="SIASN",
        file_name="siasn",
        columns=lambda _filters: SIASN_COLUMNS,
        filters=dict,
        rows=lambda filters, user, _now: SiasnRows(filters["batch"], user),
        in_words=siasn_in_words,
    ),
    trail.TRAIL_KEY: Report(
        key=trail.TRAIL_KEY,
        title=trail.TRAIL_TITLE,
        sheet=_("Aktivitas"),
        file_name="aktivitas",
        columns=lambda _filters: trail.TRAIL_COLUMNS,
        filters=TrailFilters.from_json,
        rows=trail_rows,
        in_words=trail.trail_in_words,
        printed=("tanggal", "pukul", "siapa", "apa", "tentang", "ket"),
    ),
    **{key: _of_listing(listing) for key, listing in LISTINGS.items()},
}
