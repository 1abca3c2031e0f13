"""The background work of this room, by name; `tasks` says what each does."""

from lib.queueing import Job

ASK_FOR_DUE_PUBLICATIONS = Job("studio.ask_for_due_publications")
PUBLISH_PLANNED = Job("studio.publish_planned")
TELL_OF_PLANNED = Job("studio.tell_of_planned")
ASK_FOR_DIGESTS = Job("studio.ask_for_digests")
SEND_DIGEST = Job("studio.send_digest")
SWEEP_WRITINGS = Job("studio.sweep_writings")
SWEEP_QUESTION_UPLOADS = Job(
    "studio.sweep_question_uploads", former="studio.tasks.sweep_question_uploads"
)
