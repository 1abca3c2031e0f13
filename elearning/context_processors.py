"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from elearning.navigation import beside_bar, menu_for

THEMES = frozenset({"light", "dark"})
TEXT_SIZES = frozenset({"large", "larger"})


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the agency's names, the menu, and how the person wants the screen."""
    theme = request.COOKIES.get("theme", "")
    text_size = request.COOKIES.get("text_size", "")
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
            "sso_name": settings.ELEARNING_SSO_NAME
            if settings.ELEARNING_SSO_ISSUER
            else "",
        },
        "theme": theme if theme in THEMES else "",
        "text_size": text_size if text_size in TEXT_SIZES else "",
        "nav": menu,
        "nav_beside_bar": beside_bar(menu),
    }
