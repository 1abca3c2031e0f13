"""Fetch one row for a person, or answer 404."""

from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from accounts.access import PERSON, can, get_for
from accounts.models import User
from courses.models import Enrollment
from lib.written_once import written_once
from quizzes import policy
from quizzes.models import (
    Accommodation,
    Attempt,
    FollowUpItem,
    Quiz,
    RepairNotice,
    ReviewCard,
)


def find_quiz_for(user: Any, course_key: str, quiz_key: str) -> tuple[int, int]:
    """Return the ids of the person's enrolment and of its version's quiz; one query."""
    for enrollment_id, quiz_id in _place_and_quiz(user.pk, course_key, quiz_key):
        if quiz_id is not None:
            return enrollment_id, quiz_id
    raise Http404


@written_once
def _place_and_quiz(person_id: int, course_key: str, quiz_key: str) -> "QuerySet[Any]":
    quiz = Quiz.objects.filter(
        grade_item__version=OuterRef("version"), grade_item__key=quiz_key
    )
    hers = Enrollment.objects.active().filter(person=person_id, course__key=course_key)
    found: QuerySet[Any] = hers.order_by("-cycle")
    return found.values_list("pk", Subquery(quiz.values("pk")))[:1]


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
    """Return the person's own attempt with its quiz and course; one statement."""
    for attempt in _attempt_with_quiz(attempt_key):
        if attempt.person_id == user.pk:
            # Already at hand, with her unit.
            attempt.person = user
        if can(user, "quizzes.take_quiz", attempt, policy.ATTEMPT):
            return attempt
    raise Http404


@written_once
def _attempt_with_quiz(key: UUID) -> "QuerySet[Attempt]":
    rows: QuerySet[Attempt] = Attempt.objects.select_related(
        "quiz__grade_item__version", "enrollment__course", "enrollment__version"
    )
    return rows.filter(key=key)


def get_late_attempt_for(user: Any, attempt_key: UUID, capability: str) -> Attempt:
    """Return somebody's attempt for whoever may accept late answers; never her own."""
    rows = Attempt.objects.exclude(person=user).select_related("person__unit", "quiz")
    return get_for(rows, user, capability, policy.LATE_ATTEMPT, key=attempt_key)


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
