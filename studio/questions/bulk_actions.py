"""Changing several questions at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.models import Question
from quizzes.selectors import content_of
from studio.questions.bulk import RESTORE, RETIRE, BulkStep, Wanted, plan


@dataclass(frozen=True)
class BulkOutcome:
    """How many questions changed, and those that did not, each with why."""

    changed: int
    left: Sequence[BulkStep]


@atomic_with_retry
def change_questions(
    *,
    course: Course,
    command: str,
    wanted: Wanted,
    question_ids: Collection[int],
    by: User,
    now: datetime,
) -> BulkOutcome:
    """Tag, set, withdraw or bring back questions of a course; see `plan`.

    Locks the course, then the questions. Tags, and what a question tests, are part of
    its wording: they become a draft of it, and count when the course is published.
    Withdrawing and bringing back count at once. Questions for which there is a reason
    stay as they are.
    """
    courses_actions.lock_course(course.pk)
    questions = list(
        Question.objects.select_for_update(of=("self",), no_key=True)
        .filter(bank__course=course, pk__in=question_ids)
        .select_related("bank__course__current_version")
        .order_by("bank__key", "key")
    )
    steps = plan(course=course, command=command, wanted=wanted, questions=questions)
    todo = [step for step in steps if not step.reason]
    for step in todo:
        _change(step, command, wanted, by=by, now=now)
    if todo:
        audit.record(
            "studio.questions.changed",
            course,
            by=by,
            now=now,
            command=command,
            tag=wanted.tag,
            objective=wanted.objective,
            level=wanted.level,
            checked_on=wanted.checked_on.isoformat() if wanted.checked_on else "",
            count=len(todo),
        )
    return BulkOutcome(len(todo), [step for step in steps if step.reason])


def _change(
    step: BulkStep, command: str, wanted: Wanted, *, by: User, now: datetime
) -> None:
    if command == RETIRE:
        quizzes_actions.retire_question(question_id=step.question.pk, by=by, now=now)
    elif command == RESTORE:
        quizzes_actions.restore_question(question_id=step.question.pk, by=by, now=now)
    else:
        quizzes_actions.write_question(
            bank=step.question.bank,
            content=wanted.applied(command, content_of(step.newest)),
            by=by,
            now=now,
        )
