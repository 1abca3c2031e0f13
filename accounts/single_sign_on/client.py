"""The site as a client of the agency's provider: what allauth needs, checked harder.

Loaded with the first sign-in of this kind: `requests` is large.
"""

from datetime import datetime
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from accounts.single_sign_on.claims import Claims, ClaimsRefused, read_claims
from accounts.single_sign_on.id_tokens import IdTokenRefused, verified
from accounts.single_sign_on.logout_tokens import ToldLogout, read_logout
from accounts.single_sign_on.site import PROVIDER_ID

_KEYS, _ASKED = "sso-keys", "sso-keys-asked"
_KEPT_FOR, _ASKED_EVERY = 60, 5

# What allauth stumbles over where a provider's words have no form it expects.
_NO_FORM = (
    ClaimsRefused,
    IdTokenRefused,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)


class CheckedOpenIDConnect(OpenIDConnectOAuth2Adapter):
    """allauth's, which believes what came over TLS; here signature and subject count.

    What a provider says in a form that nobody expects is a refusal, never a fault.
    """

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER_ID) -> None:
        super().__init__(request, provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself; of another issuer it counts nothing.

        Raises ClaimsRefused for another issuer, and what allauth raises.
        """
        said: dict[str, Any] = super().openid_config
        if str(said["issuer"]).rstrip("/") != settings.ELEARNING_SSO_ISSUER:
            raise ClaimsRefused("The provider speaks for another issuer.")
        return said

    def get_provider(self) -> Any:
        """Return allauth's provider, which asks this class and not its parent."""
        provider = super().get_provider()
        provider.oauth2_adapter_class = type(self)
        return provider

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what the token says, where the provider has signed it for us."""
        return verified(
            id_token,
            keys=self.current_keys(),
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
        )

    def current_keys(self) -> dict[str, Any]:
        """Return the key set of the provider as it is now."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys: dict[str, Any] = answer.json()
        return keys

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the address that the provider knows, whatever host is asked."""
        path = reverse("sso_callback")
        if settings.PUBLIC_URL:
            return f"{settings.PUBLIC_URL}{path}"
        return request.build_absolute_uri(path)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who came, with nothing of her but a digest of issuer and subject."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            claims = read_claims(
                login.account.extra_data, nip_claim=settings.ELEARNING_SSO_NIP_CLAIM
            )
            end = self.openid_config.get("end_session_endpoint")
        except (
            ClaimsRefused,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
        ) as wrong:
            raise OAuth2Error(str(wrong)) from wrong
        login.account.uid = claims.uid
        login.account.extra_data = {}
        login.claims = claims
        login.end_address = end if isinstance(end, str) else ""
        return login


def claims_of(login: SocialLogin) -> Claims:
    """Return what the provider has said of who came."""
    claims: Claims = login.claims
    return claims


def told_logout(request: HttpRequest, token: str, *, now: datetime) -> ToldLogout:
    """Return who is out at the provider, where it has signed so just now.

    Raises IdTokenRefused, also where the provider does not answer. Its keys are kept
    for a minute: an agency that closes for the day tells thousands at once.
    """
    address = f"{_KEYS}-{settings.ELEARNING_SSO_ISSUER}"
    known = cache.get(address)
    if known is not None:
        try:
            return _read(token, known, now=now)
        except IdTokenRefused:
            # Changed meanwhile, or nonsense: which of the two is asked seldom.
            if not cache.add(_ASKED, 1, timeout=_ASKED_EVERY):
                raise
    try:
        provider = CheckedOpenIDConnect(request)
        issuer = provider.openid_config["issuer"]
        known = {"issuer": issuer, "keys": provider.current_keys()}
    except (RequestException, *_NO_FORM) as wrong:
        raise IdTokenRefused("The provider does not answer.") from wrong
    cache.set(address, known, timeout=_KEPT_FOR)
    return _read(token, known, now=now)


def _read(token: str, known: dict[str, Any], *, now: datetime) -> ToldLogout:
    return read_logout(
        token,
        keys=known["keys"],
        issuer=known["issuer"],
        audience=settings.ELEARNING_SSO_CLIENT_ID,
        now=now,
    )
