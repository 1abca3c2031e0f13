"""Celery: one application, three queues and the whole beat schedule.

The database is the truth for work to be done: every task that matters is found
again by a sweep in the schedule below, so a lost message costs time, not work.
"""

import os
from typing import Any

from billiard.exceptions import WorkerLostError
from celery import Celery, signals
from celery.schedules import crontab
from django.utils import timezone

from accounts import jobs as accounts_jobs
from certificates import jobs as certificates_jobs
from courses import jobs as courses_jobs
from elearning import jobs as elearning_jobs
from elearning.queues import QUEUES
from lib import log_context
from lib.queueing import EVERY_HOUR, EVERY_MINUTE, EVERY_NIGHT
from quizzes import jobs as quizzes_jobs
from reports import jobs as reports_jobs
from studio import jobs as studio_jobs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")

# The header of a message that names the request.
_REQUEST = "melek_request"

app = Celery("elearning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.task_routes = {
    # A large sheet keeps a worker for a minute: mails do not wait behind it.
    accounts_jobs.READ_DRAFT.name: {"queue": "exports"},
    accounts_jobs.APPLY_DRAFT.name: {"queue": "exports"},
    "certificates.*": {"queue": "certificates"},
    "reports.*": {"queue": "exports"},
    "elearning.*": {"queue": "exports"},
}
app.conf.beat_schedule = {
    "submit-overdue-attempts": {
        "task": quizzes_jobs.SUBMIT_OVERDUE_ATTEMPTS.name,
        "schedule": 60.0,
    },
    "apply-repairs": {
        "task": quizzes_jobs.APPLY_REPAIRS.name,
        "schedule": 60.0,
    },
    "apply-old-repairs": {
        "task": quizzes_jobs.APPLY_OLD_REPAIRS.name,
        "schedule": crontab(hour=1, minute=43),
    },
    "extend-running-attempts": {
        "task": quizzes_jobs.EXTEND_RUNNING_ATTEMPTS.name,
        "schedule": 60.0,
    },
    "issue-missing-certificates": {
        "task": certificates_jobs.ISSUE_MISSING_CERTIFICATES.name,
        "schedule": 60.0,
    },
    "tell-outside-decisions": {
        "task": certificates_jobs.TELL_OUTSIDE_DECISIONS.name,
        "schedule": 60.0,
    },
    "delete-unnamed-papers": {
        "task": certificates_jobs.DELETE_UNNAMED_PAPERS.name,
        "schedule": crontab(hour=3, minute=53),
    },
    "refresh-rollups-of-moved-people": {
        "task": courses_jobs.REFRESH_ROLLUPS_OF_MOVED_PEOPLE.name,
        "schedule": 60.0,
    },
    "refresh-wrong-rollups": {
        "task": courses_jobs.REFRESH_WRONG_ROLLUPS.name,
        "schedule": crontab(hour=2, minute=11),
    },
    "plan-reminders": {
        "task": courses_jobs.PLAN_REMINDERS.name,
        "schedule": crontab(minute=17),
    },
    "ask-for-reminders": {
        "task": courses_jobs.ASK_FOR_REMINDERS.name,
        "schedule": 60.0,
    },
    "delete-unused-files": {
        "task": courses_jobs.DELETE_UNUSED_FILES.name,
        "schedule": crontab(hour=3, minute=41),
    },
    "ask-how-plans-went": {
        "task": courses_jobs.ASK_HOW_PLANS_WENT.name,
        "schedule": crontab(minute=47),
    },
    "index-courses": {
        "task": courses_jobs.INDEX_COURSES.name,
        "schedule": crontab(minute="*/10"),
    },
    "mark-ended-roles": {
        "task": accounts_jobs.MARK_ENDED_ROLES.name,
        "schedule": crontab(minute=3),
    },
    "refresh-stale-statistics": {
        "task": quizzes_jobs.REFRESH_STALE_STATISTICS.name,
        "schedule": crontab(hour=2, minute=31),
    },
    "tell-open-again": {
        "task": quizzes_jobs.TELL_OPEN_AGAIN.name,
        "schedule": crontab(minute=3),
    },
    "open-follow-ups": {
        "task": quizzes_jobs.OPEN_FOLLOW_UPS.name,
        "schedule": crontab(minute=53),
    },
    "run-waiting-exports": {
        "task": reports_jobs.RUN_WAITING_EXPORTS.name,
        "schedule": 60.0,
    },
    "delete-expired-exports": {
        "task": reports_jobs.DELETE_EXPIRED_EXPORTS.name,
        "schedule": crontab(minute=23),
    },
    "ask-for-due-views": {
        "task": reports_jobs.ASK_FOR_DUE_VIEWS.name,
        "schedule": crontab(minute="*/10"),
    },
    "ask-for-file-mails": {
        "task": reports_jobs.ASK_FOR_FILE_MAILS.name,
        "schedule": 60.0,
    },
    "forget-deleted-views": {
        "task": reports_jobs.FORGET_DELETED_VIEWS.name,
        "schedule": crontab(hour=3, minute=11),
    },
    "ask-for-daily-mails": {
        "task": accounts_jobs.ASK_FOR_DAILY_MAILS.name,
        "schedule": crontab(minute=19),
    },
    "forget-old-notices": {
        "task": accounts_jobs.FORGET_OLD_NOTICES.name,
        "schedule": crontab(hour=3, minute=27),
    },
    "plan-retention": {
        "task": accounts_jobs.PLAN_RETENTION.name,
        "schedule": crontab(hour=4, minute=7),
    },
    "ask-for-due-erasures": {
        "task": accounts_jobs.ASK_FOR_DUE_ERASURES.name,
        "schedule": crontab(minute=37),
    },
    "seal-audit": {
        "task": accounts_jobs.SEAL_AUDIT.name,
        "schedule": crontab(minute=7),
    },
    "sweep-drafts": {
        "task": accounts_jobs.SWEEP_DRAFTS.name,
        "schedule": 60.0,
    },
    "sweep-uploads": {
        "task": accounts_jobs.SWEEP_UPLOADS.name,
        "schedule": crontab(minute=41),
    },
    "sweep-tallies": {
        "task": accounts_jobs.SWEEP_TALLIES.name,
        "schedule": crontab(minute=29),
    },
    "publish-planned-courses": {
        "task": studio_jobs.ASK_FOR_DUE_PUBLICATIONS.name,
        "schedule": 60.0,
    },
    "send-studio-digests": {
        "task": studio_jobs.ASK_FOR_DIGESTS.name,
        "schedule": crontab(hour=7, minute=13),
    },
    "sweep-writings": {
        "task": studio_jobs.SWEEP_WRITINGS.name,
        "schedule": crontab(hour=3, minute=53),
    },
    "sweep-question-uploads": {
        "task": studio_jobs.SWEEP_QUESTION_UPLOADS.name,
        "schedule": crontab(minute="*/10"),
    },
    **{
        f"heartbeat-{queue}": {
            "task": elearning_jobs.NOTE_HEARTBEAT.name,
            "schedule": 60.0,
            # By way of this queue, whatever the routes say.
            "options": {"queue": queue},
        }
        for queue in QUEUES
    },
    "delete-old-failures": {
        "task": elearning_jobs.DELETE_OLD_FAILURES.name,
        "schedule": crontab(hour=3, minute=53),
    },
    "make-nightly-backup": {
        "task": elearning_jobs.MAKE_NIGHTLY_BACKUP.name,
        "schedule": crontab(hour=0, minute=37),
    },
    "clear-expired-sessions": {
        "task": accounts_jobs.CLEAR_EXPIRED_SESSIONS.name,
        "schedule": crontab(hour=3, minute=17),
    },
}


