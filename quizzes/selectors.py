"""Every read of this room that others may make."""

from quizzes.analysis.choices import (
    BLANK,
    OTHER,
)
from quizzes.analysis.expectations import (
    FAR_APART,
    Expectation,
    expectation,
)
from quizzes.analysis.figures import (
    FEWEST_ANSWERS,
)
from quizzes.analysis.suspects import (
    FUNCTIONAL_SHARE,
    GRAVE,
    LOW_EFFICIENCY,
    POOR_EFFICIENCY,
    TOO_EASY,
    TOO_HARD,
    WEAK_DISCRIMINATION,
    Sign,
)
from quizzes.bank.composition import (
    compositions_of,
    enemies_among,
    expected_of,
)
from quizzes.bank.image_store import read_image
from quizzes.bank.references import (
    offered_banks,
    ready_contents,
    reference_of,
    repeating_banks,
)
from quizzes.bank.rows import (
    question_view,
    wording_of,
)
from quizzes.bank.stored import (
    content_of,
)
from quizzes.definition.blueprint import (
    Balance,
    Shortage,
    Supply,
    always_together,
    balances,
    may_take,
    shortages,
)
from quizzes.definition.filling import (
    DrawnRow,
    FillingProblem,
    drawn_rows,
    filling_problems,
    left_to_draw,
    quizzes_of,
    supplies,
)
from quizzes.definition.plans import (
    drafted_plans,
    planned_quizzes,
    ready_keys,
    slots_of,
)
from quizzes.definition.rules import (
    changed_counting,
    draft_rules,
    drafted_counting,
    rules_content,
)
from quizzes.exchange.banks import (
    contents_of,
    export_bank,
    plan_import,
)
from quizzes.exchange.column_choices import (
    remembered_columns,
)
from quizzes.exchange.common_values import (
    CommonValues,
    with_common_values,
)
from quizzes.exchange.plan import (
    ImportPlan,
    PlannedItem,
)
from quizzes.home.waiting import (
    waiting_for,
)
from quizzes.marking.rows import (
    current_values,
)
from quizzes.practice.check_page import (
    PracticeCheck,
    order_shown,
    practice_check,
    reserve_of,
    versions_for,
)
from quizzes.practice.queue import (
    Invitation,
    ReviewDay,
    invitation,
)
from quizzes.practice.retention import (
    Kept,
    kept_by_unit,
)
from quizzes.repairs.actions import (
    attempts_to_repair,
)
from quizzes.repairs.notices import (
    ScoreNotice,
    score_notices,
)
from quizzes.repairs.preview import (
    RepairPreview,
    preview_repair,
)
from quizzes.results.attempt_lines import (
    AttemptLine,
    attempt_lines,
)
from quizzes.results.gain import (
    GainSums,
    GroupGain,
    group_gain,
)
from quizzes.taking.drawing import EmptyPool
from quizzes.taking.quiz_page import (
    rest_notes,
)
from quizzes.taking.running import (
    RunningAttempt,
    count_open_attempts,
    running_attempts,
)
from quizzes.taking.trial import (
    TrialPaper,
    TrialResult,
    draw_trial,
    mark_trial,
)

__all__ = [
    "BLANK",
    "FAR_APART",
    "FEWEST_ANSWERS",
    "FUNCTIONAL_SHARE",
    "GRAVE",
    "LOW_EFFICIENCY",
    "OTHER",
    "POOR_EFFICIENCY",
    "TOO_EASY",
    "TOO_HARD",
    "WEAK_DISCRIMINATION",
    "AttemptLine",
    "Balance",
    "CommonValues",
    "DrawnRow",
    "EmptyPool",
    "Expectation",
    "FillingProblem",
    "GainSums",
    "GroupGain",
    "ImportPlan",
    "Invitation",
    "Kept",
    "PlannedItem",
    "PracticeCheck",
    "RepairPreview",
    "ReviewDay",
    "RunningAttempt",
    "ScoreNotice",
    "Shortage",
    "Sign",
    "Supply",
    "TrialPaper",
    "TrialResult",
    "always_together",
    "attempt_lines",
    "attempts_to_repair",
    "balances",
    "changed_counting",
    "compositions_of",
    "content_of",
    "contents_of",
    "count_open_attempts",
    "current_values",
    "draft_rules",
    "drafted_counting",
    "drafted_plans",
    "draw_trial",
    "drawn_rows",
    "enemies_among",
    "expectation",
    "expected_of",
    "export_bank",
    "filling_problems",
    "group_gain",
    "invitation",
    "kept_by_unit",
    "left_to_draw",
    "mark_trial",
    "may_take",
    "offered_banks",
    "order_shown",
    "plan_import",
    "planned_quizzes",
    "practice_check",
    "preview_repair",
    "question_view",
    "quizzes_of",
    "read_image",
    "ready_contents",
    "ready_keys",
    "reference_of",
    "remembered_columns",
    "repeating_banks",
    "reserve_of",
    "rest_notes",
    "rules_content",
    "running_attempts",
    "score_notices",
    "shortages",
    "slots_of",
    "supplies",
    "versions_for",
    "waiting_for",
    "with_common_values",
    "wording_of",
]
