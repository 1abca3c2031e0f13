"""Background work of the site as a whole."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from elearning import jobs

# Hours for the largest sites. Acknowledged at once: a backup that lasts longer than
# the broker's patience must not be begun again beside itself.
_LONGEST = 8 * 3600


@jobs.MAKE_NIGHTLY_BACKUP.task(
    acks_late=False, time_limit=_LONGEST, soft_time_limit=_LONGEST - 60
)
def make_nightly_backup() -> None:
    """Make a backup where the settings name a folder."""
    if settings.ELEARNING_BACKUP_FOLDER:
        call_command("backup", Path(settings.ELEARNING_BACKUP_FOLDER))
