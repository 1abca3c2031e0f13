"""Every change of state in this room."""

from quizzes.accommodations.actions import grant_accommodation, revoke_accommodation
from quizzes.analysis.actions import ask_for_statistics, refresh_statistics
from quizzes.bank.actions import (
    discard_question_drafts,
    lock_question,
    make_ready,
    open_bank,
    restore_question,
    retire_question,
    write_question,
)
from quizzes.definition.conditions import (
    ConditionContent,
    set_condition,
)
from quizzes.definition.publishing import (
    QuizContent,
    SlotContent,
    copy_quizzes,
    create_quiz,
    questions_asked,
)
from quizzes.definition.rules import (
    QuizRulesContent,
    set_quiz_rules,
)
from quizzes.exchange.actions import import_questions
from quizzes.practice.actions import answer_review, set_review_preference
from quizzes.practice.answering import answer_practice
from quizzes.practice.follow_ups import answer_follow_up, open_follow_up
from quizzes.practice.verify import (
    verify_cards,
    verify_follow_ups,
)
from quizzes.repairs.actions import (
    apply_repair,
    check_can_repair,
    read_notice,
    repair_question,
    unfinished_repairs,
)
from quizzes.taking.actions import (
    extend_attempt,
    start_attempt,
    submit_attempt,
)
from quizzes.taking.saving import save_response
from quizzes.taking.verify import (
    verify_scores,
)

__all__ = [
    "ConditionContent",
    "QuizContent",
    "QuizRulesContent",
    "SlotContent",
    "answer_follow_up",
    "answer_practice",
    "answer_review",
    "apply_repair",
    "ask_for_statistics",
    "check_can_repair",
    "copy_quizzes",
    "create_quiz",
    "discard_question_drafts",
    "extend_attempt",
    "grant_accommodation",
    "import_questions",
    "lock_question",
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
    "verify_cards",
    "verify_follow_ups",
    "verify_scores",
    "write_question",
]
