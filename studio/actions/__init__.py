"""Every change of state in this room."""

from studio.actions.drafts import LessonDraft, discard_draft, open_draft, save_lesson
from studio.actions.exchange import import_questions
from studio.actions.loading import LoadResult, load_folder
from studio.actions.publishing import publish_course
from studio.actions.question_bulk import Done, change_questions
from studio.actions.questions import retire_question, save_question

__all__ = [
    "Done",
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
