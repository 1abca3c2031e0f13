"""What stands before every page: the closed door, and what no page can take."""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import UnreadablePostError, split_domain_port, validate_host
from django.shortcuts import render
from django.urls import Resolver404, resolve

from certificates.selectors import known_hosts
from elearning.views import errors
from elearning.views.probes import healthz, metrics, readyz
from lib import log_context

Handler = Callable[[HttpRequest], HttpResponse]

# An attempt's, and that of a phone's outbox.
_TOKENS = frozenset({"HTTP_X_ATTEMPT_TOKEN", "HTTP_X_OUTBOX_TOKEN"})

_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# What no page here asks a browser for, and what nothing put into one may ask for.
_NEVER_USED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
# What other answers are given further in.
_OF_PROBES = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _NEVER_USED)


def request_ids(get_response: Handler) -> Handler:
    """Give every request an id that its log lines and its answer carry.

    One that a proxy of ours has given is kept. Said until the next request of this
    thread: Django logs what went wrong after all of this has returned.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        handed_in = request.META.get("HTTP_X_REQUEST_ID", "")
        given = log_context.request_id(
            handed_in if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        )
        log_context.start_lines(request=given)
        response = get_response(request)
        response["X-Request-ID"] = given
        return response

    return handle


def permissions_policy(get_response: Handler) -> Handler:
    """Deny every page what the site never uses: camera, place, payment and the like.

    A style or a picture can do nothing and opens nothing: 310 bytes less with each.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type", "text/html").startswith("text/html"):
            response["Permissions-Policy"] = PERMISSIONS_POLICY
        else:
            del response["Cross-Origin-Opener-Policy"]
        return response

    return handle


def probes(get_response: Handler) -> Handler:
    """Answer what supervisors and monitors ask, whatever host they call the site by.

    They ask each process at its own address, which is none of the site's, over plain
    http, and also while it is being maintained. The views are called from here:
    nothing further in sees the request, and no session is asked for.
    """
    views = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def handle(request: HttpRequest) -> HttpResponse:
        view = views.get(request.path)
        if view is None:
            return get_response(request)
        response = view(request)
        for name, value in _OF_PROBES.items():
            response.headers.setdefault(name, value)
        return response

    return handle


def maintenance(get_response: Handler) -> Handler:
    """Answer 503 with a kind page while the maintenance file exists.

    Touches neither the database nor the session, so it works while both are away.
    Touches no probe (`probes`): a site in maintenance must not be restarted for it.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        is_open = request.path.startswith(settings.STATIC_URL)
        if is_open or not settings.ELEARNING_MAINTENANCE_FILE.exists():
            return get_response(request)
        response = render(None, "maintenance.html", status=503)
        response["Retry-After"] = "600"
        return response

    return handle


def former_hosts(get_response: Handler) -> Handler:
    """Lead whoever scans an old QR code from a former host to today's page.

    Such a host is not allowed to serve anything else, so it is looked at before
    Django refuses it, and only for the page of a certificate.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "").lower()
        today = settings.PUBLIC_URL
        is_old_code = (
            request.path.startswith("/verifikasi/")
            and not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
            and host not in {"", urlsplit(today).netloc.lower()}
            and not settings.ELEARNING_MAINTENANCE_FILE.exists()
            and host in known_hosts()
        )
        if is_old_code and today:
            return HttpResponseRedirect(f"{today}{request.path}")
        return get_response(request)

    return handle


def content_security_policy(get_response: Handler) -> Handler:
    """Set the policy of the settings, written once, where a page has no other one."""
    policy = build_policy()

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return handle


def token_requests(get_response: Handler) -> Handler:
    """Let a request that brings a token of ours be nobody's but the token's.

    The token is the whole permission and outlives the session, so session, person and
    roles are not asked for: half of what a saved answer cost. A view that is stamped
    for it (`accounts.stamps.by_token`) is called from here, and nothing further in
    sees the request. Comes before whatever reads the session's cookie, and leaves the
    cookie itself where it is.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if not _TOKENS & request.META.keys():
            return get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        if not getattr(match.func, "is_by_token", False):
            return get_response(request)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return handle


def null_characters(get_response: Handler) -> Handler:
    """Answer 400 to an address or a form that holds a NUL.

    Nobody types one, and PostgreSQL refuses it even as something to look for.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "").encode()
        try:
            is_null_in = b"%00" in asked or _form_holds_null(request)
        except UnreadablePostError:
            # Whoever sent it has gone; nobody sees the answer.
            return errors.bad_request(request)
        return errors.bad_request(request) if is_null_in else get_response(request)

    return handle


def _form_holds_null(request: HttpRequest) -> bool:
    """Whether a name or a value of the form does, however the form was sent.

    Names of files lose it when they are read.
    """
    return request.content_type in _FORMS and any(
        "\0" in text
        for name, values in request.POST.lists()
        for text in (name, *values)
    )
