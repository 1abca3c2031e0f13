"""In and out with the account of the agency."""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.adapters import END_ADDRESS
from accounts.guards import at_most, client_network
from accounts.single_sign_on.adapter import provider_is_away
from accounts.single_sign_on.claims import ClaimsRefused
from accounts.single_sign_on.id_tokens import IdTokenRefused
from accounts.single_sign_on.linking import end_what_was_told
from accounts.single_sign_on.site import is_on
from accounts.stamps import public

_logger = logging.getLogger(__name__)


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
    except (RequestException, ClaimsRefused, KeyError, TypeError, ValueError):
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
    except (RequestException, ClaimsRefused, KeyError):
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


@public
@csrf_exempt
@require_POST
@at_most("sso_told")
def sso_logout_told(request: HttpRequest) -> HttpResponse:
    """End sessions of whoever is out at the provider, who says so itself.

    400 for what it has not signed, just now, for this site, once. Nobody learns here
    whether somebody has an account.
    """
    _check_is_on()
    from accounts.single_sign_on.client import told_logout

    now = timezone.now()
    try:
        told = told_logout(request, request.POST.get("logout_token", ""), now=now)
        end_what_was_told(told, network=client_network(request), now=now)
    except IdTokenRefused as refused:
        _logger.warning("A logout token was refused: %s", refused)
        answer: HttpResponse = JsonResponse({"error": "invalid_request"}, status=400)
    else:
        answer = HttpResponse()
    answer["Cache-Control"] = "no-store"
    return answer


def _check_is_on() -> None:
    if not is_on():
        raise Http404
