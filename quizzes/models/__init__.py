"""Question banks, quizzes and attempts."""

from quizzes.models.attempt import (
    Attempt,
    AttemptItem,
    PracticeResponse,
    ResponseSave,
)
from quizzes.models.bank import Option, Question, QuestionBank, QuestionVersion
from quizzes.models.quiz import Quiz, QuizSlot

__all__ = [
    "Attempt",
    "AttemptItem",
    "Option",
    "PracticeResponse",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "Quiz",
    "QuizSlot",
    "ResponseSave",
]
