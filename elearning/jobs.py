"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

MAKE_NIGHTLY_BACKUP = Job("elearning.make_nightly_backup")
NOTE_HEARTBEAT = Job("elearning.note_heartbeat")
DELETE_OLD_FAILURES = Job("elearning.delete_old_failures")
