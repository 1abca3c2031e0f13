"""What the answers to a follow-up add up to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from quizzes.models import FollowUp, PracticeResponse


@dataclass(frozen=True)
class FollowUpResult:
    """The score of a follow-up whose questions were all answered; one point each."""

    answered_at: datetime
    points: Decimal
    max_points: int


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
        points=sum((fraction for _at, fraction in answers), Decimal(0)),
        max_points=len(tokens),
    )
