"""Celery: one application, three queues and the whole beat schedule.

The database is the truth for work to be done: every task that matters is found
again by a sweep in the schedule below, so a lost message costs time, not work.
"""

import os

from celery import Celery
from celery.schedules import crontab

from accounts import jobs as accounts_jobs
from certificates import jobs as certificates_jobs
from courses import jobs as courses_jobs
from quizzes import jobs as quizzes_jobs
from reports import jobs as reports_jobs
from studio import jobs as studio_jobs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")

app = Celery("elearning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.task_routes = {
    "certificates.*": {"queue": "certificates"},
    "reports.*": {"queue": "exports"},
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
    "issue-missing-certificates": {
        "task": certificates_jobs.ISSUE_MISSING_CERTIFICATES.name,
        "schedule": 60.0,
    },
    "refresh-rollups-of-moved-people": {
        "task": courses_jobs.REFRESH_ROLLUPS_OF_MOVED_PEOPLE.name,
        "schedule": 60.0,
    },
    "refresh-stale-statistics": {
        "task": quizzes_jobs.REFRESH_STALE_STATISTICS.name,
        "schedule": crontab(hour=2, minute=31),
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
    "seal-audit": {
        "task": accounts_jobs.SEAL_AUDIT.name,
        "schedule": crontab(minute=7),
    },
    "sweep-uploads": {
        "task": accounts_jobs.SWEEP_UPLOADS.name,
        "schedule": crontab(minute=41),
    },
    "sweep-question-uploads": {
        "task": studio_jobs.SWEEP_QUESTION_UPLOADS.name,
        "schedule": crontab(minute="*/10"),
    },
    "clear-expired-sessions": {
        "task": accounts_jobs.CLEAR_EXPIRED_SESSIONS.name,
        "schedule": crontab(hour=3, minute=17),
    },
}
