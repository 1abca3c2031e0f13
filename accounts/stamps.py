"""Stamps on views: who may call them at all. A view without one fails the tests.

They stand apart from `accounts.access`, which models import and which therefore must
know nothing of the web.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from accounts.access import holds
from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose person has signed in; for annotations of stamped views."""

    user: User


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Stamp a view that anybody may call."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Stamp a view for everybody who has signed in; others are asked to."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def requires(capability: str) -> Callable[[View], View]:
    """Stamp a view for people who hold `capability` on some unit.

    Which rows they then see is the queryset's business (`visible_to`, `get_for`).
    """

    def stamp(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            if not holds(request.user, capability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = capability  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return stamp


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-in page and from there back to a page that can be shown.

    Whoever sent a form after her session had ended comes back to the page the form
    stood on: the form's own address answers no GET.
    """
    back = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        origin = f"{request.scheme}://{request.get_host()}"
        page = request.headers.get("Referer", "")
        back = page.removeprefix(origin) if page.startswith(f"{origin}/") else "/"
    return redirect_to_login(back)
