"""HR's orders to take a course."""

from datetime import date, datetime

from accounts import audit
from accounts.models import Unit, User
from courses.models import Assignment, Course
from lib.transactions import atomic_with_retry


@atomic_with_retry
def assign_course(
    *,
    course: Course,
    unit: Unit,
    due_on: date,
    by: User | None,
    now: datetime,
    note: str = "",
) -> Assignment:
    """Order everybody in `unit` and below to take `course` by `due_on`.

    A unit has one open order per course: ordering again moves the date.
    """
    assignment, _ = Assignment.objects.update_or_create(
        course=course,
        unit=unit,
        cancelled_at=None,
        defaults={"due_on": due_on, "note": note},
        create_defaults={
            "due_on": due_on,
            "note": note,
            "created_at": now,
            "created_by": by,
        },
    )
    audit.record(
        "courses.assignment.given", assignment, by=by, now=now, due=str(due_on)
    )
    return assignment


@atomic_with_retry
def cancel_assignment(*, assignment_id: int, by: User, now: datetime) -> Assignment:
    """Withdraw an order; people who have started keep everything."""
    assignment = Assignment.objects.select_for_update(no_key=True).get(pk=assignment_id)
    if assignment.cancelled_at is None:
        assignment.cancelled_at = now
        assignment.save(update_fields=["cancelled_at"])
        audit.record("courses.assignment.cancelled", assignment, by=by, now=now)
    return assignment
