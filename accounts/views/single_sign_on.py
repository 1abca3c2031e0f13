"""In and out with the account of the agency."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from accounts.adapters import END_ADDRESS
from accounts.guards import at_most
from accounts.single_sign_on.adapter import provider_is_away
from accounts.single_sign_on.site import is_on
from accounts.stamps import public


@public
@require_GET
@at_most("sso", reads=True)
def sso_login(request: HttpRequest) -> HttpResponse:
    """Lead to the provider, and from there back to where the person wanted to go."""
    _check_is_on()
    from requests import RequestException

    from accounts.single_sign_on.client import CheckedOpenIDConnect

    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    provider = CheckedOpenIDConnect(request).get_provider()
    try:
        answer: HttpResponse = provider.redirect(
            request, "login", next_url=wanted if is_ours else None
        )
    except (RequestException, KeyError, TypeError, ValueError):
        return provider_is_away(request)
    return answer


@public
@require_GET
@at_most("sso", reads=True)
def sso_callback(request: HttpRequest) -> HttpResponse:
    """Take what the provider says of who came back from it."""
    _check_is_on()
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
    from requests import RequestException

    from accounts.single_sign_on.client import CheckedOpenIDConnect

    view = OAuth2CallbackView.adapter_view(CheckedOpenIDConnect)
    try:
        answer: HttpResponse = view(request)
    except (RequestException, KeyError):
        # Before it asks for the token allauth asks where to, and is ready for nothing.
        return provider_is_away(request)
    return answer


@public
@require_GET
def sso_signed_out(request: HttpRequest) -> HttpResponse:
    """Say that she is out here, and offer the way out at the provider."""
    _check_is_on()
    end = request.session.pop(END_ADDRESS, "")
    query = urlencode(
        {
            "client_id": settings.ELEARNING_SSO_CLIENT_ID,
            "post_logout_redirect_uri": f"{settings.PUBLIC_URL}/",
        }
    )
    address = f"{end}?{query}" if end.startswith(("https://", "http://")) else ""
    return render(request, "account/sso_signed_out.html", {"address": address})


def _check_is_on() -> None:
    if not is_on():
        raise Http404
