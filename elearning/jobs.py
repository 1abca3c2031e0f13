"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

MAKE_NIGHTLY_BACKUP = Job("elearning.make_nightly_backup")
