"""What the pages of the second factor need to know of a person's ways in."""

from allauth.mfa.models import Authenticator

from accounts.models import User


def kinds_of(person: User) -> frozenset[str]:
    """Return what kinds of second factors she has, recovery codes included."""
    rows = Authenticator.objects.filter(user=person)
    return frozenset(rows.values_list("type", flat=True))


def is_last(key: Authenticator) -> bool:
    """Say whether a password alone lets in once this key is gone."""
    others = Authenticator.objects.filter(user_id=key.user_id).exclude(pk=key.pk)
    return not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
