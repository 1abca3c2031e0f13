"""Answer an attempt as somebody who knows everything."""

from datetime import datetime
from uuid import UUID

from quizzes import actions
from quizzes.bank.rows import question_view
from quizzes.marking.rows import items_with_questions
from quizzes.models import Attempt
from quizzes.taking.saving import SaidAnswer
from tests.kept_rows import kept
from tests.quizzes.questions.answers import right_form


@kept
def answer_right(attempt: Attempt, *, now: datetime) -> Attempt:
    """Answer every question, of whatever type, with its key and hand the attempt in."""
    for item in items_with_questions(attempt):
        question = question_view(item.question_version)
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
