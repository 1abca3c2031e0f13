"""What a browser brings from a key, taken in the form that is expected and no other."""

import json
import struct
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidKey, UnsupportedAlgorithm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import RegistrationResponse

from accounts import guards
from accounts.models import User

LONGEST_NAME = 60
# What a browser brings is about one kilobyte.
_LONGEST_CREDENTIAL = 16_384
MOST_KEYS = 20
# What fido2 stumbles over where a browser brings what no browser would.
_NO_FORM = (
    ArithmeticError,
    AttributeError,
    InvalidKey,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)
_NOTHING_CAME = _(
    "Peramban belum mengirim kunci sandi. Aktifkan JavaScript, lalu coba lagi."
)
_REFUSED = _(
    "Kunci sandi itu tidak cocok. Coba lagi, atau pilih cara lain untuk masuk."
)


class _Credential(forms.JSONField):
    """What a browser brings; told in words that say what to do."""

    def __init__(self) -> None:
        words = {"required": _NOTHING_CAME, "invalid": _REFUSED}
        super().__init__(widget=forms.HiddenInput, error_messages=words)

    def to_python(self, value: Any) -> Any:
        """Return an object; anything else is refused before it is looked at."""
        if isinstance(value, str) and len(value) > _LONGEST_CREDENTIAL:
            raise ValidationError(_REFUSED, code="incorrect_code")
        try:
            said = super().to_python(value)
        except RecursionError:
            said = value
        if said is not None and not isinstance(said, dict):
            raise ValidationError(_REFUSED, code="incorrect_code")
        return said


class _KeyName(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Nama kunci sandi"),
            help_text=_("Supaya Anda mengenalinya nanti, misalnya “HP Android”."),
            max_length=LONGEST_NAME,
            **kwargs,
        )


class AddPasskeyForm(webauthn.SignupWebAuthnForm):
    """A new key of the person. allauth's own offers kinds of keys to choose from."""

    name = _KeyName(required=False)
    credential = _Credential()

    def clean(self) -> dict[str, Any]:
        """Check what was brought against what was asked for; keep only what counts."""
        keys = Authenticator.objects.filter(user=self.user, type="webauthn")
        if keys.count() >= MOST_KEYS:
            raise ValidationError(
                _("Sudah ada %(most)d kunci sandi. Hapus satu yang tidak dipakai."),
                params={"most": MOST_KEYS},
            )
        # Then allauth looks whether the device has asked who holds the key.
        self.cleaned_data["passwordless"] = settings.ELEARNING_PASSKEY_SIGN_IN
        try:
            cleaned = super().clean()
            if cleaned.get("credential"):
                cleaned["credential"] = _what_counts(cleaned["credential"])
        except (ValidationError, *_NO_FORM) as wrong:
            raise ValidationError(_REFUSED, code="incorrect_code") from wrong
        return cleaned


def _what_counts(said: dict[str, Any]) -> dict[str, Any]:
    """Return a credential as fido2 has understood it, and nothing else."""
    understood = RegistrationResponse.from_dict(said)
    counts: dict[str, Any] = json.loads(json.dumps(dict(understood)))
    # What the browser says of the key is of use for nothing here.
    counts["clientExtensionResults"] = {}
    return counts


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    name = _KeyName()


class _UsingForm(forms.Form):
    """A key that is used; the class beside it checks it."""

    user: User | None

    def clean_credential(self) -> Authenticator:
        """Return whose key this is. What does not fit is on the trail."""
        try:
            used: Authenticator = super().clean_credential()  # type: ignore[misc]
        except (ValidationError, *_NO_FORM) as wrong:
            tried = guards.Try("", kind="passkey")
            guards.note_wrong(tried, self.user, request=context.request)
            raise ValidationError(_REFUSED, code="incorrect_code") from wrong
        return used


class UsePasskeyForm(_UsingForm, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""

    credential = _Credential()


class SignInWithPasskeyForm(_UsingForm, webauthn.LoginWebAuthnForm):
    """The only step of signing in."""

    credential = _Credential()


class ConfirmWithPasskeyForm(_UsingForm, webauthn.ReauthenticateWebAuthnForm):
    """A key before something that matters."""

    credential = _Credential()
