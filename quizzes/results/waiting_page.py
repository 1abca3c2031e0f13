"""What the result page says of an attempt that is not marked yet.

The deadline ended it, and a device may still hold answers that were given in time.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from quizzes.kinds import LATE_WINDOW
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt


@dataclass(frozen=True)
class WaitingPage:
    """How much has arrived, and until when the rest is waited for."""

    name: str
    quiz_title: str
    course_title: str
    course_url: str
    answered: int
    total: int
    waits_until: datetime
    mark_url: str


def waiting_page(attempt: Attempt) -> WaitingPage:
    """Return what to say of a closed attempt; ValueError outside of a course."""
    enrollment = attempt.enrollment
    if enrollment is None or attempt.deadline_at is None:
        raise ValueError("Only timed attempts of a course wait for answers.")
    saves = current_saves(attempt).values()
    return WaitingPage(
        name=attempt.person.greeting_name,
        quiz_title=attempt.quiz.title,
        course_title=enrollment.version.title,
        course_url=enrollment.course.get_absolute_url(),
        answered=sum(save.value is not None for save in saves),
        total=attempt.items.count(),
        waits_until=attempt.deadline_at + LATE_WINDOW,
        mark_url=reverse("quizzes:attempt_mark", args=[attempt.key]),
    )
