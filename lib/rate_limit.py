"""Rate limits for views, counted by client address by allauth's limiter.

The rates stand in `ACCOUNT_RATE_LIMITS`. While the cache is down nobody is counted:
the site stays open.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Optional

from allauth.core.internal.ratelimit import consume, respond_429
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from allauth.core.internal.ratelimit import RateLimitUsage

View = Callable[..., HttpResponse]


def rate_limited(action: str) -> Callable[[View], View]:
    """Answer 429 once `action` has been called too often from an address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # allauth's public door never counts a GET; looking up is one.
            usage = consume(
                request, app="allauth.account", action=action, limit_get=True
            )
            if usage is None:
                refused: HttpResponse = respond_429(request)
                return refused
            return view(request, *args, **kwargs)

        return limited

    return decorate


def take_try(
    request: HttpRequest, action: str, *, key: str
) -> Optional["RateLimitUsage"]:
    """Count a try at a secret for `key`; None once there were too many.

    Give a try that succeeded back with `.rollback()`: only failures count.
    """
    return consume(request, app="allauth.account", action=action, key=key)
