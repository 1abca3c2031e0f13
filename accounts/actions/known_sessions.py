"""Where people are signed in: kept at the door, ended by its person."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.actions.sign_ins import note_at_the_door
from accounts.models import KnownSession

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def note_session(
    *,
    person: "User",
    session_key: str,
    is_by_agency: bool,
    browser: str,
    now: datetime,
    agency_session: str = "",
) -> None:
    """Keep that a sign-in has begun this session; said twice it is one row."""
    KnownSession.objects.get_or_create(
        session_key=session_key,
        defaults={
            "person": person,
            "is_by_agency": is_by_agency,
            "agency_session": agency_session,
            "browser": browser[:60],
            "signed_in_at": now,
        },
    )


@transaction.atomic
def end_sessions(
    *, person: "User", keep: str, network: str, now: datetime, only: int | None = None
) -> int:
    """End her sessions but `keep`, or the one of the row `only`; return how many.

    Rows of somebody else are never found.
    """
    rows = KnownSession.objects.filter(person=person).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    ended = _end(rows)
    if ended:
        note_at_the_door(
            "accounts.sessions.ended",
            person,
            by=person,
            network=network,
            now=now,
            count=ended,
        )
    return ended


def end_agency_sessions(person: "User", *, only: str = "") -> int:
    """End her sessions that the agency's provider began; return how many.

    With `only`, a session there, those that are known to come of another one stay.
    Part of the transaction that it is called in, which says on the trail why.
    """
    rows = KnownSession.objects.filter(person=person, is_by_agency=True)
    if only:
        rows = rows.filter(agency_session__in=(only, ""))
    return _end(rows)


def _end(rows: "QuerySet[KnownSession]") -> int:
    keys = list(rows.values_list("session_key", flat=True))
    ended, _each = Session.objects.filter(session_key__in=keys).delete()
    KnownSession.objects.filter(session_key__in=keys).delete()
    return ended


def forget_ended_sessions() -> None:
    """Delete what is known of sessions that are there no more."""
    alive = Session.objects.values("session_key")
    KnownSession.objects.exclude(session_key__in=alive).delete()
