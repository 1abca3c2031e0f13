"""Where people are signed in: kept at the door, ended by its person."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.actions.sign_ins import note_at_the_door
from accounts.models import KnownSession

if TYPE_CHECKING:
    from accounts.models import User


def note_session(
    *,
    person: "User",
    session_key: str,
    is_by_agency: bool,
    browser: str,
    now: datetime,
) -> None:
    """Keep that a sign-in has begun this session; said twice it is one row."""
    KnownSession.objects.get_or_create(
        session_key=session_key,
        defaults={
            "person": person,
            "is_by_agency": is_by_agency,
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
    keys = list(rows.values_list("session_key", flat=True))
    ended, _each = Session.objects.filter(session_key__in=keys).delete()
    KnownSession.objects.filter(session_key__in=keys).delete()
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


def forget_ended_sessions() -> None:
    """Delete what is known of sessions that are there no more."""
    alive = Session.objects.values("session_key")
    KnownSession.objects.exclude(session_key__in=alive).delete()
