"""What HR's pages about orders show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.actions.orders import UNDO, OrderTarget
from courses.assigning.choices import programs_of
from courses.assigning.people import ASSIGN, people_of
from courses.assigning.rules import EVERYBODY
from courses.assigning.words import (
    course_titles,
    deadline_in_words,
    rule_in_words,
    rule_of,
    whom_in_words,
)
from courses.models import Assignment, Enrollment, OrderPerson, Outage

PER_PAGE = 50
STATES = (
    ("", _("Berlaku")),
    ("lewat", _("Lewat tenggat")),
    ("ditarik", _("Ditarik atau diganti")),
)


@dataclass(frozen=True)
class OrderRow:
    """An order in the list."""

    pk: int
    title: str
    program: str
    whom: str
    deadline: str
    is_late: bool
    is_over: bool
    note: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True)
class ExtensionRow:
    """More time that an order was given."""

    whom: str
    due_on: date
    reason: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True)
class OrderPage:
    """One order: whom it means today, how many have finished, who got more time."""

    row: OrderRow
    unit_code: str
    people: int
    finished: int
    copies_superior: bool
    is_required: bool
    extensions: Sequence[ExtensionRow]


def order_rows(
    user: Any, *, state: str, words: str, page: str | None, now: datetime
) -> "Page[Any]":
    """Return a page of the orders of `user`'s units, latest first; five queries."""
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    orders = Assignment.objects.visible_to(user, ASSIGN)
    if state == "ditarik":
        orders = orders.filter(cancelled_at__isnull=False)
    else:
        orders = orders.open()
    if state == "lewat":
        orders = orders.filter(due_on__lt=today)
    for word in words.split():
        orders = orders.filter(
            Q(course__current_version__title__icontains=word)
            | Q(course__code__iexact=word)
            | Q(program__name__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(note__icontains=word)
        )
    found = Paginator(_shown(orders).order_by("-pk"), PER_PAGE).get_page(page)
    named = _named([order.pk for order in found.object_list])
    rows = [_row(one, named, today) for one in found.object_list]
    found.object_list = rows
    return found


def _shown(orders: Any) -> Any:
    return orders.select_related(
        "course__current_version", "unit", "program", "created_by"
    )


def _named(orders: Sequence[int]) -> dict[int, int]:
    """Return how many people these orders name."""
    counted = OrderPerson.objects.filter(order__in=orders).values("order")
    return dict(
        counted.annotate(people=Count("pk")).order_by().values_list("order", "people")
    )


def _row(order: Any, named: dict[int, int], today: date) -> OrderRow:
    version = order.course.current_version
    return OrderRow(
        pk=order.pk,
        title=version.title if version else order.course.code,
        program=order.program.name if order.program else "",
        whom=whom_in_words(order.unit, rule_of(order), named.get(order.pk, 0)),
        deadline=deadline_in_words(order),
        is_late=order.due_on is not None and order.due_on < today,
        is_over=order.cancelled_at is not None,
        note=order.note,
        given_by=order.created_by.full_name if order.created_by else "",
        given_at=order.created_at,
    )


def order_page(order: Assignment, *, user: Any, now: datetime) -> OrderPage:
    """Return everything about one order."""
    order = _shown(Assignment.objects.filter(pk=order.pk)).get()
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    named = tuple(
        OrderPerson.objects.filter(order=order).values_list("person", flat=True)
    )
    target = OrderTarget(order.unit, rule_of(order), named)
    people = people_of([target]).active()
    finished = Enrollment.objects.filter(
        person=OuterRef("pk"), course=order.course_id, completed_at__isnull=False
    )
    return OrderPage(
        row=_row(order, {order.pk: len(named)}, today),
        unit_code=order.unit.code,
        people=people.count(),
        finished=people.filter(Exists(finished)).count(),
        copies_superior=order.copies_superior,
        is_required=order.is_required,
        extensions=[_extension(row) for row in _extensions(order)],
    )


def _extensions(order: Assignment) -> Any:
    found = order.extensions.select_related("person", "unit", "given_by")
    return found.order_by("-pk")[:PER_PAGE]


def _extension(row: Any) -> ExtensionRow:
    whom = row.person.full_name if row.person else whom_in_words(row.unit, EVERYBODY, 0)
    return ExtensionRow(
        whom=whom,
        due_on=row.due_on,
        reason=row.reason,
        given_by=row.given_by.full_name if row.given_by else "",
        given_at=row.given_at,
    )


def fresh_batch(user: Any, *, now: datetime) -> Any:
    """Return the batch that `user` may still take back, None where there is none."""
    latest = (
        Assignment.objects.open()
        .filter(created_by=user, created_at__gt=now - UNDO, created_at__lte=now)
        .order_by("-pk")
        .first()
    )
    return latest.batch if latest else None


def outage_rows(user: Any, *, page: str | None) -> "Page[Any]":
    """Return a page of the outages of `user`'s units, latest first."""
    found = Outage.objects.visible_to(user, ASSIGN).annotate(
        moved=Count("extensions__order", distinct=True)
    )
    rows = found.select_related("unit", "declared_by").order_by("-first_day", "-pk")
    return Paginator(rows, PER_PAGE).get_page(page)


@dataclass(frozen=True)
class SavedRow:
    """A group or a programme in its list."""

    pk: int
    name: str
    unit: str
    said: str


def group_row(group: Any) -> SavedRow:
    """Return a group as its list shows it."""
    said = rule_in_words(rule_of(group)) or str(_("semua pegawai"))
    return SavedRow(group.pk, group.name, group.unit.name, said)


def program_rows(user: Any) -> list[SavedRow]:
    """Return the programmes of `user`'s units with the courses they hold."""
    return [
        SavedRow(
            one.pk,
            one.name,
            one.unit.name,
            ", ".join(course_titles([place.course for place in one.places.all()])),
        )
        for one in programs_of(user)
    ]


def moved_by(outage: Outage) -> int:
    """Return how many orders end later because of an outage."""
    return outage.extensions.values("order").distinct().count()
