"""The question types: one small class each, behind one protocol.

Types are plain Python over `QuestionView`; they know no database. `TYPES` is the
whole registry.
"""

from quizzes.questions.types.dialogue import Dialogue
from quizzes.questions.types.gap_select import GapSelect
from quizzes.questions.types.mark_text import MarkText
from quizzes.questions.types.matching import Matching
from quizzes.questions.types.multiple_response import MultipleResponse
from quizzes.questions.types.numeric import Numeric
from quizzes.questions.types.ordering import Ordering
from quizzes.questions.types.protocol import (
    Choice,
    Mark,
    OptionView,
    Place,
    QuestionType,
    QuestionView,
    UnreadableResponse,
)
from quizzes.questions.types.reading import NONE
from quizzes.questions.types.short_text import ShortText
from quizzes.questions.types.single_choice import SingleChoice
from quizzes.questions.types.situational import Situational
from quizzes.questions.types.true_false_set import TrueFalseSet

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
