"""Keys on a telephone or a stick: made, named, taken away, and used at the door.

allauth's own views, in our pages; each begins by asking the browser for something.
"""

import json
from typing import Any, cast

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from accounts.actions.sign_ins import note_at_the_door
from accounts.guards import at_most, client_network
from accounts.passkeys.forms import RenamePasskeyForm
from accounts.passkeys.pages import is_last, kinds_of
from accounts.stamps import SignedInRequest, public, signed_in

_INDEX = reverse_lazy("mfa_index")
# What is asked of a key that lets in alone.
_ALONE = {
    "residentKey": "required",
    "requireResidentKey": True,
    "userVerification": "required",
}


class _SecondStep(AuthenticateView):
    """allauth's, which does not say whether there is a key or an app to ask for."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = kinds_of(self.stage.login.user)
        return {
            **context,
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "passkey_options": json.dumps(context["js_data"]["request_options"]),
        }


class _Add(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked = json.loads(json.dumps(context["js_data"]["creation_options"]))
        if settings.ELEARNING_PASSKEY_SIGN_IN:
            # The device keeps whose key it is, and asks who holds it; the form looks.
            asked["publicKey"]["authenticatorSelection"] = _ALONE
        return {**context, "passkey_options": json.dumps(asked)}


class _Rename(webauthn.EditWebAuthnView):
    form_class = RenamePasskeyForm
    success_url = _INDEX


class _Remove(webauthn.RemoveWebAuthnView):
    success_url = _INDEX

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "is_last": is_last(self.object)}


class _Confirm(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Form) -> HttpResponse:
        # allauth leads to the way in, where whoever is in finds nothing.
        return FormView.form_invalid(self, form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = json.dumps(context["js_data"]["request_options"])
        return {**context, "passkey_options": options}


_second_step, _add, _rename = _SecondStep.as_view(), _Add.as_view(), _Rename.as_view()
_remove, _confirm = _Remove.as_view(), _Confirm.as_view()


@public
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """Ask whoever has said her password for a key or a code."""
    return _second_step(request)


@require_http_methods(["GET", "POST"])
@signed_in
def passkey_add(request: SignedInRequest) -> HttpResponseBase:
    """Make a key, and recovery codes with the first."""
    return _add(request)


@require_http_methods(["GET", "POST"])
@signed_in
def passkey_rename(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Call a key by another name."""
    response = _rename(request, pk=pk)
    if request.method == "POST" and response.status_code == 302:
        note_at_the_door(
            "accounts.passkey.renamed",
            request.user,
            by=request.user,
            network=client_network(request),
            now=timezone.now(),
        )
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def passkey_remove(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Take a key away, after saying what that means."""
    return _remove(request, pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
@at_most("reauthenticate")
def passkey_confirm(request: HttpRequest) -> HttpResponse:
    """Ask for a key before something that matters."""
    return cast("HttpResponse", _confirm(request))


@public
@require_http_methods(["GET", "POST"])
@at_most("passkey", reads=True)
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Hand out what a browser asks a key for, and let in whoever brings it signed.

    There is none of this where the settings let no key in alone.
    """
    if not settings.ELEARNING_PASSKEY_SIGN_IN:
        raise Http404
    answer: HttpResponse = webauthn.login_webauthn(request)
    return answer
