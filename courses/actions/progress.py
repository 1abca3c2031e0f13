"""What a person does on a course, and what follows from it at once.

Completion is decided in the transaction of the event that causes it. Order of locks:
docs/locking.md.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from courses import completion
from courses.actions.locks import lock_enrollment
from courses.actions.rollups import refresh_rollup
from courses.exceptions import LessonNotAvailable
from courses.models import (
    CourseGrade,
    CourseVersion,
    Enrollment,
    GradeEntry,
    GradeItem,
    JpEntry,
    LessonCompletion,
)
from courses.selectors.facts import (
    completion_inputs,
    done_lesson_keys,
    entries_of,
)
from courses.signals import enrollment_completed
from lib.moments import not_before
from lib.scores import shown_score
from lib.transactions import atomic_with_retry
from lib.written_once import append, written_once


@atomic_with_retry
def complete_lesson(
    *,
    enrollment_id: int,
    lesson_key: str,
    by: User,
    now: datetime,
    read_version: int | None = None,
    told_at: datetime | None = None,
) -> Enrollment:
    """Record that the person finished a lesson of her version.

    Saying it twice changes nothing, unless a required part came in between. A phone
    that had no line names the version it showed (`read_version`, the number) and when
    it was (`told_at`, kept and never judged by): what she read before a required part
    came does not count for that part. Locks the enrolment. Raises LessonNotAvailable
    for a lesson her version does not have, and for somebody who has withdrawn.
    """
    enrollment = lock_enrollment(enrollment_id)
    if enrollment.state == Enrollment.State.WITHDRAWN:
        raise LessonNotAvailable("withdrawn", "Ikuti kursus ini dulu.")
    if not enrollment.version.lessons.filter(key=lesson_key).exists():
        raise LessonNotAvailable(
            "not_in_version", "Pelajaran ini tidak ada di kursus yang Anda ikuti."
        )
    is_new = lesson_key not in done_lesson_keys(enrollment)
    version = _version_read(enrollment, read_version)
    if is_new and version != enrollment.version:
        # She may have said that before the part came, and is only told again.
        is_new = not enrollment.lesson_completions.filter(
            lesson_key=lesson_key, version=version
        ).exists()
    if is_new:
        LessonCompletion.objects.create(
            enrollment=enrollment,
            lesson_key=lesson_key,
            version=version,
            completed_at=now,
            told_at=told_at,
        )
    enrollment.last_seen_at = now
    enrollment.save(update_fields=["last_seen_at"])
    if is_new:
        audit.record(
            "courses.lesson.completed", enrollment, by=by, now=now, lesson=lesson_key
        )
        update_completion(enrollment, by=by, now=now)
    return enrollment


def _version_read(enrollment: Enrollment, number: int | None) -> CourseVersion:
    """Return the version that was read: hers, or an earlier one of the same course."""
    hers = enrollment.version
    if number is None or number >= hers.number:
        return hers
    published = CourseVersion.objects.filter(
        course=hers.course_id, state=CourseVersion.State.PUBLISHED, number=number
    )
    return published.first() or hers


@atomic_with_retry
def record_grade(
    *,
    enrollment_id: int,
    grade_item: GradeItem,
    source: str,
    points: Fraction | Decimal,
    max_points: Decimal,
    evidence: str,
    pass_mark: Decimal | None = None,
    by: User | None,
    now: datetime,
) -> GradeEntry:
    """Append the grade of an item, as `append_grade`. Locks the enrolment."""
    return append_grade(
        lock_enrollment(enrollment_id),
        grade_item=grade_item,
        source=source,
        points=points,
        max_points=max_points,
        evidence=evidence,
        pass_mark=pass_mark,
        by=by,
        now=now,
    )


def append_grade(
    enrollment: Enrollment,
    *,
    grade_item: GradeItem,
    source: str,
    points: Fraction | Decimal,
    max_points: Decimal,
    evidence: str,
    pass_mark: Decimal | None = None,
    by: User | None,
    now: datetime,
) -> GradeEntry:
    """Append the grade of an item unless it is the grade already.

    `points` are exact; `pass_mark` is the one under which the evidence began. Decides
    completion before it returns. Call it in a transaction that holds the enrolment's
    lock, with the row as it was read under it.
    """
    entries = entries_of(enrollment.pk)
    last = next(
        (
            entry
            for entry in reversed(entries)
            if (entry.item_key, entry.source) == (grade_item.key, source)
        ),
        None,
    )
    said = (points, max_points, pass_mark, evidence)
    if last and said == (last.points, last.max_points, last.pass_mark, last.evidence):
        return last
    entry = GradeEntry(
        enrollment=enrollment,
        grade_item=grade_item,
        item_key=grade_item.key,
        source=source,
        evidence=evidence,
        revision=last.revision + 1 if last else 1,
        points=points,
        max_points=max_points,
        percent=shown_score(points, max_points),
        pass_mark=pass_mark,
        recorded_at=now,
        recorded_by=by,
    )
    append(entry)
    update_completion(enrollment, by=by, now=now, entries=[*entries, entry])
    return entry


def update_completion(
    enrollment: Enrollment,
    *,
    by: User | None,
    now: datetime,
    entries: Sequence[GradeEntry] | None = None,
) -> bool:
    """Decide progress and completion anew; True when it became complete just now.

    `entries` are the enrolment's grade entries where they are at hand.

    Call it in a transaction that holds the enrolment's lock. Shown progress never
    falls and a completion is never taken back. Nothing completes for somebody who has
    withdrawn, whatever is graded or published meanwhile: that is decided in the
    moment in which she comes back (`enroll`).
    """
    requirements, facts = completion_inputs(enrollment, entries)
    became_complete = may_complete(enrollment) and completion.is_complete(
        requirements, facts
    )
    if became_complete:
        enrollment.completed_at = not_before(now, enrollment.started_at)
        enrollment.completed_version_id = enrollment.version_id
        enrollment.completion_rule = completion.RULE
    grade = enrollment.final_percent
    recompute(enrollment, requirements, facts)
    if enrollment.final_percent != grade:
        log_grade(enrollment, now=now)
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
    is_raised = (enrollment.final_percent or 0) > (grade or 0)
    if became_complete or (enrollment.completed_at is not None and is_raised):
        enrollment_completed.send(
            Enrollment, enrollment_id=enrollment.pk, is_new=became_complete
        )
    return became_complete


def may_complete(enrollment: Enrollment) -> bool:
    """Say whether a completion can still come: she takes the course, unfinished."""
    return (
        enrollment.completed_at is None and enrollment.state == Enrollment.State.ACTIVE
    )


def recompute(
    enrollment: Enrollment,
    requirements: Sequence[completion.Requirement],
    facts: completion.Facts,
) -> None:
    """Set what is derived of an enrolment whose completion has been decided."""
    enrollment.final_percent = completion.final_percent(requirements, facts)
    if enrollment.completed_at:
        enrollment.progress = 100
    else:
        computed = min(99, completion.progress(requirements, facts))
        enrollment.progress = max(enrollment.progress, computed)


def log_grade(enrollment: Enrollment, *, now: datetime) -> None:
    """Append the grade that the course has from now on."""
    last = next(iter(_last_revision(enrollment.pk)), 0)
    append(
        CourseGrade(
            enrollment=enrollment,
            revision=last + 1,
            percent=enrollment.final_percent,
            recorded_at=now,
        )
    )


@written_once
def _last_revision(enrollment_id: int) -> "QuerySet[Any]":
    grades = CourseGrade.objects.filter(enrollment=enrollment_id)
    return grades.order_by("-revision").values_list("revision", flat=True)[:1]


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
    unit_id = enrollment.person.unit_id
    if unit_id:
        refresh_rollup(unit_id=unit_id, course_id=enrollment.course_id)


def _grant_jp(enrollment: Enrollment, *, now: datetime) -> None:
    """Give the version's JP once per person and course (DOMAIN §3.2)."""
    if _jp_of_course(enrollment.person_id, enrollment.course_id):
        return
    earned_on = now.astimezone(ZoneInfo(enrollment.person.time_zone)).date()
    append(
        JpEntry(
            person_id=enrollment.person_id,
            enrollment=enrollment,
            version_id=enrollment.version_id,
            jp=enrollment.version.jp,
            earned_on=earned_on,
            year=earned_on.year,
            recorded_at=now,
        )
    )


@written_once
def _jp_of_course(person_id: int, course_id: int) -> "QuerySet[Any]":
    entries = JpEntry.objects.filter(person=person_id, enrollment__course=course_id)
    return entries.values_list("pk", flat=True)[:1]
