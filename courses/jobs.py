"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

REFRESH_ROLLUPS_OF_MOVED_PEOPLE = Job(
    "courses.refresh_rollups_of_moved_people",
    former="courses.tasks.refresh_rollups_of_moved_people",
)
REFRESH_WRONG_ROLLUPS = Job("courses.refresh_wrong_rollups")
PLAN_REMINDERS = Job("courses.plan_reminders")
ASK_FOR_REMINDERS = Job("courses.ask_for_reminders")
SEND_REMINDERS = Job("courses.send_reminders")
DELETE_UNUSED_FILES = Job("courses.delete_unused_files")
INDEX_COURSE = Job("courses.index_course")
INDEX_COURSES = Job("courses.index_courses")
TELL_OF_NEW_PARTS = Job("courses.tell_of_new_parts")
ASK_HOW_PLANS_WENT = Job("courses.ask_how_plans_went")
