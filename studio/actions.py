"""Every change of state in this room."""

from studio.drafts.actions import LessonDraft, discard_draft, open_draft, save_lesson
from studio.exchange.actions import import_questions
from studio.folders.loading import LoadResult, load_folder
from studio.publishing.actions import publish_course
from studio.questions.actions import retire_question, save_question
from studio.questions.bulk_actions import BulkOutcome, change_questions

__all__ = [
    "BulkOutcome",
    "LessonDraft",
    "LoadResult",
    "change_questions",
    "discard_draft",
    "import_questions",
    "load_folder",
    "open_draft",
    "publish_course",
    "retire_question",
    "save_lesson",
    "save_question",
]
