"""Every change of state in this room."""

from quizzes.accommodations.actions import grant_accommodation, revoke_accommodation
from quizzes.analysis.actions import ask_for_statistics, refresh_statistics
from quizzes.bank.actions import (
    discard_question_drafts,
    make_ready,
    open_bank,
    restore_question,
    retire_question,
    write_question,
)
from quizzes.definition.conditions import set_condition
from quizzes.definition.publishing import copy_quizzes, create_quiz, questions_asked
from quizzes.definition.rules import set_quiz_rules
from quizzes.exchange.actions import import_questions
from quizzes.practice.actions import answer_review, set_review_preference
from quizzes.practice.answering import answer_practice
from quizzes.practice.follow_ups import answer_follow_up, open_follow_up
from quizzes.repairs.actions import (
    apply_repair,
    read_notice,
    repair_question,
    unfinished_repairs,
)
from quizzes.taking.actions import (
    check_can_start,
    extend_attempt,
    start_attempt,
    submit_attempt,
)
from quizzes.taking.saving import save_response

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
