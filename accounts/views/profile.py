"""The person's own pages."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import AppearanceForm, PreferencesForm
from accounts.stamps import SignedInRequest, public, signed_in
from lib.printable import describe, unprintable

ONE_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """Show what HR says about the person; she chooses how she is greeted."""
    person = request.user
    form = PreferencesForm(
        request.POST or None, initial={"salutation": person.salutation}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_preferences(
            person=person,
            salutation=form.cleaned_data["salutation"],
            now=timezone.now(),
        )
        messages.success(request, _("Sapaan tersimpan."))
        return redirect("accounts:profile")
    unknown = unprintable(f"{person.full_name} {person.jabatan}")
    context = {"form": form, "unprintable": describe(unknown)}
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "POST"])
@public
def appearance(request: HttpRequest) -> HttpResponse:
    """Choose theme and text size: cookies that the server reads, no script needed."""
    chosen = {
        name: request.COOKIES.get(f"{settings.COOKIE_PREFIX}{name}", "")
        for name in ("theme", "text_size")
    }
    form = AppearanceForm(request.POST or None, initial=chosen)
    back = request.POST.get("back") or request.GET.get("back") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    if request.method == "POST" and form.is_valid():
        response = redirect(back)
        for name in chosen:
            response.set_cookie(
                f"{settings.COOKIE_PREFIX}{name}",
                form.cleaned_data[name],
                max_age=ONE_YEAR,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
        return response
    return render(request, "accounts/appearance.html", {"form": form, "back": back})
