"""Named filters over questions, quizzes and attempts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts import access
from lib.facts import FactQuerySet
from quizzes import policy
from quizzes.kinds import LATE_WINDOW, AttemptState, QuestionState


class QuestionQuerySet(models.QuerySet[Any]):
    """Questions."""

    def drawable(self) -> Self:
        """Keep questions that may be drawn."""
        return self.filter(state=QuestionState.READY)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep questions of banks whose unit gives `user` this capability."""
        return self.filter(access.scope_q(user, capability, policy.QUESTION))


class QuestionVersionQuerySet(models.QuerySet[Any]):
    """Question versions."""

    def latest_ready(self) -> Self:
        """Keep each question's newest ready version."""
        newest = (
            self.model._default_manager.filter(
                question=OuterRef("question"), state=QuestionState.READY
            )
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))

    def drawable(self) -> Self:
        """Keep the versions that a draw may take today."""
        return self.latest_ready().filter(question__state=QuestionState.READY)

    def askable(self, fixed: Collection[int]) -> Self:
        """Keep the versions that a paper may hold: drawable ones, and those of the
        `fixed` questions although they were withdrawn.

        A quiz that names a question keeps it for everybody who has that quiz.
        """
        return self.latest_ready().filter(
            Q(question__state=QuestionState.READY) | Q(question__in=fixed)
        )


class QuizQuerySet(models.QuerySet[Any]):
    """Quizzes."""

    def of_version(self, version_id: int) -> Self:
        """Keep the quizzes of one course version."""
        return self.filter(grade_item__version_id=version_id)


class AttemptQuerySet(models.QuerySet[Any]):
    """Attempts."""

    def open(self) -> Self:
        """Keep attempts in progress."""
        return self.filter(state=AttemptState.IN_PROGRESS)

    def unmarked(self) -> Self:
        """Keep attempts in progress and those that wait for answers said in time."""
        return self.filter(state__in=[AttemptState.IN_PROGRESS, AttemptState.CLOSED])

    def submitted(self) -> Self:
        """Keep attempts that were handed in and marked."""
        return self.filter(state=AttemptState.SUBMITTED)

    def overdue(self, now: datetime) -> Self:
        """Keep what the beat ends: open attempts whose deadline and grace have passed,
        and closed ones for which no answer can arrive in time any more.
        """
        waited = Q(state=AttemptState.CLOSED, deadline_at__lt=now - LATE_WINDOW)
        return self.filter(
            Q(state=AttemptState.IN_PROGRESS, closes_at__lt=now) | waited
        )

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the person's own attempts."""
        return self.filter(access.scope_q(user, capability, policy.ATTEMPT))

    def late_to(self, user: Any, capability: str) -> Self:
        """Keep attempts of others about whom `user` holds `capability`."""
        mine = access.scope_q(user, capability, policy.LATE_ATTEMPT)
        return self.filter(mine).exclude(person=user)


class AccommodationQuerySet(FactQuerySet):
    """Accommodations."""

    def in_force(self) -> Self:
        """Keep those that were not revoked."""
        return self.filter(revocation__isnull=True)

    def for_quiz(self, *, person_id: int, course_id: int | None, quiz_key: str) -> Self:
        """Keep what the person has for this quiz: its own, its course's, for all."""
        of_course = Q(course__isnull=True) | Q(course=course_id)
        of_quiz = Q(quiz_key="") | Q(quiz_key=quiz_key)
        return self.filter(of_course, of_quiz, person=person_id)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep those of people about whom `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, policy.ACCOMMODATION))


class ReviewCardQuerySet(models.QuerySet[Any]):
    """Review cards."""

    def usable(self) -> Self:
        """Leave out questions that were retired."""
        return self.filter(question__state=QuestionState.READY)

    def due_before(self, moment: datetime) -> Self:
        """Keep usable cards that are due before a moment, the longest due first."""
        return self.usable().filter(due_at__lt=moment).order_by("due_at", "pk")

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the person's own cards."""
        return self.filter(access.scope_q(user, capability, policy.REVIEW_CARD))


class FollowUpQuerySet(models.QuerySet[Any]):
    """Follow-ups."""

    def open_for(self, person: Any, *, now: datetime, day_ends_at: datetime) -> Self:
        """Keep the person's that are due by the end of her day and not closed yet."""
        return self.filter(
            person=person,
            answered_at__isnull=True,
            due_at__lt=day_ends_at,
            closes_at__gt=now,
        )

    def answered(self) -> Self:
        """Keep those whose questions were all answered."""
        return self.filter(answered_at__isnull=False)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep those of people in `user`'s units, and her own."""
        return self.filter(access.scope_q(user, capability, policy.FOLLOW_UP))
