"""Forms that could not be taken because of the session: nothing typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

# Longer values are shown, so that they can be read and copied.
_SHOWN_FROM = 60


@dataclass(frozen=True)
class KeptField:
    """What was filled into one field; `is_shown` if somebody wrote it at length."""

    name: str
    value: str

    @property
    def is_shown(self) -> bool:
        """Say whether it is text that would be dear to lose."""
        return len(self.value) > _SHOWN_FROM or "\n" in self.value

    @property
    def in_textarea(self) -> str:
        """What stands between the tags: a first line break belongs to the tag."""
        return f"\n{self.value}"


def unsent_page(request: HttpRequest) -> HttpResponse | None:
    """Return a page that holds what was posted, to be sent once more; status 403.

    None where nothing was filled in, where a password was, and for views that
    anybody may call. It says how to sign in first where that is needed. Chosen files
    cannot be kept: the page says so.
    """
    fields = _kept_fields(request)
    if not fields:
        return None
    is_signed_in = request.user.is_authenticated
    context = {
        "action": request.get_full_path(),
        "fields": fields,
        "has_files": bool(request.FILES),
        "sign_in_url": "" if is_signed_in else _sign_in_url(request),
    }
    response = render(request, "unsent.html", context, status=403)
    add_never_cache_headers(response)
    return response


def page_of_form(request: HttpRequest) -> str:
    """Return the path of our own page that a form was sent from, or the home page's."""
    origin = f"{request.scheme}://{request.get_host()}"
    page = request.headers.get("Referer", "")
    return page.removeprefix(origin) if page.startswith(f"{origin}/") else "/"


def _sign_in_url(request: HttpRequest) -> str:
    return redirect_to_login(page_of_form(request)).url


def _kept_fields(request: HttpRequest) -> list[KeptField]:
    match = request.resolver_match
    access: Any = getattr(match.func, "access", "public") if match else "public"
    if request.method != "POST" or access == "public":
        return []
    if any("password" in name for name in request.POST):
        return []
    fields = [
        KeptField(name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return fields if any(field.value for field in fields) else []
