"""Answer an attempt as somebody who knows everything."""

from datetime import datetime
from uuid import UUID

from quizzes import actions
from quizzes.bank.known import known_questions
from quizzes.models import Attempt
from quizzes.taking.reading_saves import SaidAnswer
from tests.kept_rows import kept
from tests.quizzes.questions.answers import right_form


@kept
def answer_right(attempt: Attempt, *, now: datetime) -> Attempt:
    """Answer every question, of whatever type, with its key and hand the attempt in."""
    answer_right_only(attempt, now=now)
    return actions.submit_attempt(attempt_id=attempt.pk, by=attempt.person, now=now)


def answer_right_only(attempt: Attempt, *, now: datetime) -> None:
    """Answer every question, of whatever type, with its key."""
    items = attempt.items.all()
    known = known_questions([item.question_version_id for item in items])
    for item in items:
        question = known[item.question_version_id].view
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
