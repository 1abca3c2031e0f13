"""Answer an attempt as somebody who knows everything."""

from datetime import datetime
from uuid import UUID

from quizzes import actions, selectors
from quizzes.actions.saving import SaidAnswer
from quizzes.models import Attempt
from tests.quizzes.question_answers import right_form


def answer_right(attempt: Attempt, *, now: datetime) -> Attempt:
    """Answer every question, of whatever type, with its key and hand the attempt in."""
    for item in selectors.items_with_questions(attempt):
        question = selectors.question_view(item.question_version)
        actions.save_response(
            attempt_id=attempt.pk,
            said=SaidAnswer(
                position=item.position,
                fields=right_form(question),
                flagged=False,
                device=UUID(int=1),
                sequence=None,
            ),
            now=now,
        )
    return actions.submit_attempt(attempt_id=attempt.pk, by=attempt.person, now=now)
