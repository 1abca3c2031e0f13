"""What the page shows on which a person sees where she is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from accounts.models import KnownSession, User

# Nobody uses more browsers than this; the newest are the ones to look at.
MOST = 50


@dataclass(frozen=True)
class ShownSession:
    """A session of hers; `is_this` is the one that she looks from."""

    pk: int
    browser: str
    is_by_agency: bool
    signed_in_at: datetime
    is_this: bool


def sessions_of(
    person: User, *, session_key: str | None, now: datetime
) -> list[ShownSession]:
    """Return her sessions that are still there, the newest first; one statement."""
    alive = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=now
    )
    rows = KnownSession.objects.filter(Exists(alive), person=person)
    return [
        ShownSession(
            pk=row.pk,
            browser=row.browser,
            is_by_agency=row.is_by_agency,
            signed_in_at=row.signed_in_at,
            is_this=row.session_key == session_key,
        )
        for row in rows.order_by("-signed_in_at", "-pk")[:MOST]
    ]
