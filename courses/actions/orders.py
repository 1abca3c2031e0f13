"""HR's orders to take a course."""

from datetime import date, datetime

from accounts import audit
from accounts.models import Unit, User
from courses.models import Assignment, Course
from lib.moments import not_before
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

    A unit has one open order per course. Ordering again by the same day changes the
    note; another day is a new order, and the one before ends at `now`. Locks the open
    order.
    """
    said = {
        "due_on": due_on,
        "note": note,
        "created_at": now,
        "created_by": by,
    }
    order, is_new = Assignment.objects.get_or_create(
        course=course, unit=unit, cancelled_at=None, defaults=said
    )
    if not is_new:
        order = _locked_order(order.pk)
        if order.due_on == due_on and order.cancelled_at is None:
            order.note = note
            order.save(update_fields=["note"])
            return order
        if order.cancelled_at is None:
            order.cancelled_at = not_before(now, order.created_at)
            order.save(update_fields=["cancelled_at"])
        order = Assignment.objects.create(course=course, unit=unit, **said)
    audit.record("courses.assignment.given", order, by=by, now=now, due=str(due_on))
    return order


def _locked_order(assignment_id: int) -> Assignment:
    orders = Assignment.objects.select_for_update(no_key=True)
    order: Assignment = orders.get(pk=assignment_id)
    return order


@atomic_with_retry
def cancel_assignment(*, assignment_id: int, by: User, now: datetime) -> Assignment:
    """Withdraw an order; people who have started keep everything."""
    assignment = _locked_order(assignment_id)
    if assignment.cancelled_at is None:
        assignment.cancelled_at = not_before(now, assignment.created_at)
        assignment.save(update_fields=["cancelled_at"])
        audit.record("courses.assignment.cancelled", assignment, by=by, now=now)
    return assignment
