"""Keeping views of reports, changing and deleting them, and bringing them back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from lib.refusals import ActionRefused
from lib.transactions import atomic_with_retry
from reports.models import ExportJob, SavedView
from reports.saved.planning import day_after

MOST_VIEWS = 100
KEPT_DELETED = timedelta(days=1)


class ViewNotSaved(ActionRefused):
    """A view that cannot be kept like this."""


@dataclass(frozen=True)
class ViewContent:
    """What the owner says of a view; `every` empty: no file is made of itself."""

    name: str
    shared_on: Unit | None = None
    every: str = ""
    format: str = ExportJob.Format.XLSX


@atomic_with_retry
def save_view(
    *, report: str, name: str, filters: dict[str, Any], by: User, now: datetime
) -> SavedView:
    """Keep the filters of a report under a name of `by`'s own.

    `filters` are JSON, and `name` is one that nobody is named in. Refuses a name that
    she uses already, and more than a hundred views. Locks the person.
    """
    _lock_owner(by)
    _check_name(by, name)
    if SavedView.objects.kept().of(by).count() >= MOST_VIEWS:
        raise ViewNotSaved(
            "too_many",
            _("Anda sudah punya %(most)d tampilan. Hapus dulu yang tidak dipakai.")
            % {"most": MOST_VIEWS},
        )
    view: SavedView = SavedView.objects.create(
        report=report, name=name, filters=filters, owner=by, created_at=now
    )
    audit.record("reports.view.saved", view, by=by, now=now, report=report)
    return view


@atomic_with_retry
def change_view(
    *, view_id: int, content: ViewContent, by: User, now: datetime
) -> SavedView:
    """Rename a view, share it, and say how often its file is made.

    A view that was paused goes on. Who had subscribed to one that is shared no more
    gets nothing. Refuses a name that the owner uses already. Locks the owner, then the
    view.
    """
    _lock_owner(by)
    view = _locked_view(view_id)
    if content.name != view.name:
        _check_name(by, content.name)
    said = vars(content)
    changed = [field for field in said if said[field] != getattr(view, field)]
    if "every" in changed or view.paused_because:
        today = now.astimezone(ZoneInfo(by.time_zone)).date()
        every = content.every
        view.next_on = day_after(every, today) if every else None
        view.failures, view.paused_because = 0, ""
    view.name, view.shared_on = content.name, content.shared_on
    view.every, view.format = content.every, content.format
    if view.shared_on is None:
        view.subscribers.all().delete()
    view.save()
    audit.record("reports.view.changed", view, by=by, now=now, fields=changed)
    return view


@atomic_with_retry
def delete_view(*, view_id: int, by: User, now: datetime) -> SavedView:
    """Delete a view; for a day it can come back. One that is deleted stays so."""
    view = _locked_view(view_id)
    if view.deleted_at is None:
        view.deleted_at = now
        view.save(update_fields=["deleted_at"])
        audit.record("reports.view.deleted", view, by=by, now=now)
    return view


@atomic_with_retry
def restore_view(*, view_id: int, by: User, now: datetime) -> SavedView:
    """Bring a deleted view back; one that is there stays as it is.

    Refuses when another view has taken its name meanwhile. Locks the owner, then the
    view.
    """
    _lock_owner(by)
    view = _locked_view(view_id)
    if view.deleted_at is not None:
        _check_name(by, view.name)
        view.deleted_at = None
        view.save(update_fields=["deleted_at"])
        audit.record("reports.view.restored", view, by=by, now=now)
    return view


@atomic_with_retry
def subscribe_view(
    *, view_id: int, is_wanted: bool, by: User, now: datetime
) -> SavedView:
    """Note that `by` wants the file of a view that is shared with her, or no more.

    Saying it twice changes nothing. Locks the view.
    """
    view = _locked_view(view_id)
    hers = view.subscribers.filter(person=by)
    if is_wanted and not hers.exists():
        view.subscribers.create(person=by, since=now)
        audit.record("reports.view.subscribed", view, by=by, now=now)
    elif not is_wanted and hers.delete()[0]:
        audit.record("reports.view.unsubscribed", view, by=by, now=now)
    return view


def forget_deleted_views(*, now: datetime) -> int:
    """Delete for good what was deleted a day ago; return how many views."""
    old = SavedView.objects.filter(deleted_at__lte=now - KEPT_DELETED)
    _rows, by_model = old.delete()
    return by_model.get(SavedView._meta.label, 0)


def _lock_owner(owner: User) -> None:
    """Two saves of one person come one after the other, so that names stay apart."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _locked_view(view_id: int) -> SavedView:
    views = SavedView.objects.select_for_update(of=("self",), no_key=True)
    view: SavedView = views.select_related("shared_on").get(pk=view_id)
    return view


def _check_name(owner: User, name: str) -> None:
    if SavedView.objects.kept().of(owner).filter(name=name).exists():
        raise ViewNotSaved(
            "name_taken",
            _("Nama ini sudah dipakai tampilan lain. Pilih nama lain."),
        )
