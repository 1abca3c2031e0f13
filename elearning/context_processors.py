"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from elearning.navigation import beside_bar, menu_for
from elearning.offline.tokens import token_for
from quizzes.selectors import RunningAttempt, running_attempts

THEMES = frozenset({"light", "dark"})
TEXT_SIZES = frozenset({"large", "larger"})


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the agency's names, the menu, and how the person wants the screen."""
    theme = request.COOKIES.get(f"{settings.COOKIE_PREFIX}theme", "")
    text_size = request.COOKIES.get(f"{settings.COOKIE_PREFIX}text_size", "")
    menu = menu_for(request)
    return {
        "site": {
            "product_name": settings.ELEARNING_PRODUCT_NAME,
            "agency_name": settings.ELEARNING_AGENCY_NAME,
            "agency_short": settings.ELEARNING_AGENCY_SHORT,
            "operator": settings.ELEARNING_OPERATOR,
            "help_contact": settings.ELEARNING_HELP_CONTACT,
            "public_host": settings.PUBLIC_URL.partition("://")[2]
            or request.get_host(),
            "is_demo": settings.DEMO,
            "takes_passkeys": settings.ELEARNING_PASSKEY_SIGN_IN,
            "sso_name": settings.ELEARNING_SSO_NAME
            if settings.ELEARNING_SSO_ISSUER
            else "",
        },
        "theme": theme if theme in THEMES else "",
        "text_size": text_size if text_size in TEXT_SIZES else "",
        "nav": menu,
        "nav_beside_bar": beside_bar(menu),
    }


def phone(request: HttpRequest) -> dict[str, Any]:
    """Return what every page brings a phone: what runs, and the outbox's permission.

    Both are worked out where a page shows them; what runs is one query.
    """
    user: Any = getattr(request, "user", None)

    def running() -> list[RunningAttempt]:
        if user is None or not user.is_authenticated:
            return []
        return running_attempts(user, now=timezone.now())

    return {
        "running_now": SimpleLazyObject(running),
        "outbox_token": SimpleLazyObject(lambda: token_for(user)),
    }
