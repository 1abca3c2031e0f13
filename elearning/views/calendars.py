"""Deadlines for a person's own calendar, under a secret address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.stamps import SignedInRequest, public, signed_in
from courses.calendar.entries import end_feed, make_feed, refresh_entries
from courses.calendar.feed import calendar_file
from courses.calendar.fetching import feed_of, owner_of_feed


def calendar_url(request: SignedInRequest) -> str:
    """Return the whole address of her feed, "" while she has none."""
    feed = feed_of(request.user)
    if feed is None:
        return ""
    return request.build_absolute_uri(reverse("calendar_feed", args=[feed.token]))


@require_POST
@signed_in
def calendar_make(request: SignedInRequest) -> HttpResponse:
    """Give her a new secret address."""
    make_feed(person=request.user, now=timezone.now())
    messages.success(request, _("Alamat kalender siap disalin."))
    return redirect("notice_settings")


@require_POST
@signed_in
def calendar_end(request: SignedInRequest) -> HttpResponse:
    """Take her address away."""
    end_feed(person=request.user, now=timezone.now())
    messages.success(request, _("Kalender dihentikan. Alamat lama tidak berlaku lagi."))
    return redirect("notice_settings")


@require_safe
@public
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar that knows the address."""
    person = owner_of_feed(token)
    if person is None:
        raise Http404
    entries = refresh_entries(person=person, now=timezone.now())
    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(
        calendar_file(entries, site=site), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    return response
