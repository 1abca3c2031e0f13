"""Fetch one row for a person, or answer 404."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import Http404

from accounts.access import PERSON, get_for
from accounts.models import User
from courses.models import Enrollment
from courses.selectors.fetching import get_active_enrollment
from quizzes import policy
from quizzes.models import (
    Accommodation,
    Attempt,
    FollowUpItem,
    Quiz,
    RepairNotice,
    ReviewCard,
)


def get_quiz_for(user: Any, course_key: str, quiz_key: str) -> tuple[Enrollment, Quiz]:
    """Return the person's enrolment and the quiz of the version she is pinned to."""
    enrollment = get_active_enrollment(user, course_key)
    return enrollment, get_quiz_of(enrollment, quiz_key)


def get_quiz_of(enrollment: Enrollment, quiz_key: str) -> Quiz:
    """Return a quiz of the version that the person is pinned to."""
    quiz: Quiz | None = (
        Quiz.objects.of_version(enrollment.version_id)
        .filter(grade_item__key=quiz_key)
        .select_related("grade_item__version")
        .first()
    )
    if quiz is None:
        raise Http404
    return quiz


def check_quiz_is_offered(course_key: str, quiz_key: str) -> None:
    """Answer 404 unless the course's current version has this quiz."""
    offered = Quiz.objects.filter(
        grade_item__version__course__key=course_key,
        grade_item__version=F("grade_item__version__course__current_version"),
        grade_item__key=quiz_key,
    )
    if not offered.exists():
        raise Http404


def get_attempt_for(user: Any, attempt_key: UUID) -> Attempt:
    """Return the person's own attempt with its quiz and course."""
    return get_for(
        Attempt.objects.select_related(
            "person",
            "quiz__grade_item__version",
            "enrollment__course",
            "enrollment__version",
        ),
        user,
        "quizzes.take_quiz",
        policy.ATTEMPT,
        key=attempt_key,
    )


def get_review_card_for(user: Any, card_key: UUID) -> ReviewCard:
    """Return the person's own card with its question and course."""
    return get_for(
        ReviewCard.objects.select_related("question__bank__course"),
        user,
        "quizzes.take_quiz",
        policy.REVIEW_CARD,
        key=card_key,
    )


def get_follow_up_item_for(
    user: Any, follow_up_key: UUID, position: int
) -> FollowUpItem:
    """Return a question of the person's own follow-up."""
    return get_for(
        FollowUpItem.objects.select_related(
            "follow_up__enrollment__course", "question_version"
        ).prefetch_related("question_version__options"),
        user,
        "quizzes.take_quiz",
        policy.FOLLOW_UP_ITEM,
        follow_up__key=follow_up_key,
        position=position,
    )


def get_person_for(user: Any, person_key: UUID, capability: str) -> User:
    """Return a person of the user's units."""
    people = User.objects.select_related("unit")
    return get_for(people, user, capability, PERSON, key=person_key)


def get_accommodation_for(
    user: Any, accommodation_key: UUID, capability: str
) -> Accommodation:
    """Return what a person of the user's units was given; never her own."""
    rows = Accommodation.objects.exclude(person=user).select_related("person")
    return get_for(
        rows, user, capability, policy.ACCOMMODATION, token=accommodation_key
    )


def get_notice_for(user: Any, notice_id: int) -> RepairNotice:
    """Return a notice to the person herself."""
    return get_for(
        RepairNotice.objects.all(),
        user,
        "quizzes.take_quiz",
        policy.NOTICE,
        pk=notice_id,
    )
