"""Stamps on views: who may call them at all. A view without one fails the tests.

They stand apart from `accounts.access`, which models import and which therefore must
know nothing of the web.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.access import holds
from accounts.models import User
from accounts.unsent import page_of_form, unsent_page


class SignedInRequest(HttpRequest):
    """A request whose person has signed in; for annotations of stamped views."""

    user: User


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Stamp a view that anybody may call."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def by_token(view: View) -> View:
    """Stamp a view that anybody may call who brings an attempt's token.

    The view judges the token. It knows no session, no person and no messages: nothing
    that stands between it and `elearning.middleware.token_requests` sees the request.
    """
    view.is_by_token = True  # type: ignore[attr-defined]
    return public(view)


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


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in page and from there back to a page that can be shown.

    Whoever sent a form after her session had ended gets back what she filled in, or
    comes back to the page the form stood on: the form's own address answers no GET.
    """
    if kept := unsent_page(request):
        return kept
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(page_of_form(request))
