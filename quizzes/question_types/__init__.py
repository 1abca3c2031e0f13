"""The question types: one small class each, behind one protocol.

Types are plain Python over `QuestionView`; they know no database. `TYPES` is the
whole registry.
"""

from quizzes.question_types.protocol import (
    Choice,
    Mark,
    OptionView,
    Place,
    QuestionType,
    QuestionView,
    UnreadableResponse,
)
from quizzes.question_types.single_choice import SingleChoice

TYPES: dict[str, QuestionType] = {
    question_type.name: question_type for question_type in (SingleChoice(),)
}

__all__ = [
    "TYPES",
    "Choice",
    "Mark",
    "OptionView",
    "Place",
    "QuestionType",
    "QuestionView",
    "UnreadableResponse",
]
