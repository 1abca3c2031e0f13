"""The rows that say where somebody stands with a quiz."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, QuerySet

from courses import pretest
from courses.models import Enrollment, LessonCompletion
from courses.published import outline_of
from courses.selectors.facts import done_lesson_keys
from lib.written_once import written_once
from quizzes.models import (
    Attempt,
    Quiz,
)
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
    rule = outline_of(quiz.grade_item.version_id).requirement(quiz.grade_item.key)
    return rule.pass_mark if rule else None


def lessons_done(enrollment: Enrollment) -> bool:
    """Say whether every required lesson of the person's version is done; one query."""
    lessons = outline_of(enrollment.version_id).lessons
    required = {lesson.key for lesson in lessons if lesson.is_required}
    return required <= done_lesson_keys(enrollment)


def submitted_attempts(enrollment: Enrollment, quiz_key: str) -> list[Attempt]:
    """Return the attempts handed in, oldest first, across versions of the course."""
    return _submitted(enrollment.pk, quiz_key)


@written_once
def _submitted(enrollment_id: int, quiz_key: str) -> "QuerySet[Attempt]":
    hers = Attempt.objects.submitted().filter(
        enrollment=enrollment_id, quiz_key=quiz_key
    )
    found: QuerySet[Attempt] = hers.select_related("quiz__grade_item")
    return found.order_by("number")


def is_sitting(enrollment: Enrollment, quiz_key: str) -> bool:
    """Say whether an attempt of hers at this quiz is not marked yet, in any cycle.

    Of earlier cycles only what ends by itself: what has no deadline may stay open for
    ever where she has given the cycle up.
    """
    hers = enrollment.person_id, enrollment.pk, enrollment.course_id
    return bool(_sitting(*hers, quiz_key))


@written_once
def _sitting(
    person_id: int, enrollment_id: int, course_id: int, quiz_key: str
) -> "QuerySet[Any]":
    hers = Attempt.objects.unmarked().filter(
        person=person_id, quiz_key=quiz_key, enrollment__course=course_id
    )
    of_now = Q(enrollment=enrollment_id) | Q(deadline_at__isnull=False)
    found: QuerySet[Any] = hers.filter(of_now).values_list("pk", flat=True)
    return found[:1]


def is_locked_pretest(quiz: Quiz, enrollment: Enrollment) -> bool:
    """Say whether this is a pre-test that can be started no more."""
    if quiz.purpose != Quiz.Purpose.PRETEST:
        return False
    lessons_begun = enrollment.lesson_completions.exists()
    return pretest.is_locked(
        lessons_begun=lessons_begun,
        posttest_begun=lessons_begun or _posttests(enrollment.pk).exists(),
    )


def _posttests(enrollment_id: int) -> QuerySet[Attempt]:
    found: QuerySet[Attempt] = Attempt.objects.filter(
        enrollment=enrollment_id, quiz__purpose=Quiz.Purpose.POSTTEST
    )
    return found


def first_pretest(enrollment_id: int) -> Attempt | None:
    """Return the pre-test that a gain is counted from; None where there is none.

    The first one handed in, whatever attempt its quiz grades: where somebody began is
    told by the attempt that nothing came before; and only if neither lessons nor the
    post-test did (`courses.pretest`). `reports.gain.sql` says the same of many people
    at once.
    """
    first: Attempt | None = next(iter(_pretests(enrollment_id)), None)
    if first is None or first.submitted_at is None:
        return None
    lessons = LessonCompletion.objects.filter(enrollment=enrollment_id)
    counts = pretest.counts_for_gain(
        first.submitted_at,
        lessons_began_at=lessons.aggregate(at=Min("completed_at"))["at"],
        posttest_began_at=_posttests(enrollment_id).aggregate(at=Min("started_at"))[
            "at"
        ],
    )
    return first if counts else None


@written_once
def _pretests(enrollment_id: int) -> "QuerySet[Attempt]":
    found: QuerySet[Attempt] = Attempt.objects.submitted().filter(
        enrollment=enrollment_id, quiz__purpose=Quiz.Purpose.PRETEST
    )
    return found.order_by("pk")[:1]


def sittings_of(attempts: Iterable[Attempt]) -> list[Sitting]:
    """Return attempts handed in as the pure rules see them."""
    return [
        Sitting(
            submitted_at=attempt.submitted_at,
            percent=attempt.percent,
            pass_mark=attempt.pass_mark,
            is_counted=attempt.is_counted,
        )
        for attempt in attempts
        if attempt.submitted_at is not None and attempt.percent is not None
    ]
