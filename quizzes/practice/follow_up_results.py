"""What the answers to a follow-up add up to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from lib.scores import shown_score
from quizzes.models import FollowUp, PracticeResponse


@dataclass(frozen=True)
class FollowUpResult:
    """The score of a follow-up whose questions were all answered; one point each."""

    answered_at: datetime
    points: Fraction
    max_points: int

    @property
    def percent(self) -> Decimal:
        """Return the score as shown."""
        return shown_score(self.points, Fraction(self.max_points))


def follow_up_result(follow_up: FollowUp) -> FollowUpResult | None:
    """Compute the result from the answers; None while one is missing.

    A follow-up with a question that was retired unanswered never has one, and the
    reports leave it out.
    """
    tokens = list(follow_up.items.values_list("token", flat=True))
    answers = list(
        PracticeResponse.objects.filter(
            person=follow_up.person_id, token__in=tokens
        ).values_list("answered_at", "fraction")
    )
    if not tokens or len(answers) < len(tokens):
        return None
    return FollowUpResult(
        answered_at=max(at for at, _fraction in answers),
        points=sum((fraction for _at, fraction in answers), Fraction(0)),
        max_points=len(tokens),
    )
