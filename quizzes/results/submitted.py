"""An attempt that was handed in, with what the pages about it share."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.urls import reverse

from courses.models import Enrollment
from courses.published import VersionOutline, outline_of
from quizzes.bank.known import KnownQuestion, known_questions
from quizzes.marking.rows import items_of, stored_saves
from quizzes.models import Attempt, AttemptItem, ResponseSave
from quizzes.questions.verdicts import verdict_of
from quizzes.taking import standing
from quizzes.taking.counting import rule_for
from quizzes.taking.rows import (
    first_pretest,
    is_sitting,
    limits_of,
    sittings_of,
    submitted_attempts,
)
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
    known: Mapping[int, KnownQuestion]
    limits: standing.Limits
    attempts: list[Attempt]
    rule: str
    enrollment: Enrollment
    outline: VersionOutline
    is_sitting: bool

    def question_of(self, item: AttemptItem) -> KnownQuestion:
        """Return what is known of an item's question."""
        return self.known[item.question_version_id]

    @cached_property
    def pretest(self) -> Attempt | None:
        """The pre-test that a gain is counted from; None where there is none."""
        return first_pretest(self.enrollment.pk)

    @cached_property
    def saves(self) -> list[ResponseSave]:
        """Everything that was said in the attempt, in order of arrival."""
        return stored_saves(self.attempt)

    @property
    def sittings(self) -> list[standing.Sitting]:
        """All attempts at the quiz as the pure rules see them."""
        return sittings_of(self.attempts)

    @property
    def shows_keys(self) -> bool:
        """Say whether answers and keys may be seen now.

        Not while another attempt of hers at the quiz is not marked yet: its answers
        may still count, and its questions may be the same (docs/late-answers.md).
        """
        quiz = self.attempt.quiz
        return not self.is_sitting and standing.may_see_keys(
            quiz.review, self.limits, self.sittings, purpose=quiz.purpose
        )


def load(attempt: Attempt) -> SubmittedAttempt:
    """Return a submitted attempt; ValueError for one outside of a course."""
    enrollment = attempt.enrollment
    if enrollment is None:
        raise ValueError("Only attempts of a course have result pages.")
    # The same person, already at hand.
    enrollment.person = attempt.person
    items = items_of(attempt)
    attempts = submitted_attempts(enrollment, attempt.quiz_key)
    return SubmittedAttempt(
        attempt=attempt,
        items=items,
        known=known_questions([item.question_version_id for item in items]),
        limits=limits_of(attempt.quiz, terms_of(attempt.quiz, attempt.person)),
        attempts=attempts,
        rule=rule_for(enrollment, attempts),
        enrollment=enrollment,
        outline=outline_of(enrollment.version_id),
        is_sitting=is_sitting(enrollment, attempt.quiz_key),
    )


def state_of(item: AttemptItem) -> str:
    """Say whether an item was right, partly right or wrong."""
    return verdict_of(item.share or Fraction(0))


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
