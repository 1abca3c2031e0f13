"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

REFRESH_ROLLUPS_OF_MOVED_PEOPLE = Job(
    "courses.refresh_rollups_of_moved_people",
    former="courses.tasks.refresh_rollups_of_moved_people",
)
REFRESH_WRONG_ROLLUPS = Job("courses.refresh_wrong_rollups")
DELETE_UNUSED_FILES = Job("courses.delete_unused_files")
