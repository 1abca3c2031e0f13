"""Which account of the agency's provider a person is linked to, as far as is known."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.models import User
from accounts.single_sign_on.site import PROVIDER_ID


@dataclass(frozen=True)
class AgencyLink:
    """A link. The account's name is not kept: `mark` tells one from another."""

    provider: str
    host: str
    mark: str
    linked_at: datetime
    last_used_at: datetime | None


def agency_link_of(person: User) -> AgencyLink | None:
    """Return her link, None for none; one statement."""
    row = SocialAccount.objects.filter(provider=PROVIDER_ID, user=person).first()
    if row is None:
        return None
    return AgencyLink(
        provider=settings.ELEARNING_SSO_NAME,
        host=urlsplit(settings.ELEARNING_SSO_ISSUER).netloc,
        mark=row.uid[:8],
        linked_at=row.date_joined,
        last_used_at=row.last_login,
    )
