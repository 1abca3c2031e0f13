"""Named filters over review cards and follow-ups."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from accounts import access
from quizzes import policy


class ReviewCardQuerySet(models.QuerySet[Any]):
    """Review cards."""

    def usable(self) -> Self:
        """Leave out questions that were retired."""
        return self.filter(question__state="ready")

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
