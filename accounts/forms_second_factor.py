"""Codes of the second factor: waits after mistakes, and each code once.

allauth counts both in the cache, which may be away, and remembers a code for 30 of the
90 seconds that it is taken for.
"""

import string
from datetime import datetime, timedelta

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import guards
from accounts.actions import tallies
from accounts.models import User

# Longer than a code is taken for: its own half minute, and one before and after.
CODE_LASTS = timedelta(minutes=3)
USED_ALREADY = _("Kode ini sudah dipakai. Tunggu kode berikutnya di aplikasi Anda.")
_SIGNS_OF_CODES = frozenset(string.ascii_letters + string.digits)


class _CodeForm(forms.Form):
    """A form with a code of `user`; the class beside it compares the code."""

    user: User

    def clean_code(self) -> str:
        """Compare the code if no wait lasts, and take it once."""
        # One spelling a code, whatever stands between its digits.
        typed = self.cleaned_data["code"]
        code = "".join(sign for sign in typed if sign in _SIGNS_OF_CODES)
        self.cleaned_data["code"] = code
        now = timezone.now()
        try:
            tried = guards.try_secret(
                "code", self.user.pk, request=context.request, now=now
            )
        except guards.TooManyTries as wait:
            raise ValidationError(wait.message, code="too_many_tries") from wait
        try:
            self._compare_once(code, now=now)
        except ValidationError:
            guards.note_wrong(tried, self.user, request=context.request)
            raise
        tried.succeeded()
        return code

    def _compare_once(self, code: str, *, now: datetime) -> None:
        key = tallies.tally_key("used code", self.user.pk, code)
        if tallies.is_remembered(key, now=now):
            raise ValidationError(USED_ALREADY, code="used_code")
        super().clean_code()  # type: ignore[misc]
        # Of two that come at the same moment the second is refused here.
        if not tallies.use_once(key, lasts=CODE_LASTS, now=now):
            raise ValidationError(USED_ALREADY, code="used_code")


class AuthenticateForm(_CodeForm, base.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(_CodeForm, base.ReauthenticateForm):
    """A code before something that matters."""


class ActivateTOTPForm(_CodeForm, totp.ActivateTOTPForm):
    """The first code of a new device."""
