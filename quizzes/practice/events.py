"""Reads that Ulangan is computed from."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from courses.models import Course, Enrollment
from quizzes.bank.composition import enemies_among
from quizzes.kinds import FOLLOW_UP_DAYS
from quizzes.models import (
    FollowUp,
    PracticeResponse,
    Question,
    QuestionBank,
    QuestionVersion,
    ReviewMiss,
)
from quizzes.practice import choosing
from quizzes.practice.schedule import Answered, Event, Missed

# Opened this early, a follow-up is there when its day begins, in any zone.
_AHEAD = timedelta(days=1)


def events_of(person_id: int, question_id: int) -> list[Event]:
    """Return what a card is computed from, oldest first; two queries."""
    return _events(person_id, question=question_id)[question_id]


def events_by_question(person_id: int) -> dict[int, list[Event]]:
    """Return the events of all the person's cards by question; two queries."""
    return _events(person_id)


def _events(person_id: int, **which: int) -> dict[int, list[Event]]:
    events: dict[int, list[Event]] = defaultdict(list)
    misses = ReviewMiss.objects.filter(person=person_id, **which)
    for question_id, at in misses.values_list("question_id", "noted_at"):
        events[question_id].append(Missed(at))
    answers = PracticeResponse.objects.filter(person=person_id, **which)
    rows = answers.order_by("pk").values_list(
        "question_id", "answered_at", "fraction", "answered_on"
    )
    for question_id, at, fraction, on in rows:
        events[question_id].append(Answered(at, fraction, on))
    for found in events.values():
        found.sort(key=lambda event: event.at)
    return events


def practice_versions(course: Course) -> "QuerySet[QuestionVersion]":
    """Return the course's practice questions as they may be asked today."""
    versions: QuerySet[QuestionVersion] = QuestionVersion.objects.drawable().filter(
        question__bank__course=course, question__bank__use=QuestionBank.Use.PRACTICE
    )
    return versions


def follow_up_pool(enrollment: Enrollment) -> list[choosing.FollowUpCandidate]:
    """Return the questions that a follow-up of this enrolment may ask."""
    answered = PracticeResponse.objects.filter(
        person=enrollment.person_id, question=OuterRef("question")
    )
    rows = list(
        practice_versions(enrollment.course)
        .annotate(is_seen=Exists(answered))
        .values_list("pk", "question_id", "objective_key", "is_seen")
    )
    versions = {question_id: pk for pk, question_id, *_rest in rows}
    enemies: dict[int, set[int]] = defaultdict(set)
    for one, other in enemies_among(versions):
        enemies[versions[one]].add(versions[other])
    return [
        choosing.FollowUpCandidate(pk, objective, is_seen, frozenset(enemies[pk]))
        for pk, _question_id, objective, is_seen in rows
    ]


def missing_follow_ups(now: datetime, *, limit: int) -> Iterator[tuple[int, int]]:
    """Yield (enrolment id, day) of follow-ups that are due and not there yet.

    Of courses that have practice questions, and of people who still sign in.
    """
    practice = Question.objects.drawable().filter(
        bank__course=OuterRef("course"), bank__use=QuestionBank.Use.PRACTICE
    )
    for day in FOLLOW_UP_DAYS:
        latest = now + _AHEAD - timedelta(days=day)
        there = FollowUp.objects.filter(enrollment=OuterRef("pk"), day=day)
        due: Any = (
            Enrollment.objects.active()
            .filter(
                completed_at__lte=latest,
                completed_at__gt=now - timedelta(days=day) - choosing.VALID_FOR,
                person__is_active=True,
            )
            .filter(Exists(practice), ~Exists(there))
            .order_by("completed_at")
        )
        for pk in due.values_list("pk", flat=True)[:limit]:
            yield pk, day
