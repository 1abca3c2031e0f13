"""What the settings say of the agency's provider."""

from allauth.socialaccount.models import SocialApp
from django.conf import settings

PROVIDER, PROVIDER_ID = "openid_connect", "sso"


def is_on() -> bool:
    """Say whether people may sign in with the account of their agency."""
    return bool(settings.ELEARNING_SSO_ISSUER)


def this_client() -> SocialApp:
    """Return what allauth wants to know of this site as a client."""
    return SocialApp(
        provider=PROVIDER,
        provider_id=PROVIDER_ID,
        name=settings.ELEARNING_SSO_NAME,
        client_id=settings.ELEARNING_SSO_CLIENT_ID,
        secret=settings.ELEARNING_SSO_CLIENT_SECRET,
        settings={
            "server_url": settings.ELEARNING_SSO_ISSUER,
            "oauth_pkce_enabled": True,
        },
    )
