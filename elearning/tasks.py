"""Background work of the site as a whole."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from elearning import jobs
from elearning.watching import failed_tasks, heartbeats

# Hours for the largest sites. Acknowledged at once: a backup that lasts longer than
# the broker's patience must not be begun again beside itself.
_LONGEST = 8 * 3600


@jobs.MAKE_NIGHTLY_BACKUP.task(
    acks_late=False, time_limit=_LONGEST, soft_time_limit=_LONGEST - 60
)
def make_nightly_backup() -> None:
    """Make a backup where the settings name a folder."""
    if settings.ELEARNING_BACKUP_FOLDER:
        call_command("backup", settings.ELEARNING_BACKUP_FOLDER)


@jobs.NOTE_HEARTBEAT.task(bind=True)
def note_heartbeat(self: Any) -> None:
    """Keep that beat and a worker of this queue are there."""
    came_by = self.request.delivery_info or {}
    # Called by hand it came by none.
    queue = came_by.get("routing_key", settings.CELERY_TASK_DEFAULT_QUEUE)
    heartbeats.note_heartbeat(queue=queue, now=timezone.now())


@jobs.DELETE_OLD_FAILURES.task()
def delete_old_failures() -> None:
    """Forget tasks that failed once, long ago."""
    failed_tasks.delete_old_failures(now=timezone.now())
