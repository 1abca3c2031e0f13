"""What a person does on a course, and what follows from it at once.

Completion is decided in the transaction of the event that causes it. Order of locks:
docs/locking.md.
"""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from accounts import audit
from accounts.models import User
from courses import completion
from courses.actions.locks import lock_enrollment
from courses.actions.rollups import refresh_rollup
from courses.exceptions import LessonNotAvailable
from courses.models import (
    Enrollment,
    GradeEntry,
    GradeItem,
    JpEntry,
    LessonCompletion,
)
from courses.selectors.facts import completion_inputs
from courses.signals import enrollment_completed
from lib.transactions import atomic_with_retry


@atomic_with_retry
def complete_lesson(
    *, enrollment_id: int, lesson_key: str, by: User, now: datetime
) -> Enrollment:
    """Record that the person finished a lesson of her version.

    Saying it twice changes nothing. Locks the enrolment. Raises
    LessonNotAvailable for a lesson her version does not have.
    """
    enrollment = lock_enrollment(enrollment_id)
    if not enrollment.version.lessons.filter(key=lesson_key).exists():
        raise LessonNotAvailable(
            "not_in_version", "Pelajaran ini tidak ada di kursus yang Anda ikuti."
        )
    _, is_new = LessonCompletion.objects.get_or_create(
        enrollment=enrollment,
        lesson_key=lesson_key,
        defaults={"version_id": enrollment.version_id, "completed_at": now},
    )
    enrollment.last_seen_at = now
    enrollment.save(update_fields=["last_seen_at"])
    if is_new:
        audit.record(
            "courses.lesson.completed", enrollment, by=by, now=now, lesson=lesson_key
        )
        update_completion(enrollment, by=by, now=now)
    return enrollment


@atomic_with_retry
def record_grade(
    *,
    enrollment_id: int,
    grade_item: GradeItem,
    source: str,
    points: Decimal,
    max_points: Decimal,
    evidence: str,
    by: User | None,
    now: datetime,
) -> GradeEntry:
    """Append the grade of an item unless it is the grade already.

    Locks the enrolment, and decides completion before it returns.
    """
    enrollment = lock_enrollment(enrollment_id)
    last = (
        GradeEntry.objects.filter(
            enrollment=enrollment, item_key=grade_item.key, source=source
        )
        .order_by("-revision")
        .first()
    )
    if last and (last.points, last.max_points) == (points, max_points):
        return last
    entry = GradeEntry.objects.create(
        enrollment=enrollment,
        grade_item=grade_item,
        item_key=grade_item.key,
        source=source,
        evidence=evidence,
        revision=last.revision + 1 if last else 1,
        points=points,
        max_points=max_points,
        recorded_at=now,
        recorded_by=by,
    )
    update_completion(enrollment, by=by, now=now)
    return entry


def update_completion(
    enrollment: Enrollment, *, by: User | None, now: datetime
) -> bool:
    """Decide progress and completion anew; True when it became complete just now.

    Call it in a transaction that holds the enrolment's lock. Shown progress never
    falls and a completion is never taken back.
    """
    requirements, facts = completion_inputs(enrollment)
    enrollment.final_percent = completion.final_percent(requirements, facts)
    became_complete = enrollment.completed_at is None and completion.is_complete(
        requirements, facts
    )
    if became_complete:
        enrollment.completed_at = now
        enrollment.completed_version_id = enrollment.version_id
        enrollment.completion_rule = completion.RULE
    if enrollment.completed_at is None:
        computed = completion.progress(requirements, facts)
        enrollment.progress = max(enrollment.progress, computed)
    else:
        enrollment.progress = 100
    enrollment.save(
        update_fields=[
            "progress",
            "final_percent",
            "completed_at",
            "completed_version",
            "completion_rule",
        ]
    )
    if became_complete:
        _after_completion(enrollment, by=by, now=now)
    return became_complete


def _after_completion(
    enrollment: Enrollment, *, by: User | None, now: datetime
) -> None:
    _grant_jp(enrollment, now=now)
    audit.record(
        "courses.enrollment.completed",
        enrollment,
        by=by,
        now=now,
        version=enrollment.version_id,
        rule=completion.RULE,
    )
    enrollment_completed.send(Enrollment, enrollment_id=enrollment.pk)
    unit_id = enrollment.person.unit_id
    if unit_id:
        refresh_rollup(unit_id=unit_id, course_id=enrollment.course_id)


def _grant_jp(enrollment: Enrollment, *, now: datetime) -> None:
    """Give the version's JP once per person and course (DOMAIN §3.2)."""
    already = JpEntry.objects.filter(
        person_id=enrollment.person_id, enrollment__course_id=enrollment.course_id
    ).exists()
    if already:
        return
    earned_on = now.astimezone(ZoneInfo(enrollment.person.time_zone)).date()
    JpEntry.objects.create(
        person_id=enrollment.person_id,
        enrollment=enrollment,
        version_id=enrollment.version_id,
        jp=enrollment.version.jp,
        earned_on=earned_on,
        year=earned_on.year,
        recorded_at=now,
    )
