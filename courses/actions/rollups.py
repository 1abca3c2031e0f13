"""Keep the counts that dashboards read."""

from django.db.models import Count, Q

from courses.models import Enrollment, UnitCourseRollup
from lib.transactions import atomic_with_retry


@atomic_with_retry
def refresh_rollup(*, unit_id: int, course_id: int) -> UnitCourseRollup:
    """Recount one unit's own people on one course and store the counts.

    Counts after locking the row, so that of two transactions the later one sees
    what the earlier committed. The row is locked last of all and briefly.
    """
    UnitCourseRollup.objects.get_or_create(unit_id=unit_id, course_id=course_id)
    rollup = UnitCourseRollup.objects.select_for_update(no_key=True).get(
        unit_id=unit_id, course_id=course_id
    )
    counts = count_people(unit_id=unit_id, course_id=course_id)
    rollup.enrolled = counts["enrolled"]
    rollup.completed = counts["completed"]
    rollup.save(update_fields=["enrolled", "completed"])
    return rollup


def count_people(*, unit_id: int, course_id: int) -> dict[str, int]:
    """Return how many active people of the unit have enrolled and completed."""
    return Enrollment.objects.filter(
        person__unit_id=unit_id, person__is_active=True, course_id=course_id
    ).aggregate(
        enrolled=Count(
            "person", filter=Q(state=Enrollment.State.ACTIVE), distinct=True
        ),
        completed=Count("person", filter=Q(completed_at__isnull=False), distinct=True),
    )


def refresh_rollups_of(*, person_id: int, unit_ids: list[int]) -> None:
    """Recount all courses of one person in these units, after she moved or left."""
    course_ids = (
        Enrollment.objects.filter(person_id=person_id)
        .order_by("course_id")
        .values_list("course_id", flat=True)
        .distinct()
    )
    for course_id in course_ids:
        for unit_id in sorted(unit_ids):
            refresh_rollup(unit_id=unit_id, course_id=course_id)
