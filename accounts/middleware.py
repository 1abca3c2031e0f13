"""What every request of a signed-in person needs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import as_of
from accounts.adapters import SIGNED_IN_AT
from lib import log_context

Handler = Callable[[HttpRequest], HttpResponse]

# When somebody with a role was last seen in a session, and how exactly that is kept:
# keeping it writes the session.
SEEN_AT = "seen_at"
_NOTED_EVERY = timedelta(minutes=1)
CLOCKS_DIFFER_BY = timedelta(minutes=5)
# Paths that stay open to staff who have not set up their second factor yet.
_ALWAYS_OPEN = ("/sandi/", "/keluar/", "/langkah-kedua/", "/static/", "/tampilan/")


def personal_pages(get_response: Handler) -> Handler:
    """Keep what is somebody's out of every cache, the browser's own included.

    Answers that say themselves how long they may be kept stay as they are: pictures
    and styles carry nobody's data. Says whose page it is, so that the service worker
    never shows it to anybody else.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Nobody is known yet where something further out has answered.
        person = getattr(request, "user", None)
        is_personal = response.cookies or (person and person.is_authenticated)
        if is_personal and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        if person and person.is_authenticated:
            response["X-Person"] = str(person.key)
        return response

    return handle


def staff_sessions(get_response: Handler) -> Handler:
    """End the session of somebody with a role when it is old, or nobody is at it.

    Comes after `roles`. A moment in the future, as after a clock was set back, ends it
    too: nothing else says how old the session is.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.has_role:
            now = timezone.now()
            age = now - _moment(request, SIGNED_IN_AT, now)
            idle = now - _moment(request, SEEN_AT, now)
            if not (
                -CLOCKS_DIFFER_BY <= age < settings.ELEARNING_STAFF_SESSION
                and idle < settings.ELEARNING_STAFF_IDLE
            ):
                get_adapter().logout(request)
            elif idle >= _NOTED_EVERY:
                request.session[SEEN_AT] = now.isoformat()
        return get_response(request)

    return handle


def _moment(request: HttpRequest, name: str, now: datetime) -> datetime:
    """Return a moment that the session has kept; it begins with the first request."""
    return datetime.fromisoformat(request.session.setdefault(name, now.isoformat()))


def roles(get_response: Handler) -> Handler:
    """Judge the person by the roles she holds when the request arrives.

    From here on the log says, by her internal id, whose request it is.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        person = as_of(request.user, timezone.now())
        if person.pk:
            log_context.add(person=person.pk)
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
            return redirect("mfa_index")
        return get_response(request)

    return handle
