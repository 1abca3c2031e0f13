"""Fetch one row for a person, or answer 404."""

from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.access import get_for
from courses.models import Enrollment
from courses.selectors.fetching import get_place_for
from quizzes import policy
from quizzes.models import Attempt, Quiz


def get_quiz_for(user: Any, course_key: str, quiz_key: str) -> tuple[Enrollment, Quiz]:
    """Return the person's place and the quiz of the version she is pinned to."""
    place = get_place_for(user, course_key)
    quiz = (
        Quiz.objects.of_version(place.version_id)
        .filter(grade_item__key=quiz_key)
        .select_related("grade_item")
        .first()
    )
    if quiz is None:
        raise Http404
    return place, quiz


def get_attempt_for(user: Any, attempt_key: UUID) -> Attempt:
    """Return the person's own attempt with its quiz and course."""
    return get_for(
        Attempt.objects.select_related(
            "quiz__grade_item", "enrollment__course", "enrollment__version"
        ),
        user,
        "quizzes.take_quiz",
        policy.ATTEMPT,
        key=attempt_key,
    )
