"""The token of an outbox: a permission that outlives the session.

It lets its holder say what one person did while there was no line: lessons read and
checks answered. It reads nothing, and a new password ends it.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare

from accounts.models import User

_SALT = "elearning.outbox"
_LONGEST = timedelta(days=60)
_DIGITS = 16


def token_for(person: User) -> str:
    """Return the token of a person's outbox."""
    return signing.dumps([str(person.key), _password_mark(person)], salt=_SALT)


def bearer_of(token: str) -> User | None:
    """Return whose outbox a token opens; None when it is forged, ended or too old."""
    try:
        key, mark = signing.loads(token, salt=_SALT, max_age=_LONGEST)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(key=UUID(key), is_active=True).first()
    if person is None or not constant_time_compare(mark, _password_mark(person)):
        return None
    return person


def _password_mark(person: User) -> str:
    return person.get_session_auth_hash()[:_DIGITS]
