"""Every change of state in this room."""

from studio.drafts.actions import LessonDraft, discard_draft, open_draft, save_lesson
from studio.drafts.beginning import CourseStart, begin_course
from studio.drafts.quizzes import add_quiz, remove_quiz, save_bank, save_quiz
from studio.drafts.structure import (
    CourseSettings,
    OutlineChange,
    change_outline,
    save_settings,
)
from studio.drafts.writing import close_writings
from studio.exchange.actions import import_questions
from studio.folders.loading import LoadResult, load_folder
from studio.folders.sending.bringing import bring_course
from studio.history.restoring import restore_lesson
from studio.media.actions import delete_file, describe_file, upload_file
from studio.publishing.actions import publish_course
from studio.publishing.again import publish_again, publish_lessons
from studio.publishing.planned import cancel_plan, plan_course, publish_planned
from studio.questions.actions import (
    compose_question,
    retire_question,
    save_question,
)
from studio.questions.bulk_actions import BulkOutcome, change_questions
from studio.reviewing.actions import (
    ask_for_review,
    comment_on_draft,
    decide_on_draft,
    settle_comment,
    withdraw_review,
)
from studio.sharing.banks import follow_bank, refer_to_bank, share_bank
from studio.sharing.courses import follow_course, refer_to_course

__all__ = [
    "BulkOutcome",
    "CourseSettings",
    "CourseStart",
    "LessonDraft",
    "LoadResult",
    "OutlineChange",
    "add_quiz",
    "ask_for_review",
    "begin_course",
    "bring_course",
    "cancel_plan",
    "change_outline",
    "change_questions",
    "close_writings",
    "comment_on_draft",
    "compose_question",
    "decide_on_draft",
    "delete_file",
    "describe_file",
    "discard_draft",
    "follow_bank",
    "follow_course",
    "import_questions",
    "load_folder",
    "open_draft",
    "plan_course",
    "publish_again",
    "publish_course",
    "publish_lessons",
    "publish_planned",
    "refer_to_bank",
    "refer_to_course",
    "remove_quiz",
    "restore_lesson",
    "retire_question",
    "save_bank",
    "save_lesson",
    "save_question",
    "save_quiz",
    "save_settings",
    "settle_comment",
    "share_bank",
    "upload_file",
    "withdraw_review",
]
