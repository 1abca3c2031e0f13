"""Question banks, quizzes and attempts."""

from quizzes.models.accommodation import Accommodation, AccommodationRevocation
from quizzes.models.analysis import ItemStatistics, QuizStatistics
from quizzes.models.attempt import (
    Attempt,
    AttemptItem,
    AttemptVisit,
    LateAcceptance,
    PracticeResponse,
    ResponseSave,
)
from quizzes.models.bank import (
    BankReference,
    EnemyPair,
    Option,
    Question,
    QuestionBank,
    QuestionVersion,
)
from quizzes.models.condition import QuizCondition
from quizzes.models.exchange import ColumnChoice
from quizzes.models.quiz import Quiz, QuizDraft, QuizSlot
from quizzes.models.repair import Repair, RepairNotice, RepairOutcome
from quizzes.models.review import (
    FollowUp,
    FollowUpItem,
    ReviewCard,
    ReviewMiss,
    ReviewPreference,
)

__all__ = [
    "Accommodation",
    "AccommodationRevocation",
    "Attempt",
    "AttemptItem",
    "AttemptVisit",
    "BankReference",
    "ColumnChoice",
    "EnemyPair",
    "FollowUp",
    "FollowUpItem",
    "ItemStatistics",
    "LateAcceptance",
    "Option",
    "PracticeResponse",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "Quiz",
    "QuizCondition",
    "QuizDraft",
    "QuizSlot",
    "QuizStatistics",
    "Repair",
    "RepairNotice",
    "RepairOutcome",
    "ResponseSave",
    "ReviewCard",
    "ReviewMiss",
    "ReviewPreference",
]
