"""The attempt token: a permission that outlives the session.

It lets its holder append saves to one attempt and nothing else: it reads nothing,
it hands nothing in. It belongs to one person and ends with the late window.
"""

from datetime import timedelta

from django.core import signing

from quizzes.marking.saves import LATE_WINDOW
from quizzes.models import Attempt

_SALT = "quizzes.attempt"
# Attempts without a deadline may stay open for weeks.
_LONGEST = timedelta(days=60) + LATE_WINDOW


def token_for(attempt: Attempt) -> str:
    """Return the token of an attempt."""
    return signing.dumps([str(attempt.key), attempt.person_id], salt=_SALT)


def attempt_of(token: str) -> Attempt | None:
    """Return the attempt a token speaks for; None when it is forged or too old."""
    try:
        key, person_id = signing.loads(token, salt=_SALT, max_age=_LONGEST)
    except (signing.BadSignature, ValueError):
        return None
    attempts = Attempt.objects.select_related("person")
    return attempts.filter(key=key, person_id=person_id).first()
