"""Where a person is signed in, and out again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import known_sessions
from accounts.guards import client_network
from accounts.sessions_page import sessions_of
from accounts.stamps import SignedInRequest, signed_in


@require_GET
@signed_in
def session_list(request: SignedInRequest) -> HttpResponse:
    """Show where she is signed in."""
    key = request.session.session_key
    shown = sessions_of(request.user, session_key=key, now=timezone.now())
    return render(request, "accounts/session_list.html", {"sessions": shown})


@require_POST
@signed_in
def session_end(request: SignedInRequest, known_id: int) -> HttpResponse:
    """Sign her out of one other browser."""
    if not _end(request, only=known_id):
        raise Http404
    messages.success(request, _("Sesi itu sudah dikeluarkan."))
    return redirect("accounts:session_list")


@require_POST
@signed_in
def session_end_others(request: SignedInRequest) -> HttpResponse:
    """Sign her out everywhere but here."""
    ended = _end(request)
    text = _("%(count)d sesi lain dikeluarkan.") if ended else _("Tidak ada sesi lain.")
    messages.success(request, text % {"count": ended} if ended else text)
    return redirect("accounts:session_list")


def _end(request: SignedInRequest, only: int | None = None) -> int:
    return known_sessions.end_sessions(
        person=request.user,
        keep=request.session.session_key or "",
        network=client_network(request),
        now=timezone.now(),
        only=only,
    )
