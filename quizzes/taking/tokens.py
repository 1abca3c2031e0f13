"""The attempt token: a permission that outlives the session.

It lets its holder append saves to one attempt and nothing else: it reads nothing,
it hands nothing in. It belongs to one person. What it brings after the attempt was
handed in, or after the late window, is kept aside and does not count.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from quizzes.kinds import LATE_WINDOW
from quizzes.models import Attempt

_SALT = "quizzes.attempt"
# Attempts without a deadline may stay open for weeks.
_LONGEST = timedelta(days=60) + LATE_WINDOW


@dataclass(frozen=True)
class Bearer:
    """Whom a token speaks for: one person in one attempt.

    It is signed and young enough. Whether there is such an attempt, and whether it is
    hers, is asked where its row is locked.
    """

    attempt_key: UUID
    person_id: int


def token_for(attempt: Attempt) -> str:
    """Return the token of an attempt."""
    return signing.dumps([str(attempt.key), attempt.person_id], salt=_SALT)


def bearer_of(token: str) -> Bearer | None:
    """Return whom a token speaks for; None when it is forged or too old. No query."""
    try:
        key, person_id = signing.loads(token, salt=_SALT, max_age=_LONGEST)
        return Bearer(UUID(key), person_id)
    except (signing.BadSignature, ValueError):
        return None
