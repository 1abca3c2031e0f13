"""Background work of this room: ids in, one action."""

from django.utils import timezone

from lib.queueing import EVERY_MINUTE
from reports import actions, jobs
from reports.dashboard import numbers
from reports.exports import telling
from reports.models import ExportJob
from reports.saved import actions as saved_actions
from reports.saved import planning


@jobs.RUN_EXPORT.task(expires=EVERY_MINUTE)
def run_export(*, job_id: int) -> None:
    """Make the file of an export that waits."""
    actions.run_export(job_id=job_id, now=timezone.now())


@jobs.RUN_WAITING_EXPORTS.task()
def run_waiting_exports() -> int:
    """Queue exports whose message or worker was lost; one task each."""
    ids = list(
        ExportJob.objects.waiting(timezone.now()).values_list("pk", flat=True)[:500]
    )
    for job_id in ids:
        run_export.delay(job_id=job_id)
    return len(ids)


@jobs.DELETE_EXPIRED_EXPORTS.task()
def delete_expired_exports() -> int:
    """Delete files whose seven days are over."""
    return actions.delete_expired_exports(now=timezone.now())


@jobs.FORGET_DELETED_VIEWS.task()
def forget_deleted_views() -> int:
    """Delete for good the views that were deleted a day ago."""
    return saved_actions.forget_deleted_views(now=timezone.now())


@jobs.ASK_FOR_DUE_VIEWS.task()
def ask_for_due_views() -> int:
    """Queue the saved views whose day has come; one task each."""
    return planning.ask_for_due_views(now=timezone.now())


@jobs.PLAN_VIEW.task()
def plan_view(*, view_id: int) -> int:
    """Ask for the files of one saved view."""
    return planning.plan_view(view_id=view_id, now=timezone.now())


@jobs.ASK_FOR_FILE_MAILS.task()
def ask_for_file_mails() -> int:
    """Queue the mails about files that may go out; one task each."""
    return telling.ask_for_file_mails(now=timezone.now())


@jobs.SEND_FILE_MAIL.task()
def send_file_mail(*, mail_id: int) -> bool:
    """Send one mail about a file."""
    return telling.send_file_mail(mail_id=mail_id, now=timezone.now())


@jobs.REFRESH_FIGURES.task()
def refresh_figures(*, paths: list[str], ends: list[str], target: int) -> bool:
    """Count the figures of a part of the organisation anew."""
    now = timezone.now()
    return numbers.refresh_figures(paths=paths, ends=ends, target=target, now=now)
