"""Saved views as people see them: in the list of reports, and beside a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.access import holds, roots
from accounts.models import Unit
from reports.filters.forms import Choice
from reports.models import SavedView, ViewSubscriber
from reports.saved.savable import SAVABLE
from reports.units.reach import CAPABILITY, outermost

# How long the list offers to bring back what was deleted.
OFFERED_BACK = timedelta(minutes=10)
MOST_LISTED = 200


@dataclass(frozen=True)
class ViewLine:
    """A saved view; `day` is the fixed day it speaks of, None for the day it is opened.

    `owner` is empty for the reader's own, `shared_on` where nobody else sees it.
    `every` says how often its file is made, empty for never; `is_wanted` that the
    reader gets hers too.
    """

    key: UUID
    name: str
    report: str
    day: date | None
    owner: str
    shared_on: str
    every: str
    is_paused: bool
    is_wanted: bool


@dataclass(frozen=True)
class ViewLists:
    """Her own views, those shared with her, and what she has just deleted."""

    own: Sequence[ViewLine]
    shared: Sequence[ViewLine]
    deleted: Sequence[ViewLine] = ()


def views_of(user: Any) -> ViewLists:
    """Return all views that she may open; two queries."""
    return _lists(user, SavedView.objects.kept())


def views_beside(user: Any, report: str) -> ViewLists:
    """Return the views of one report; two queries."""
    return _lists(user, SavedView.objects.kept().filter(report=report))


def just_deleted(user: Any, *, now: datetime) -> list[ViewLine]:
    """Return what she has deleted in the last minutes, the latest first."""
    mine = SavedView.objects.of(user).filter(deleted_at__gt=now - OFFERED_BACK)
    return _lines(mine.order_by("-deleted_at"), user)


def sharing_choices(user: Any) -> list[Choice]:
    """Return the units on which she may share: those that she has a role on."""
    tops = outermost(roots(user, CAPABILITY))
    units = Unit.objects.filter(path__in=tops).order_by("path")
    return [(unit.code, unit.name) for unit in units]


def _lists(user: Any, views: Any) -> ViewLists:
    return ViewLists(
        own=_lines(views.of(user), user),
        shared=_lines(views.shared_with(user, CAPABILITY), user),
    )


def _lines(views: Any, user: Any) -> list[ViewLine]:
    hers = ViewSubscriber.objects.filter(view=OuterRef("pk"), person=user)
    found = views.annotate(is_wanted=Exists(hers))
    found = found.select_related("owner", "shared_on")[:MOST_LISTED]
    return [_line(view, user) for view in found if _is_hers(view, user)]


def _is_hers(view: SavedView, user: Any) -> bool:
    savable = SAVABLE.get(view.report)
    return savable is not None and holds(user, savable.capability)


def _line(view: Any, user: Any) -> ViewLine:
    day = view.filters.get("as_of")
    return ViewLine(
        key=view.key,
        name=view.name,
        report=str(SAVABLE[view.report].title),
        day=date.fromisoformat(day) if day else None,
        owner="" if view.owner_id == user.pk else view.owner.full_name,
        shared_on=view.shared_on.name if view.shared_on else "",
        every=view.get_every_display(),
        is_paused=bool(view.paused_because),
        is_wanted=view.is_wanted,
    )
