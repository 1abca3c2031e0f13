"""Every change of state in this room."""

from quizzes.actions.accommodations import (
    grant_accommodation,
    revoke_accommodation,
)
from quizzes.actions.analysis import ask_for_statistics, refresh_statistics
from quizzes.actions.attempts import (
    check_can_start,
    extend_attempt,
    start_attempt,
    submit_attempt,
)
from quizzes.actions.bank import (
    discard_question_drafts,
    make_ready,
    open_bank,
    restore_question,
    retire_question,
    write_question,
)
from quizzes.actions.conditions import set_condition
from quizzes.actions.follow_ups import answer_follow_up, open_follow_up
from quizzes.actions.importing import import_questions
from quizzes.actions.practice import answer_practice
from quizzes.actions.publishing import copy_quizzes, create_quiz, questions_asked
from quizzes.actions.repairs import (
    apply_repair,
    read_notice,
    repair_question,
    unfinished_repairs,
)
from quizzes.actions.reviews import answer_review, set_review_preference
from quizzes.actions.rules import set_quiz_rules
from quizzes.actions.saving import save_response

__all__ = [
    "answer_follow_up",
    "answer_practice",
    "answer_review",
    "apply_repair",
    "ask_for_statistics",
    "check_can_start",
    "copy_quizzes",
    "create_quiz",
    "discard_question_drafts",
    "extend_attempt",
    "grant_accommodation",
    "import_questions",
    "make_ready",
    "open_bank",
    "open_follow_up",
    "questions_asked",
    "read_notice",
    "refresh_statistics",
    "repair_question",
    "restore_question",
    "retire_question",
    "revoke_accommodation",
    "save_response",
    "set_condition",
    "set_quiz_rules",
    "set_review_preference",
    "start_attempt",
    "submit_attempt",
    "unfinished_repairs",
    "write_question",
]
