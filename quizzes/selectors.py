"""Every read of this room that others may make."""

from quizzes.analysis.choices import (
    BLANK,
    OTHER,
)
from quizzes.analysis.figures import (
    FEWEST_ANSWERS,
)
from quizzes.analysis.freshness import (
    wrong_statistics,
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
from quizzes.bank.rows import (
    question_view,
    wording_of,
)
from quizzes.bank.stored import (
    content_of,
)
from quizzes.definition.rules import (
    draft_rules,
    rules_content,
)
from quizzes.exchange.banks import (
    export_bank,
    plan_import,
)
from quizzes.exchange.plan import (
    ImportPlan,
    PlannedItem,
)
from quizzes.marking.rows import (
    current_values,
)
from quizzes.practice.check_page import (
    PracticeCheck,
    order_shown,
    practice_check,
    versions_for,
)
from quizzes.practice.queue import (
    Invitation,
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
from quizzes.results.gain import (
    GainSums,
    GroupGain,
    group_gain,
)
from quizzes.taking.quiz_page import (
    rest_notes,
)

__all__ = [
    "BLANK",
    "FEWEST_ANSWERS",
    "FUNCTIONAL_SHARE",
    "GRAVE",
    "LOW_EFFICIENCY",
    "OTHER",
    "POOR_EFFICIENCY",
    "TOO_EASY",
    "TOO_HARD",
    "WEAK_DISCRIMINATION",
    "GainSums",
    "GroupGain",
    "ImportPlan",
    "Invitation",
    "Kept",
    "PlannedItem",
    "PracticeCheck",
    "RepairPreview",
    "ScoreNotice",
    "Sign",
    "attempts_to_repair",
    "content_of",
    "current_values",
    "draft_rules",
    "export_bank",
    "group_gain",
    "invitation",
    "kept_by_unit",
    "order_shown",
    "plan_import",
    "practice_check",
    "preview_repair",
    "question_view",
    "rest_notes",
    "rules_content",
    "score_notices",
    "versions_for",
    "wording_of",
    "wrong_statistics",
]
