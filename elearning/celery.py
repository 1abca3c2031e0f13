"""Celery: one application, three queues and the whole beat schedule.

The database is the truth for work to be done: every task that matters is found
again by a sweep in the schedule below, so a lost message costs time, not work.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")

app = Celery("elearning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.task_routes = {
    "certificates.tasks.*": {"queue": "certificates"},
    "reports.tasks.*": {"queue": "exports"},
}
app.conf.beat_schedule = {
    "submit-overdue-attempts": {
        "task": "quizzes.tasks.submit_overdue_attempts",
        "schedule": 60.0,
    },
    "apply-repairs": {
        "task": "quizzes.tasks.apply_repairs",
        "schedule": 60.0,
    },
    "issue-missing-certificates": {
        "task": "certificates.tasks.issue_missing_certificates",
        "schedule": 60.0,
    },
    "refresh-rollups-of-moved-people": {
        "task": "courses.tasks.refresh_rollups_of_moved_people",
        "schedule": 60.0,
    },
    "refresh-stale-statistics": {
        "task": "quizzes.tasks.refresh_stale_statistics",
        "schedule": crontab(hour=2, minute=31),
    },
    "open-follow-ups": {
        "task": "quizzes.tasks.open_follow_ups",
        "schedule": crontab(minute=53),
    },
    "run-waiting-exports": {
        "task": "reports.tasks.run_waiting_exports",
        "schedule": 60.0,
    },
    "delete-expired-exports": {
        "task": "reports.tasks.delete_expired_exports",
        "schedule": crontab(minute=23),
    },
    "seal-audit": {
        "task": "accounts.tasks.seal_audit",
        "schedule": crontab(minute=7),
    },
    "sweep-uploads": {
        "task": "accounts.tasks.sweep_uploads",
        "schedule": crontab(minute=41),
    },
    "sweep-question-uploads": {
        "task": "studio.tasks.sweep_question_uploads",
        "schedule": crontab(minute="*/10"),
    },
    "clear-expired-sessions": {
        "task": "accounts.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=17),
    },
}
