"""Named filters over questions, quizzes and attempts."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from accounts import access
from quizzes import policy


class QuestionQuerySet(models.QuerySet[Any]):
    """Questions."""

    def drawable(self) -> Self:
        """Keep questions that may be drawn."""
        return self.filter(state="ready")

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep questions of banks whose unit gives `user` this capability."""
        return self.filter(access.scope_q(user, capability, policy.QUESTION))


class QuestionVersionQuerySet(models.QuerySet[Any]):
    """Question versions."""

    def latest_ready(self) -> Self:
        """Keep each question's newest ready version."""
        newest = (
            self.model._default_manager.filter(
                question=OuterRef("question"), state="ready"
            )
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))

    def drawable(self) -> Self:
        """Keep the versions that a draw may take today."""
        return self.latest_ready().filter(question__state="ready")


class QuizQuerySet(models.QuerySet[Any]):
    """Quizzes."""

    def of_version(self, version_id: int) -> Self:
        """Keep the quizzes of one course version."""
        return self.filter(grade_item__version_id=version_id)


class AttemptQuerySet(models.QuerySet[Any]):
    """Attempts."""

    def open(self) -> Self:
        """Keep attempts in progress."""
        return self.filter(state="in_progress")

    def submitted(self) -> Self:
        """Keep attempts that were handed in."""
        return self.filter(state="submitted")

    def overdue(self, now: datetime) -> Self:
        """Keep open attempts whose deadline and grace have passed."""
        return self.open().filter(closes_at__lt=now)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the person's own attempts."""
        return self.filter(access.scope_q(user, capability, policy.ATTEMPT))
