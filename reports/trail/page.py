"""The trail on the screen."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from reports.trail.asking import people_meant
from reports.trail.forms import TrailFilterForm, trail_form
from reports.trail.rows import TrailCursor, TrailPart, TrailRows

PER_PAGE = 50
_BEHIND, _BEFORE = "setelah", "sebelum"
TRAIL_SEARCH_KEY = "reports.trail.words"
_PARAMETERS = ("unit", "kejadian", "dari", "sampai", "cari")


@dataclass(frozen=True)
class TrailWords:
    """Whom somebody looks for: by whom it was done, and about whom it is."""

    who: str = ""
    whom: str = ""


@dataclass(frozen=True)
class TrailPage:
    """A part of the trail; `part` is None while the filters need correcting."""

    form: TrailFilterForm
    words: TrailWords
    part: TrailPart | None
    parameters: list[tuple[str, str]]
    behind_url: str
    before_url: str
    first_url: str
    is_filtered: bool


def trail_words(session: Any, data: Any) -> TrailWords:
    """Return the words that are kept, where the address says that a search is on."""
    kept = session.get(TRAIL_SEARCH_KEY, {}) if "cari" in data else {}
    return TrailWords(kept.get("siapa", ""), kept.get("tentang", ""))


def trail_page(user: User, *, data: Any, words: TrailWords) -> TrailPage:
    """Return a part of the trail; the number of queries does not grow with it."""
    form = trail_form(user, data)
    parameters = trail_parameters(data)
    part = None
    if form.is_valid():
        filters = form.filters(
            actors=people_meant(user, words.who),
            subjects=people_meant(user, words.whom),
        )
        part = TrailRows(filters, user).part(_cursor(data), size=PER_PAGE)
    return TrailPage(
        form=form,
        words=words,
        part=part,
        parameters=parameters,
        behind_url=_url(parameters, _BEHIND, part.behind if part else None),
        before_url=_url(parameters, _BEFORE, part.before if part else None),
        first_url=trail_url(parameters),
        is_filtered=bool(parameters),
    )


def trail_parameters(data: Any) -> list[tuple[str, str]]:
    """Return the filters among the parameters, in a fixed order."""
    return [(name, data[name]) for name in _PARAMETERS if data.get(name)]


def trail_url(parameters: list[tuple[str, str]]) -> str:
    """Return the address of the trail with these filters."""
    address = reverse("reports:trail")
    return f"{address}?{urlencode(parameters)}" if parameters else address


def _url(
    parameters: list[tuple[str, str]], direction: str, cursor: TrailCursor | None
) -> str:
    if cursor is None:
        return ""
    return trail_url([*parameters, (direction, cursor.written)])


def _cursor(data: Any) -> TrailCursor | None:
    if _BEFORE in data:
        return TrailCursor.read(data[_BEFORE], is_later=True)
    return TrailCursor.read(data.get(_BEHIND, ""), is_later=False)
