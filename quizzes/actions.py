"""Every change of state in this room."""

from quizzes.accommodations.actions import grant_accommodation, revoke_accommodation
from quizzes.analysis.actions import ask_for_statistics, refresh_statistics
from quizzes.analysis.verify import verify_statistics
from quizzes.bank.actions import (
    delete_banks,
    discard_question_drafts,
    lock_question,
    make_bank,
    make_ready,
    open_bank,
    rename_bank,
    restore_question,
    retire_question,
    write_question,
)
from quizzes.bank.composition import write_composition
from quizzes.bank.image_store import store_images
from quizzes.bank.references import (
    check_is_written_here,
    refer_to_bank,
    repeat_questions,
    share_bank,
)
from quizzes.definition.conditions import (
    ConditionContent,
    set_condition,
)
from quizzes.definition.filling import check_still_filled
from quizzes.definition.plans import (
    PlanLine,
    QuizPlan,
    SlotContent,
    drop_quiz_plan,
    write_quiz_plan,
)
from quizzes.definition.publishing import (
    QuizContent,
    create_quiz,
    publish_quizzes,
)
from quizzes.definition.rules import (
    QuizRulesContent,
    set_quiz_rules,
)
from quizzes.exchange.actions import import_questions
from quizzes.exchange.column_choices import remember_columns
from quizzes.late_answers.actions import accept_late_answers
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
    attempts_to_extend,
    end_attempt,
    extend_attempt,
    mark_closed_attempt,
    start_attempt,
    submit_attempt,
)
from quizzes.taking.devices import note_visit
from quizzes.taking.grading import recount_moved
from quizzes.taking.saving import save_response, save_responses
from quizzes.taking.verify import (
    verify_grades,
    verify_scores,
)

__all__ = [
    "ConditionContent",
    "PlanLine",
    "QuizContent",
    "QuizPlan",
    "QuizRulesContent",
    "SlotContent",
    "accept_late_answers",
    "answer_follow_up",
    "answer_practice",
    "answer_review",
    "apply_repair",
    "ask_for_statistics",
    "attempts_to_extend",
    "check_can_repair",
    "check_is_written_here",
    "check_still_filled",
    "create_quiz",
    "delete_banks",
    "discard_question_drafts",
    "drop_quiz_plan",
    "end_attempt",
    "extend_attempt",
    "grant_accommodation",
    "import_questions",
    "lock_question",
    "make_bank",
    "make_ready",
    "mark_closed_attempt",
    "note_visit",
    "open_bank",
    "open_follow_up",
    "publish_quizzes",
    "read_notice",
    "recount_moved",
    "refer_to_bank",
    "refresh_statistics",
    "remember_columns",
    "rename_bank",
    "repair_question",
    "repeat_questions",
    "restore_question",
    "retire_question",
    "revoke_accommodation",
    "save_response",
    "save_responses",
    "set_condition",
    "set_quiz_rules",
    "set_review_preference",
    "share_bank",
    "start_attempt",
    "store_images",
    "submit_attempt",
    "unfinished_repairs",
    "verify_cards",
    "verify_follow_ups",
    "verify_grades",
    "verify_scores",
    "verify_statistics",
    "write_composition",
    "write_question",
    "write_quiz_plan",
]
