"""Telling people that they may try a quiz again: the rest after a block is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.models import Notice, NoticeKind
from quizzes.models import Attempt, Quiz
from quizzes.taking.quiz_page import standing_of

# A sweep that did not run for so long finds it still; later it is no news.
_LOOKED_BACK = timedelta(hours=12)


def tell_open_again(*, now: datetime) -> int:
    """Tell everybody whose rest has ended, once for each rest; return how many.

    Who has passed meanwhile, by a repair, or has begun again is told nothing.
    """
    told = 0
    for attempt in _last_of_a_rest(now):
        key = f"open_again:{attempt.pk}"
        if Notice.objects.filter(key=key).exists() or not _is_open(attempt, now):
            continue
        tell(_news(attempt, key), now=now)
        told += 1
    return told


def _last_of_a_rest(now: datetime) -> "Iterator[Attempt]":
    """Return failed attempts that were handed in one rest ago."""
    rests = Quiz.objects.filter(cooldown_seconds__gt=0, grade_item__isnull=False)
    for seconds in rests.values_list("cooldown_seconds", flat=True).distinct():
        ended = now - timedelta(seconds=seconds)
        found: QuerySet[Attempt] = (
            # As the index says it.
            Attempt.objects.submitted()
            .filter(percent__lt=F("pass_mark"))
            .filter(submitted_at__gt=ended - _LOOKED_BACK, submitted_at__lte=ended)
            .filter(enrollment__isnull=False, quiz__cooldown_seconds=seconds)
            .select_related(
                "quiz__grade_item",
                "enrollment__person",
                "enrollment__course",
                "enrollment__version",
            )
        )
        yield from found.order_by("pk")


def _is_open(attempt: Any, now: datetime) -> bool:
    """Say whether the rest that this attempt began is over, and nothing else shut."""
    enrollment = attempt.enrollment
    if enrollment is None or enrollment.completed_at:
        return False
    if not enrollment.person.is_active or enrollment.person.restricted_at:
        return False
    hers = Attempt.objects.filter(enrollment=enrollment, quiz_key=attempt.quiz_key)
    if hers.filter(number__gt=attempt.number).exists():
        return False
    quiz = attempt.quiz
    before = standing_of(quiz, enrollment, now=attempt.submitted_at or now)
    return bool(before.opens_at) and not standing_of(quiz, enrollment, now=now).code


def _news(attempt: Any, key: str) -> News:
    enrollment, item = attempt.enrollment, attempt.quiz.grade_item
    return News(
        person_id=enrollment.person_id,
        kind=NoticeKind.OPEN_AGAIN,
        key=key,
        text=_("“%(quiz)s” di kursus “%(course)s” sudah dapat Anda kerjakan lagi.")
        % {"quiz": attempt.quiz.title, "course": enrollment.version.title},
        url=reverse("quizzes:quiz_detail", args=[enrollment.course.key, item.key]),
    )
