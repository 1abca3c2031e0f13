"""Making the files of saved views by the calendar: on the morning of their day.

Each reader gets a file of her own, made of what she may read: nothing is handed on. Of
days that were missed only the last one is made.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import as_of
from accounts.models import User
from courses.assigning.workdays import holidays_between
from lib.queueing import EVERY_MINUTE, queue_on_commit
from lib.transactions import atomic_with_retry
from reports import jobs
from reports.exports.telling import tell_paused
from reports.models import ExportJob, SavedView
from reports.saved.opening import ViewNotOpened, filters_for
from reports.saved.rhythm import LONGEST, next_day
from reports.units.reach import CAPABILITY

MOST_FAILURES = 3


def day_after(every: str, today: date) -> date:
    """Return the next day of a rhythm behind `today`; one query."""
    off = holidays_between(today, today + timedelta(days=LONGEST))
    return next_day(every, after=today, off=off)


def ask_for_due_views(*, now: datetime) -> int:
    """Send a message for each view whose day has come; return how many."""
    # The day begins in the east: whose morning it is yet, `plan_view` says.
    latest = now.astimezone(ZoneInfo("Asia/Jayapura")).date()
    ids = list(SavedView.objects.due(latest).values_list("pk", flat=True))
    for pk in ids:
        jobs.PLAN_VIEW.send(expires=EVERY_MINUTE, view_id=pk)
    return len(ids)


@atomic_with_retry
def plan_view(*, view_id: int, now: datetime) -> int:
    """Ask for the file of a view for everybody who wants it; return for how many.

    Nothing happens before the morning of its day where its owner is, nor twice on one
    day. Who is not active any more or reads it no longer gets none; once the owner does
    not, it is paused. Locks the view.
    """
    views = SavedView.objects.select_for_update(of=("self",), no_key=True)
    view = views.select_related("owner").filter(pk=view_id).first()
    if view is None or not view.every or view.paused_because or view.deleted_at:
        return 0
    local = now.astimezone(ZoneInfo(view.owner.time_zone))
    if view.next_on > local.date() or local.hour < settings.ELEARNING_MAIL_HOURS[0]:
        return 0
    due_on = local.date()
    if not _ask(view, view.owner, due_on, now):
        pause(view, _("Pemiliknya tidak lagi memegang laporan ini."), now=now)
        return 0
    view.next_on = day_after(view.every, due_on)
    view.save(update_fields=["next_on"])
    others = [one.person for one in view.subscribers.select_related("person")]
    return 1 + sum(_ask(view, person, due_on, now) for person in others)


def _ask(view: SavedView, person: User, due_on: date, now: datetime) -> bool:
    """Ask for the file of one reader, once for this day; False where she gets none."""
    as_of(person, now)
    if not person.is_active or not _may_open(view, person):
        return False
    try:
        filters = filters_for(person, view)
    except ViewNotOpened:
        return False
    job, is_new = ExportJob.objects.get_or_create(
        view=view,
        asked_by=person,
        due_on=due_on,
        defaults={
            "report": view.report,
            "format": view.format,
            "filters": filters,
            "asked_at": now,
        },
    )
    if is_new:
        audit.record(
            "reports.export.asked",
            job,
            by=None,
            now=now,
            report=view.report,
            format=view.format,
        )
        queue_on_commit(jobs.RUN_EXPORT, job_id=job.pk)
    return True


def _may_open(view: SavedView, person: User) -> bool:
    if view.owner_id == person.pk:
        return True
    shared = SavedView.objects.shared_with(person, CAPABILITY)
    return view.pk in shared.values_list("pk", flat=True)


def note_made(job: ExportJob) -> None:
    """Note that the owner's file of a view was made: what failed before is over."""
    if job.view is not None and job.view.owner_id == job.asked_by_id:
        SavedView.objects.filter(pk=job.view.pk).update(failures=0)


def note_failed(job: ExportJob, *, now: datetime) -> None:
    """Count a failure of the owner's file; the third in a row pauses the view.

    Locks the view; a part of the transaction it is called in.
    """
    views = SavedView.objects.select_for_update(no_key=True)
    view = views.filter(pk=job.view_id, owner=job.asked_by).first()
    if view is None:
        return
    view.failures += 1
    view.save(update_fields=["failures"])
    if view.failures >= MOST_FAILURES:
        pause(view, job.message, now=now)


def pause(view: SavedView, reason: str, *, now: datetime) -> None:
    """Stop making the file of a view until its owner says again how often.

    She is told once. Holds the view's lock.
    """
    view.paused_because = reason[:300]
    view.save(update_fields=["paused_because"])
    audit.record("reports.view.paused", view, by=None, now=now)
    tell_paused(view, now=now)
