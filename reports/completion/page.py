"""The completion report on the screen.

Words that are searched for are names and NIPs. They never stand in an address,
because addresses end up in logs and histories: they are posted, kept in the session,
and the address only says that the session's words are meant (`cari=1`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from reports.completion import report
from reports.filters.forms import CompletionFilterForm

ROWS_PER_PAGE = 50
LONGEST_SEARCH = 80
SEARCH_KEY = "reports.completion.words"
_SEARCH = "cari"
_FILTERS = ("unit", "kursus", "status", "dari", "sampai")


@dataclass(frozen=True)
class CompletionPage:
    """The report on the screen; no `rows` while the filters need correcting.

    `is_cut` says that there are more than the `total` rows that can be paged through.
    `parameters` are the filters for the forms beside the table.
    """

    form: CompletionFilterForm
    words: str
    rows: Page[report.CompletionRow] | None
    total: int
    is_cut: bool
    is_filtered: bool
    in_words: Sequence[tuple[str, str]]
    parameters: dict[str, str]


def completion_page(
    user: Any, *, form: CompletionFilterForm, words: str, number: str, now: datetime
) -> CompletionPage:
    """Return the page `number`; the number of queries does not grow with the rows."""
    parameters = kept_parameters(form.data, is_search=bool(words))
    rows: Page[report.CompletionRow] | None = None
    in_words: list[tuple[str, str]] = []
    if form.is_valid():
        filters = form.filters(words=words)
        found: Any = report.completion_rows(filters, user, now)
        rows = Paginator(found, ROWS_PER_PAGE).get_page(number)
        in_words = report.completion_in_words(filters, user, now)
    total = rows.paginator.count if rows else 0
    return CompletionPage(
        form=form,
        words=words,
        rows=rows,
        total=total,
        is_cut=total == report.MOST_SHOWN,
        is_filtered=bool(parameters),
        in_words=in_words,
        parameters=parameters,
    )


def searched_words(session: Any, data: Mapping[str, Any]) -> str:
    """Return the session's words where the parameters ask for them."""
    words: str = session.get(SEARCH_KEY, "") if _SEARCH in data else ""
    return words


def kept_parameters(data: Mapping[str, Any], *, is_search: bool) -> dict[str, str]:
    """Return the filters among the parameters, and whether there is a search."""
    kept = {name: data[name] for name in _FILTERS if data.get(name)}
    return {**kept, _SEARCH: "1"} if is_search else kept