def _expires(schedule: float | crontab) -> int:
    """Return after how many seconds a message of this schedule has no use any more.

    A sweep finds everything that is due, so of many that waited for a worker the last
    one is enough.
    """
    if not isinstance(schedule, crontab):
        return EVERY_MINUTE
    return EVERY_NIGHT if schedule._orig_hour != "*" else EVERY_HOUR


for _entry in app.conf.beat_schedule.values():
    _entry.setdefault("options", {})["expires"] = _expires(_entry["schedule"])


@signals.before_task_publish.connect
def carry_request(headers: dict[str, Any], **ignored: Any) -> None:
    """Let the lines of a task name the request that has asked for it."""
    if request := log_context.current().get("request"):
        headers[_REQUEST] = request


@signals.task_prerun.connect
def begin_lines(task_id: str, task: Any, **ignored: Any) -> None:
    """Let every line of a task name it."""
    said = {"task": task_id, "job": task.name}
    if request := getattr(task.request, _REQUEST, None):
        said["request"] = request
    log_context.add(**said)


@signals.task_failure.connect
def keep_failure(
    sender: Any, exception: BaseException, kwargs: dict[str, Any], **ignored: Any
) -> None:
    """Keep for the operator what failed and is not tried again.

    Not a worker that was killed: then this runs in its parent, which must open no
    database, and the task is handed out again.
    """
    from elearning.watching.failed_tasks import note_failure

    if not isinstance(exception, WorkerLostError):
        note_failure(
            task=sender.name,
            arguments=kwargs or {},
            error=exception,
            now=timezone.now(),
        )


@signals.task_postrun.connect
def end_lines(**ignored: Any) -> None:
    """Forget the task: the process goes on with another one."""
    log_context.forget("task", "job", "request")
