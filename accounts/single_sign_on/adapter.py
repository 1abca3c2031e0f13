"""Hooks into allauth's social accounts; nothing else."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.actions.sign_ins import note_at_the_door
from accounts.adapters import AGENCY_SESSION, END_ADDRESS
from accounts.guards import client_network
from accounts.single_sign_on.linking import (
    NotLinked,
    check_is_still_hers,
    person_to_link,
)
from accounts.single_sign_on.site import is_on, this_client
from accounts.single_sign_on.wording import why_not

_logger = logging.getLogger(__name__)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """One provider, named by the settings; nobody signs up, HR takes people in."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        """Return the one of the settings; the database's own count nothing."""
        return [this_client()] if is_on() else []

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        """Refuse: who is to be taken in was, before allauth asks."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Say who comes in; whoever cannot be told is led to a page that says why."""
        from accounts.single_sign_on.client import claims_of

        claims, now = claims_of(sociallogin), timezone.now()
        network = client_network(request)
        try:
            if sociallogin.is_existing:
                check_is_still_hers(claims, sociallogin.user)
            else:
                sociallogin.user = person_to_link(claims, network=network, now=now)
        except NotLinked as refused:
            note_at_the_door(
                "accounts.sso.refused",
                refused.person,
                by=None,
                network=network,
                now=now,
                reason=refused.code,
            )
            raise ImmediateHttpResponse(not_let_in(request, why_not(refused))) from None
        request.session[END_ADDRESS] = sociallogin.end_address
        request.session[AGENCY_SESSION] = claims.agency_session

    def get_requests_session(self) -> Any:
        """Ask the addresses that are known, and follow none to another one."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Lead to the page that says that it did not work, and which way is open."""
        _logger.warning("Single sign-on failed: %s %r", error, exception)
        raise ImmediateHttpResponse(provider_is_away(request))


def not_let_in(request: HttpRequest, reason: str) -> HttpResponse:
    """Say why the account of the agency lets nobody in, and where else to."""
    context = {"reason": reason}
    return render(request, "account/sso_refused.html", context, status=403)


def provider_is_away(request: HttpRequest) -> HttpResponse:
    """Say that the provider did not answer as it should, and which way is open."""
    return render(request, "account/sso_away.html", status=503)
