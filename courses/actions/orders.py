"""HR's orders to take a course: given, replaced, withdrawn, taken back at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from courses.assigning.rules import EVERYBODY, Rule, stored, target_key
from courses.exceptions import OrderNotAccepted
from courses.models import Assignment, Course, OrderPerson, PeopleGroup, Program
from lib.moments import not_before
from lib.transactions import atomic_with_retry

# How long whoever gave orders may take them back as if nothing had been said.
UNDO = timedelta(minutes=1)


@dataclass(frozen=True)
class OrderTarget:
    """Whom an order is for: of `unit` and below those that the rule keeps.

    With `people`, these people of the unit alone, by their internal numbers.
    """

    unit: Unit
    rule: Rule = EVERYBODY
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class OrderContent:
    """What is ordered, of whom and by when; one order per course and target.

    `due_on` is a day, `due_days` counts from each person's placement and at least
    from `starts_on`; a suggestion has neither.
    """

    courses: Sequence[Course]
    targets: Sequence[OrderTarget]
    due_on: date | None = None
    due_days: int | None = None
    starts_on: date | None = None
    is_required: bool = True
    copies_superior: bool = False
    note: str = ""
    program: Program | None = None
    group: PeopleGroup | None = None
    token: UUID = field(default_factory=uuid4)


@atomic_with_retry
def give_orders(
    *, content: OrderContent, by: User | None, now: datetime
) -> list[Assignment]:
    """Give an order for every course and target; the same token twice gives the first.

    A target has one open order per course. Ordering again by the same day changes the
    note; another day is a new order, and the one before ends at `now`. Locks the open
    orders. Raises OrderNotAccepted.
    """
    given = list(Assignment.objects.filter(batch=content.token).order_by("pk"))
    if given:
        return given
    _check(content)
    courses = sorted(content.courses, key=lambda course: course.pk)
    targets = sorted(content.targets, key=lambda target: target.unit.pk)
    return [
        _give(course, target, content, by, now)
        for target in targets
        for course in courses
    ]


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

    As `give_orders`, for one course and a whole unit.
    """
    content = OrderContent([course], [OrderTarget(unit)], due_on=due_on, note=note)
    return give_orders(content=content, by=by, now=now)[0]


def _check(content: OrderContent) -> None:
    if not content.courses:
        raise OrderNotAccepted("no_course", _("Pilih kursus yang ditugaskan."))
    if not content.targets:
        raise OrderNotAccepted("nobody", _("Pilih kepada siapa kursus ditugaskan."))
    days = [content.due_on is not None, content.due_days is not None]
    if sum(days) != int(content.is_required):
        raise OrderNotAccepted(
            "one_deadline",
            _("Penugasan wajib punya satu tenggat, anjuran tidak punya."),
        )
    if content.due_days is not None and content.starts_on is None:
        raise AssertionError("Days are counted from a day.")


def _give(
    course: Course,
    target: OrderTarget,
    content: OrderContent,
    by: User | None,
    now: datetime,
) -> Assignment:
    key = target_key(target.rule, target.people, is_required=content.is_required)
    before = _open_order(course, target.unit, key)
    if before is not None:
        if (before.due_on, before.due_days) == (content.due_on, content.due_days):
            before.note, before.copies_superior = content.note, content.copies_superior
            before.save(update_fields=["note", "copies_superior"])
            return before
        before.cancelled_at = not_before(now, before.created_at)
        before.save(update_fields=["cancelled_at"])
    rule = target.rule
    order, is_new = Assignment.objects.get_or_create(
        course=course,
        unit=target.unit,
        target_key=key,
        cancelled_at=None,
        defaults={
            "program": content.program,
            "group": content.group,
            "batch": content.token,
            "is_required": content.is_required,
            "due_on": content.due_on,
            "due_days": content.due_days,
            "starts_on": content.starts_on,
            "jabatan_kinds": stored(rule.jabatan_kinds),
            "golongans": stored(rule.golongans),
            "statuses": stored(rule.statuses),
            "is_named": bool(target.people),
            "is_personal": not rule.is_open
            or bool(target.people)
            or content.due_days is not None,
            "copies_superior": content.copies_superior,
            "note": content.note,
            "created_at": now,
            "created_by": by,
            "replaces": before,
        },
    )
    if not is_new:
        # Somebody else gave it at this moment: hers is the one before ours.
        return _give(course, target, content, by, now)
    resting = User.objects.filter(pk__in=target.people, restricted_at__isnull=False)
    left_out = set(resting.values_list("pk", flat=True)) if target.people else set()
    OrderPerson.objects.bulk_create(
        [
            OrderPerson(order=order, person_id=pk)
            for pk in target.people
            if pk not in left_out
        ],
        batch_size=1_000,
    )
    due = str(content.due_on or content.due_days or "")
    audit.record("courses.assignment.given", order, by=by, now=now, due=due)
    return order


def _open_order(course: Course, unit: Unit, key: str) -> Assignment | None:
    """Return the open order to this target, locked; whoever waits sees the next one."""
    orders = Assignment.objects.select_for_update(no_key=True)
    order: Assignment | None = orders.filter(
        course=course, unit=unit, target_key=key, cancelled_at=None
    ).first()
    return order


def locked_order(assignment_id: int) -> Assignment:
    """Return the order, locked until the transaction ends."""
    orders = Assignment.objects.select_for_update(no_key=True)
    order: Assignment = orders.get(pk=assignment_id)
    return order


@atomic_with_retry
def cancel_assignment(*, assignment_id: int, by: User, now: datetime) -> Assignment:
    """Withdraw an order; people who have started keep everything."""
    assignment = locked_order(assignment_id)
    if assignment.cancelled_at is None:
        assignment.cancelled_at = not_before(now, assignment.created_at)
        assignment.save(update_fields=["cancelled_at"])
        audit.record("courses.assignment.cancelled", assignment, by=by, now=now)
    return assignment


@atomic_with_retry
def undo_orders(*, batch: UUID, by: User, now: datetime) -> int:
    """Take back what `by` has just ordered; what it replaced is open again.

    Returns how many orders ended. A second call finds none. Raises OrderNotAccepted
    later than a minute after. Locks the orders, then those that come back.
    """
    orders = Assignment.objects.select_for_update(no_key=True)
    mine = list(
        orders.filter(batch=batch, created_by=by, cancelled_at=None).order_by("pk")
    )
    if any(now - order.created_at > UNDO for order in mine):
        raise OrderNotAccepted(
            "too_late",
            _("Sudah lebih dari satu menit. Tarik penugasannya dari daftar."),
        )
    for order in mine:
        order.cancelled_at = not_before(now, order.created_at)
        order.save(update_fields=["cancelled_at"])
        audit.record("courses.assignment.undone", order, by=by, now=now)
    _reopen([order.replaces_id for order in mine if order.replaces_id], by, now)
    return len(mine)


def _reopen(ids: Sequence[int], by: User, now: datetime) -> None:
    orders = Assignment.objects.select_for_update(no_key=True)
    for order in orders.filter(pk__in=ids).order_by("pk"):
        order.cancelled_at = None
        order.save(update_fields=["cancelled_at"])
        audit.record("courses.assignment.reopened", order, by=by, now=now)
