"""Are the derivations of this room what their facts say? For `verify_derived`."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models.functions import Coalesce

from courses import completion
from courses.actions.locks import lock_enrollment
from courses.actions.progress import may_complete, recompute, update_completion
from courses.actions.rollups import refresh_rollup, wrong_rollups
from courses.models import CourseVersion, Enrollment
from courses.search.indexing import (
    courses_to_index,
    index_course,
    is_indexed_wrongly,
)
from courses.selectors.facts import facts_of, requirements_of
from courses.selectors.fetching import published_courses
from lib.transactions import atomic_with_retry

_AT_ONCE = 500


def verify_enrollments(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield every enrolment whose progress, grade or completion its facts do not give.

    Shown progress never falls and a completion is never taken back, so of these only
    too little is a difference. A few queries for every 500.
    """
    judged = Enrollment.objects.annotate(
        judged_by=Coalesce("completed_version", "version")
    )
    used = judged.order_by().values("judged_by")
    for version in CourseVersion.objects.filter(pk__in=used).order_by("pk"):
        requirements = requirements_of(version.pk)
        mine = judged.filter(judged_by=version.pk).order_by("pk")
        ids = list(mine.values_list("pk", flat=True))
        for start in range(0, len(ids), _AT_ONCE):
            batch = ids[start : start + _AT_ONCE]
            facts = facts_of(version.pk, batch)
            for enrollment in Enrollment.objects.filter(pk__in=batch).order_by("pk"):
                said = _difference(enrollment, requirements, facts[enrollment.pk])
                if said:
                    yield f"enrollment {enrollment.pk}: {said}"
                    if repair:
                        _decide_again(enrollment.pk, now=now)


def _difference(
    enrollment: Enrollment,
    requirements: list[completion.Requirement],
    facts: completion.Facts,
) -> str:
    if may_complete(enrollment) and completion.is_complete(requirements, facts):
        return f"{enrollment.progress} % ≠ complete"
    stored = (enrollment.progress, enrollment.final_percent)
    recompute(enrollment, requirements, facts)
    if stored == (enrollment.progress, enrollment.final_percent):
        return ""
    return (
        f"{stored[0]} % ≠ {enrollment.progress} %, "
        f"grade {stored[1]} ≠ {enrollment.final_percent}"
    )


@atomic_with_retry
def _decide_again(enrollment_id: int, *, now: datetime) -> None:
    update_completion(lock_enrollment(enrollment_id), by=None, now=now)


def verify_rollups(*, repair: bool) -> Iterator[str]:
    """Yield every count of a unit's people that is missing, wrong, or of nobody."""
    for found in list(wrong_rollups()):
        yield (
            f"rollup of unit {found.unit_id}, course {found.course_id}: "
            f"{found.stored} ≠ {found.counted}"
        )
        if repair:
            refresh_rollup(unit_id=found.unit_id, course_id=found.course_id)


def verify_search(*, repair: bool) -> Iterator[str]:
    """Yield every course of which a search finds other words than it has.

    What was published and is not indexed yet is work that waits, and no difference; a
    repair does it.
    """
    waiting = set(courses_to_index().values_list("pk", flat=True))
    for course in published_courses().order_by("pk"):
        if course.pk not in waiting and is_indexed_wrongly(course):
            yield f"search index of course {course.key}"
            waiting.add(course.pk)
    if repair:
        for course_id in sorted(waiting):
            index_course(course_id=course_id)
