"""All reports that can be downloaded, by key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.columns import ReportColumn
from reports.completion import report
from reports.gain import report as gain


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
    """

    key: str
    title: str | Promise
    sheet: str | Promise
    file_name: str
    columns: Sequence[ReportColumn]
    filters: Callable[[dict[str, Any]], Any]
    rows: Callable[[Any, User, datetime], Rows]
    in_words: Callable[[Any, User, datetime], Iterable[tuple[str, str]]]


REPORTS: Mapping[str, Report] = {
    report.COMPLETION_KEY: Report(
        key=report.COMPLETION_KEY,
        title=report.COMPLETION_TITLE,
        sheet=_("Penyelesaian"),
        file_name="penyelesaian",
        columns=report.COMPLETION_COLUMNS,
        filters=report.Filters.from_json,
        rows=report.completion_rows,
        in_words=report.completion_in_words,
    ),
    gain.GAIN_KEY: Report(
        key=gain.GAIN_KEY,
        title=gain.GAIN_TITLE,
        sheet=_("Peningkatan"),
        file_name="peningkatan",
        columns=gain.GAIN_COLUMNS,
        filters=gain.GainFilters.from_json,
        rows=gain.gain_rows,
        in_words=gain.gain_in_words,
    ),
}
