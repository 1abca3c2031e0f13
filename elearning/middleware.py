"""What stands before every page: the closed door, and what no page can take."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from elearning.views import errors

Handler = Callable[[HttpRequest], HttpResponse]


def maintenance(get_response: Handler) -> Handler:
    """Answer 503 with a kind page while the maintenance file exists.

    Touches neither the database nor the session, so it works while both are away.
    Probes stay open: a site in maintenance must not be restarted for it.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        is_open = request.path.startswith((settings.STATIC_URL, "/healthz", "/readyz"))
        if is_open or not settings.ELEARNING_MAINTENANCE_FILE.exists():
            return get_response(request)
        response = render(None, "maintenance.html", status=503)
        response["Retry-After"] = "600"
        return response

    return handle


def null_characters(get_response: Handler) -> Handler:
    """Answer 400 to an address or a form that holds a NUL.

    Nobody types one, and PostgreSQL refuses it even as something to look for.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "").encode()
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if b"%00" in asked or (is_form and b"%00" in request.body):
            return errors.bad_request(request)
        return get_response(request)

    return handle
