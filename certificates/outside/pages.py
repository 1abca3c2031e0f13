"""What the pages of certificates from elsewhere show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounts.access import get_for
from accounts.models import User
from certificates import policy
from certificates.models import OutsideCertificate

OUTSIDE_PER_PAGE = 50
_TONES = {"accepted": "daun", "refused": "bata", "waiting": "kunyit"}
TABS = (
    ("", OutsideCertificate.State.WAITING),
    ("diakui", OutsideCertificate.State.ACCEPTED),
    ("ditolak", OutsideCertificate.State.REFUSED),
)


@dataclass(frozen=True)
class OutsideRow:
    """A certificate from elsewhere in a list; `jp` and `reason` are the latest."""

    key: UUID
    name: str
    unit: str
    title: str
    organiser: str
    ended_on: date
    claimed_jp: int
    jp: int | None
    reason: str
    state: str
    tone: str
    is_waiting: bool
    handed_in_at: datetime


@dataclass(frozen=True)
class OutsideReview:
    """One of them, as HR decides about it.

    `same_paper` is how many others, hers or other people's, have this very paper, and
    `same_number` how many of hers this number.
    """

    outside: OutsideCertificate
    decisions: Sequence[Any]
    same_paper: int
    same_number: int
    is_own: bool
    tone: str


def my_outside(user: User, *, page: str | None) -> "Page[Any]":
    """Return a page of what the user handed in, latest first; two queries."""
    rows = OutsideCertificate.objects.filter(person=user)
    return _page(rows, page)


def outside_queue(user: User, *, tab: str, page: str | None) -> "Page[Any]":
    """Return a page of what people of the user's units handed in.

    What waits comes first in, first out; what is decided the other way round.
    """
    state = dict(TABS).get(tab, OutsideCertificate.State.WAITING)
    rows = OutsideCertificate.objects.visible_to(user, policy.DECIDE_OUTSIDE)
    found = rows.filter(state=state)
    if state == OutsideCertificate.State.WAITING:
        found = found.order_by("handed_in_at", "pk")
    return _page(found, page)


def _page(rows: Any, number: str | None) -> "Page[Any]":
    wanted = rows.select_related("person__unit").prefetch_related("decisions")
    found = Paginator(wanted, OUTSIDE_PER_PAGE).get_page(number)
    found.object_list = [_row(one) for one in found.object_list]
    return found


def _row(one: Any) -> OutsideRow:
    latest = next(iter(one.decisions.all()), None)
    return OutsideRow(
        key=one.key,
        name=one.person.full_name,
        unit=one.person.unit.name if one.person.unit else "",
        title=one.title,
        organiser=one.organiser,
        ended_on=one.ended_on,
        claimed_jp=one.claimed_jp,
        jp=latest.jp if latest else None,
        reason=latest.reason if latest else "",
        state=one.get_state_display(),
        tone=_TONES.get(one.state, ""),
        is_waiting=one.state == OutsideCertificate.State.WAITING,
        handed_in_at=one.handed_in_at,
    )


def get_outside_for(user: Any, key: UUID, capability: str) -> OutsideCertificate:
    """Return one that the user may see or decide about, or answer 404."""
    rows = OutsideCertificate.objects.select_related("person__unit")
    found: OutsideCertificate = get_for(rows, user, capability, policy.OUTSIDE, key=key)
    return found


def get_own_outside(user: User, key: UUID) -> OutsideCertificate:
    """Return one that the user herself handed in, or answer 404."""
    rows = OutsideCertificate.objects.filter(person=user)
    found: OutsideCertificate = get_for(
        rows, user, policy.VIEW_OUTSIDE, policy.OUTSIDE, key=key
    )
    return found


def outside_review(user: User, outside: OutsideCertificate) -> OutsideReview:
    """Return what HR needs to decide; few queries."""
    others = OutsideCertificate.objects.exclude(pk=outside.pk).exclude(
        state=OutsideCertificate.State.WITHDRAWN
    )
    paper = others.filter(~Q(sha256=""), sha256=outside.sha256)
    number = others.filter(~Q(number=""), person=outside.person, number=outside.number)
    return OutsideReview(
        outside=outside,
        decisions=list(outside.decisions.select_related("decided_by")),
        same_paper=paper.count(),
        same_number=number.count(),
        is_own=outside.person_id == user.pk,
        tone=_TONES.get(outside.state, ""),
    )
