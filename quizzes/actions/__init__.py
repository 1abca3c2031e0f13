"""Every change of state in this room."""

from quizzes.actions.attempts import (
    check_can_start,
    start_attempt,
    submit_attempt,
)
from quizzes.actions.bank import (
    discard_question_drafts,
    make_ready,
    open_bank,
    retire_question,
    write_question,
)
from quizzes.actions.practice import answer_practice
from quizzes.actions.publishing import copy_quizzes, create_quiz, questions_asked
from quizzes.actions.saving import save_response

__all__ = [
    "answer_practice",
    "check_can_start",
    "copy_quizzes",
    "create_quiz",
    "discard_question_drafts",
    "make_ready",
    "open_bank",
    "questions_asked",
    "retire_question",
    "save_response",
    "start_attempt",
    "submit_attempt",
    "write_question",
]
