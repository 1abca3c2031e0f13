"""Error pages in the site's own hand."""

import sys
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.stamps import public
from accounts.unsent import unsent_page
from lib.outages import is_outage

RETRY_SECONDS = 30


@public
def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer 400 without context processors: the very host may be what is wrong."""
    return render(None, "400.html", status=400)


@public
def permission_denied(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer 403: signed in, but this is somebody else's work."""
    return render(request, "403.html", status=403)


@public
def page_not_found(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer 404, for what is missing and for what is not yours alike."""
    return render(request, "404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without session, database or context processors.

    Or 503 with `Retry-After`, where database, broker or disk failed and the same
    request works later: a phone that saves an answer keeps it and tries again.
    """
    if not is_outage(sys.exception()):
        return render(None, "500.html", status=500)
    response = render(None, "unavailable.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open for too long, or since before she signed in again.

    A form of our own pages is shown once more with what was filled in.
    """
    if _is_ours(request) and (kept := unsent_page(request)):
        return kept
    return render(request, "403_csrf.html", status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Say whether a form was sent from our own pages.

    The browser says so, and no other site can make it say so: `Sec-Fetch-Site` over
    HTTPS, `Origin` everywhere.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
