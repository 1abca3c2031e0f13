"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

SWEEP_QUESTION_UPLOADS = Job(
    "studio.sweep_question_uploads", former="studio.tasks.sweep_question_uploads"
)
