"""An attempt that was handed in, with what the pages about it share."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from courses.models import Enrollment
from courses.published import VersionOutline, outline_of
from quizzes.marking.rows import items_with_questions
from quizzes.models import Attempt, AttemptItem
from quizzes.questions.verdicts import verdict_of
from quizzes.taking import standing
from quizzes.taking.rows import limits_of, sittings_of, submitted_attempts
from quizzes.taking.terms import terms_of


@dataclass(frozen=True)
class ExplanationChip:
    """A question in the list of explanations; `state` is right, partly or wrong."""

    position: int
    state: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class SubmittedAttempt:
    """An attempt with what all its pages need."""

    attempt: Attempt
    items: list[AttemptItem]
    limits: standing.Limits
    sittings: list[standing.Sitting]
    enrollment: Enrollment
    outline: VersionOutline

    @property
    def shows_keys(self) -> bool:
        """Say whether answers and keys may be seen now."""
        quiz = self.attempt.quiz
        return standing.may_see_keys(
            quiz.review, self.limits, self.sittings, purpose=quiz.purpose
        )


def load(attempt: Attempt) -> SubmittedAttempt:
    """Return a submitted attempt; ValueError for one outside of a course."""
    enrollment = attempt.enrollment
    if enrollment is None:
        raise ValueError("Only attempts of a course have result pages.")
    return SubmittedAttempt(
        attempt=attempt,
        items=items_with_questions(attempt),
        limits=limits_of(attempt.quiz, terms_of(attempt.quiz, attempt.person)),
        sittings=sittings_of(submitted_attempts(enrollment, attempt.quiz_key)),
        enrollment=enrollment,
        outline=outline_of(enrollment.version_id),
    )


def state_of(item: AttemptItem) -> str:
    """Say whether an item was right, partly right or wrong."""
    return verdict_of((item.points or Decimal(0)) / item.max_points)


def chips_of(loaded: SubmittedAttempt, *, current: int | None) -> list[ExplanationChip]:
    """Return the questions in order; `current` is the position that is open."""
    return [
        ExplanationChip(
            position=item.position,
            state=state_of(item),
            url=reverse(
                "quizzes:attempt_review", args=[loaded.attempt.key, item.position]
            ),
            is_current=item.position == current,
        )
        for item in loaded.items
    ]
