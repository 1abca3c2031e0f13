"""The language of questions, plain Python: what others may say of a question."""

from quizzes.questions.composition import (
    Composition,
    Expected,
    enemy_pairs,
    expected_problem,
)
from quizzes.questions.content import (
    OptionContent,
    QuestionContent,
)
from quizzes.questions.controls import (
    Control,
    control_of,
)
from quizzes.questions.explanation import (
    Explanation,
    explain,
)
from quizzes.questions.near_duplicates import (
    ALIKE,
    alike_pairs,
    find_near_duplicates,
    likeness,
    words_of,
)
from quizzes.questions.order import (
    order_of,
)
from quizzes.questions.pictures import (
    MAX_PICTURE,
    PICTURE_PATH,
    NotAPicture,
    path_of,
)
from quizzes.questions.rendering import (
    gap_problems,
    written_wording,
)
from quizzes.questions.tags import (
    split_tags,
    tag_problem,
)
from quizzes.questions.types import (
    TYPES,
    Choice,
    Place,
)
from quizzes.questions.types.numbers import (
    read_number,
)
from quizzes.questions.types.shares import (
    MOST_POINTS,
    read_share,
    stored_share,
)

__all__ = [
    "ALIKE",
    "MAX_PICTURE",
    "MOST_POINTS",
    "PICTURE_PATH",
    "TYPES",
    "Choice",
    "Composition",
    "Control",
    "Expected",
    "Explanation",
    "NotAPicture",
    "OptionContent",
    "Place",
    "QuestionContent",
    "alike_pairs",
    "control_of",
    "enemy_pairs",
    "expected_problem",
    "explain",
    "find_near_duplicates",
    "gap_problems",
    "likeness",
    "order_of",
    "path_of",
    "read_number",
    "read_share",
    "split_tags",
    "stored_share",
    "tag_problem",
    "words_of",
    "written_wording",
]
