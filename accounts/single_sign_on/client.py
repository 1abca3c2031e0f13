"""The site as a client of the agency's provider: what allauth needs, checked harder.

Loaded with the first sign-in of this kind: `requests` is large.
"""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.single_sign_on.claims import Claims, ClaimsRefused, read_claims
from accounts.single_sign_on.id_tokens import IdTokenRefused, verified
from accounts.single_sign_on.site import PROVIDER_ID

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

    def get_provider(self) -> Any:
        """Return allauth's provider, which asks this class and not its parent."""
        provider = super().get_provider()
        provider.oauth2_adapter_class = type(self)
        return provider

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what the token says, where the provider has signed it for us."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        return verified(
            id_token,
            keys=keys,
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
        )

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
