"""More time: for one person, for a unit, and for a unit that could not learn."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import below_q
from accounts.models import Unit, User
from courses.actions.orders import locked_order
from courses.assigning import concern
from courses.exceptions import OrderNotAccepted
from courses.models import Assignment, DeadlineExtension, HolidayChange, Outage
from lib.paths import ancestor_paths, is_within, subtree_bounds
from lib.transactions import atomic_with_retry

_AT_ONCE = 1_000


@atomic_with_retry
def extend_deadline(
    *,
    assignment_id: int,
    due_on: date,
    reason: str,
    by: User,
    now: datetime,
    person: User | None = None,
    unit: Unit | None = None,
) -> DeadlineExtension:
    """Let one person, or a unit and all below, finish an order by a later day.

    Said twice it is one row. Locks the order. Raises OrderNotAccepted without a reason,
    for a day that is no later, or for somebody whom the order does not concern.
    """
    order = locked_order(assignment_id)
    _check_extension(order, due_on, reason, person=person, unit=unit)
    row, is_new = DeadlineExtension.objects.get_or_create(
        order=order,
        person=person,
        unit=unit,
        due_on=due_on,
        defaults={"reason": reason.strip(), "given_by": by, "given_at": now},
    )
    if is_new:
        if person is not None and not order.is_personal:
            order.is_personal = True
            order.save(update_fields=["is_personal"])
        audit.record(
            "courses.assignment.extended", order, by=by, now=now, due=str(due_on)
        )
    return row


def _check_extension(
    order: Assignment,
    due_on: date,
    reason: str,
    *,
    person: User | None,
    unit: Unit | None,
) -> None:
    if order.cancelled_at is not None or not order.is_required:
        raise OrderNotAccepted(
            "no_deadline", _("Penugasan ini sudah ditarik atau tanpa tenggat.")
        )
    if not reason.strip():
        raise OrderNotAccepted(
            "no_reason",
            _("Alasan masih kosong. Tulis mengapa tenggatnya diperpanjang."),
        )
    if order.due_on is not None and due_on <= order.due_on:
        raise OrderNotAccepted(
            "not_later", _("Pilih tanggal setelah tenggat yang sekarang.")
        )
    if person is not None and not _concerns(order, person):
        raise OrderNotAccepted(
            "not_hers", _("Penugasan ini tidak berlaku untuk pegawai itu.")
        )
    if unit is not None and not _meets(order, unit):
        raise OrderNotAccepted(
            "not_there", _("Penugasan ini tidak berlaku di unit itu.")
        )


def _concerns(order: Assignment, person: User) -> bool:
    text, params = concern.everybody("a.id = %s AND u.id = %s", (order.pk, person.pk))
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchone() is not None


def _meets(order: Assignment, unit: Unit) -> bool:
    path, top = unit.path or "", order.unit.path or ""
    return is_within(path, top) or is_within(top, path)


@atomic_with_retry
def declare_outage(
    *,
    unit: Unit,
    first_day: date,
    last_day: date,
    reason: str,
    by: User,
    now: datetime,
) -> Outage:
    """Say that the people of `unit` and below could not learn on these days.

    A deadline that falls into them moves to later by as many days, for whom it fell
    there. Said twice it changes nothing. Raises OrderNotAccepted without a reason or
    for days the wrong way round.
    """
    if last_day < first_day:
        raise OrderNotAccepted(
            "wrong_way_round", _("Hari terakhir mendahului hari pertama.")
        )
    if not reason.strip():
        raise OrderNotAccepted(
            "no_reason", _("Alasan masih kosong. Tulis mengapa tidak dapat belajar.")
        )
    outage, is_new = Outage.objects.get_or_create(
        unit=unit,
        first_day=first_day,
        last_day=last_day,
        defaults={"reason": reason.strip(), "declared_by": by, "declared_at": now},
    )
    if is_new:
        for rows in (_extensions_of_units(outage), _extensions_of_people(outage)):
            _add(rows)
        audit.record("courses.outage.declared", outage, by=by, now=now)
    return outage


def _add(rows: Iterator[DeadlineExtension]) -> None:
    """Write rows as they come, so that memory stays flat."""
    part: list[DeadlineExtension] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            DeadlineExtension.objects.bulk_create(part, ignore_conflicts=True)
            part = []
    DeadlineExtension.objects.bulk_create(part, ignore_conflicts=True)


def _extensions_of_units(outage: Outage) -> Iterator[DeadlineExtension]:
    """Yield what orders with one day for all get, at the unit that both speak of."""
    path = outage.unit.path or ""
    above = ancestor_paths(path)
    at_unit = Q(extensions__unit__path__in=above)
    orders = (
        Assignment.objects.open()
        .filter(below_q(path, to_unit="unit") | Q(unit__path__in=above))
        .filter(is_required=True, due_on__lte=outage.last_day)
        .annotate(extended=Max("extensions__due_on", filter=at_unit))
        .values_list("pk", "unit_id", "unit__path", "due_on", "extended")
        .order_by("pk")
    )
    for pk, unit_id, top, due_on, extended in orders.iterator():
        due = max(due_on, extended or due_on)
        if outage.first_day <= due <= outage.last_day:
            where = unit_id if is_within(top, path) else outage.unit_id
            yield _extension(outage, order_id=pk, due_on=due, unit_id=where)


def _extensions_of_people(outage: Outage) -> Iterator[DeadlineExtension]:
    """Yield what is counted from a person's placement, or was extended for her."""
    low, high = subtree_bounds(outage.unit.path or "")
    text, params = concern.everybody(
        "a.is_personal AND place.path >= %s AND place.path < %s", (low, high)
    )
    asked = f"""SELECT order_id, person_id, due_on FROM ({text}) hers
      WHERE due_on BETWEEN %s AND %s"""  # noqa: S608
    days = (str(outage.first_day), str(outage.last_day))
    with connection.cursor() as cursor:
        cursor.execute(asked, (*params, *days))
        while found := cursor.fetchmany(_AT_ONCE):
            for order_id, person_id, due_on in found:
                due = date.fromisoformat(str(due_on))
                yield _extension(
                    outage, order_id=order_id, due_on=due, person_id=person_id
                )


def _extension(
    outage: Outage,
    *,
    order_id: int,
    due_on: date,
    unit_id: int | None = None,
    person_id: int | None = None,
) -> DeadlineExtension:
    days = (outage.last_day - outage.first_day).days + 1
    return DeadlineExtension(
        order_id=order_id,
        unit_id=unit_id,
        person_id=person_id,
        due_on=due_on + timedelta(days=days),
        reason=outage.reason,
        outage=outage,
        given_by_id=outage.declared_by_id,
        given_at=outage.declared_at,
    )


def change_holiday(
    *, day: date, name: str, is_holiday: bool, by: User, now: datetime
) -> HolidayChange:
    """Say that a day is a holiday, or a working day whatever the list says."""
    change, _is_new = HolidayChange.objects.update_or_create(
        day=day,
        defaults={"name": name.strip(), "is_holiday": is_holiday, "changed_at": now},
    )
    audit.record("courses.holiday.changed", change, by=by, now=now, day=str(day))
    return change
