"""What every request of a signed-in person needs."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import as_of

Handler = Callable[[HttpRequest], HttpResponse]

# Paths that stay open to staff who have not set up their second factor yet.
_ALWAYS_OPEN = ("/sandi/", "/keluar/", "/langkah-kedua/", "/static/", "/tampilan/")


def roles(get_response: Handler) -> Handler:
    """Judge the person by the roles she holds when the request arrives."""

    def handle(request: HttpRequest) -> HttpResponse:
        as_of(request.user, timezone.now())
        return get_response(request)

    return handle


def time_zone(get_response: Handler) -> Handler:
    """Show times in the person's own zone; Jakarta's before she signs in."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(ZoneInfo(request.user.time_zone)):
                return get_response(request)
        return get_response(request)

    return handle


def second_factor(get_response: Handler) -> Handler:
    """Ask people with a role for a second factor, where the site demands one."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            settings.ELEARNING_STAFF_MFA
            and user.is_authenticated
            and user.has_role
            and not request.path.startswith(_ALWAYS_OPEN)
            and not get_mfa_adapter().is_mfa_enabled(user)
        ):
            messages.info(
                request,
                _("Peran Anda memerlukan verifikasi dua langkah. Aktifkan dulu."),
            )
            return redirect("mfa_activate_totp")
        return get_response(request)

    return handle
