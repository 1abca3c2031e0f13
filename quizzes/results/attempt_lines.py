"""A person's attempts in lines, for her own history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from lib.indonesian import format_score
from lib.scores import passes
from quizzes.models import Attempt


@dataclass(frozen=True)
class AttemptLine:
    """One attempt; `score` is "" until it is marked, `passed` None where none passes.

    `counts` says that it is the evidence of the grade.
    """

    enrollment_id: int
    title: str
    number: int
    started_at: datetime
    score: str
    passed: bool | None
    counts: bool
    url: str


def attempt_lines(enrollment_ids: Collection[int]) -> list[AttemptLine]:
    """Return the attempts of these enrolments in the order in which they began."""
    attempts = Attempt.objects.filter(enrollment__in=enrollment_ids)
    rows = attempts.select_related("quiz").order_by("started_at", "pk")
    return [_line(row) for row in rows]


def _line(attempt: Attempt) -> AttemptLine:
    is_marked = attempt.percent is not None
    passed = None
    if attempt.percent is not None and attempt.pass_mark is not None:
        passed = passes(attempt.percent, attempt.pass_mark)
    page = "quizzes:attempt_result" if is_marked else "quizzes:attempt_submit"
    return AttemptLine(
        enrollment_id=attempt.enrollment_id or 0,
        title=attempt.quiz.title,
        number=attempt.number,
        started_at=attempt.started_at,
        score=format_score(attempt.percent) if attempt.percent is not None else "",
        passed=passed,
        counts=attempt.is_counted,
        url=reverse(page, args=[attempt.key]),
    )
