"""Error pages in the site's own hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.stamps import public


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
    """Answer 500 without session, database or context processors."""
    return render(None, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open for too long."""
    return render(request, "403_csrf.html", status=403)
