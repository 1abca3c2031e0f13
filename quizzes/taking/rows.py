"""The rows that say where somebody stands with a quiz."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from courses.models import CompletionRequirement, Enrollment
from quizzes.models import (
    Attempt,
    Quiz,
)
from quizzes.questions import marking
from quizzes.taking.standing import Limits, Sitting
from quizzes.taking.terms import Terms


def limits_of(quiz: Quiz, terms: Terms | None = None) -> Limits:
    """Return what limits attempts at this quiz; the pass mark is the version's.

    `terms` say what holds for one person: the window where she is, extra attempts.
    """
    terms = terms or Terms()
    return Limits(
        attempts_per_block=quiz.attempts_per_block,
        cooldown=timedelta(seconds=quiz.cooldown_seconds),
        pass_mark=_pass_mark(quiz),
        opens_after_lessons=bool(
            quiz.grade_item and quiz.grade_item.opens_after_lessons
        ),
        extra_attempts=terms.extra.attempts,
        window=terms.window,
    )


def _pass_mark(quiz: Quiz) -> Decimal | None:
    if quiz.grade_item is None:
        return None
    requirement = CompletionRequirement.objects.filter(
        version_id=quiz.grade_item.version_id, key=quiz.grade_item.key
    ).first()
    return requirement.pass_mark if requirement else None


def submitted_attempts(enrollment: Enrollment, quiz_key: str) -> list[Attempt]:
    """Return the attempts handed in, oldest first, across versions of the course."""
    return list(
        Attempt.objects.submitted()
        .filter(enrollment=enrollment, quiz_key=quiz_key)
        .order_by("number")
    )


def first_pretest(enrollment_id: int) -> Attempt | None:
    """Return the pre-test that a gain is counted from; None where there is none.

    The first one handed in, whatever attempt its quiz grades: where somebody began is
    told by the attempt that nothing came before. `reports.gain.sql` says the same of
    many people at once.
    """
    first: Attempt | None = (
        Attempt.objects.submitted()
        .filter(enrollment=enrollment_id, quiz__purpose=Quiz.Purpose.PRETEST)
        .order_by("number")
        .first()
    )
    return first


def sittings_of(attempts: Iterable[Attempt]) -> list[Sitting]:
    """Return attempts handed in as the pure rules see them."""
    return [
        Sitting(
            submitted_at=attempt.submitted_at,
            percent=marking.percent(attempt.points, attempt.max_points),
        )
        for attempt in attempts
        if attempt.submitted_at is not None and attempt.points is not None
    ]
