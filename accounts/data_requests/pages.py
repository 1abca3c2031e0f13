"""What the pages of requests about personal data show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404

from accounts.access import Policy, get_for
from accounts.models import DataRequest, PlannedErasure, User

ANSWER = "accounts.answer_data_request"
REQUESTS_PER_PAGE = 20
_POLICY = Policy(unit="person__unit")


@dataclass(frozen=True)
class QueuedRequest:
    """A request in the queue; `hours` are left, or over where it `is_overdue`."""

    key: UUID
    name: str
    unit: str
    kind: str
    state: str
    state_label: str
    asked_at: datetime
    due_at: datetime
    is_waiting: bool
    is_overdue: bool
    hours: int


def queued(asked: DataRequest, *, now: datetime) -> QueuedRequest:
    """Return what is shown of a request."""
    left = asked.due_at - now
    unit = asked.person.unit
    is_waiting = asked.state == DataRequest.State.WAITING
    return QueuedRequest(
        key=asked.key,
        name=asked.person.full_name,
        unit=unit.name if unit else "",
        kind=asked.get_kind_display(),
        state=asked.state,
        state_label=asked.get_state_display(),
        asked_at=asked.asked_at,
        due_at=asked.due_at,
        is_waiting=is_waiting,
        is_overdue=is_waiting and left < timedelta(0),
        hours=abs(left) // timedelta(hours=1),
    )


def data_request_queue(
    user: User, *, is_answered: bool, number: str | None, now: datetime
) -> Page[Any]:
    """Return a page of what waits, the most urgent first, or of what was answered."""
    rows = DataRequest.objects.visible_to(user, ANSWER).select_related("person__unit")
    waiting = DataRequest.State.WAITING
    if is_answered:
        rows = rows.exclude(state=waiting).order_by("-decided_at", "-pk")
    else:
        rows = rows.filter(state=waiting).order_by("due_at", "pk")
    page = Paginator(rows, REQUESTS_PER_PAGE).get_page(number)
    page.object_list = [queued(row, now=now) for row in page.object_list]
    return page


def get_data_request_for(user: User, key: UUID) -> DataRequest:
    """Return a request of one of the user's people, or answer 404."""
    rows = DataRequest.objects.select_related("person__unit", "decided_by")
    found: DataRequest = get_for(rows, user, ANSWER, _POLICY, key=key)
    return found


def get_own_data_request(user: User, key: UUID) -> DataRequest:
    """Return a request of the user's own, or answer 404."""
    return get_object_or_404(DataRequest, person=user, key=key)


def own_data_requests(user: User, *, number: str | None) -> Page[Any]:
    """Return a page of what the user asked, the latest first."""
    hers = DataRequest.objects.filter(person=user)
    return Paginator(hers, REQUESTS_PER_PAGE).get_page(number)


def erasure_of(person: User) -> PlannedErasure | None:
    """Return when a person is to be erased, None where she is not."""
    return PlannedErasure.objects.filter(person=person).first()


def planned_erasures(user: User, *, number: str | None) -> Page[Any]:
    """Return a page of the user's people who are to be erased, the next first."""
    people = User.objects.visible_to(user, ANSWER)
    rows = PlannedErasure.objects.filter(person__in=people)
    return Paginator(rows.select_related("person__unit"), REQUESTS_PER_PAGE).get_page(
        number
    )
