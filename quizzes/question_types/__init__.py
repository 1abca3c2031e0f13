"""The question types: one small class each, behind one protocol.

Types are plain Python over `QuestionView`; they know no database. `TYPES` is the
whole registry.
"""

from quizzes.question_types.dialogue import Dialogue
from quizzes.question_types.gap_select import GapSelect
from quizzes.question_types.mark_text import MarkText
from quizzes.question_types.matching import Matching
from quizzes.question_types.multiple_response import MultipleResponse
from quizzes.question_types.numeric import Numeric
from quizzes.question_types.ordering import Ordering
from quizzes.question_types.protocol import (
    Choice,
    Mark,
    OptionView,
    Place,
    QuestionType,
    QuestionView,
    UnreadableResponse,
)
from quizzes.question_types.reading import NONE
from quizzes.question_types.short_text import ShortText
from quizzes.question_types.single_choice import SingleChoice
from quizzes.question_types.situational import Situational
from quizzes.question_types.true_false_set import TrueFalseSet

_ALL: tuple[QuestionType, ...] = (
    SingleChoice(),
    MultipleResponse(),
    TrueFalseSet(),
    Matching(),
    Ordering(),
    ShortText(),
    Numeric(),
    Situational(),
    GapSelect(),
    MarkText(),
    Dialogue(),
)

TYPES: dict[str, QuestionType] = {
    question_type.name: question_type for question_type in _ALL
}

__all__ = [
    "NONE",
    "TYPES",
    "Choice",
    "Mark",
    "OptionView",
    "Place",
    "QuestionType",
    "QuestionView",
    "UnreadableResponse",
]
