"""Forms of this room."""

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import guards
from accounts.models.notice import NoticeKind
from accounts.models.person import Salutation
from accounts.nip import normalise_nip, shape_problem


class LoginForm(allauth_forms.LoginForm):
    """Signs in with NIP (spaces accepted) or e-mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("NIP")
        login.help_text = _("18 angka, boleh dengan spasi. Surel dinas juga bisa.")
        login.max_length = 254
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "class": "m-nip",
                "maxlength": "254",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        )
        password = self.fields["password"]
        password.label = _("Kata sandi")
        password.help_text = ""
        password.widget = forms.PasswordInput(
            attrs={"autocomplete": "current-password"}
        )
        remember = self.fields["remember"]
        remember.label = _("Tetap masuk di sini selama 30 hari")
        remember.help_text = _("Akun dengan peran masuk lagi setelah 12 jam.")

    def clean_login(self):
        """Normalise a number; say how many digits are missing."""
        login = super().clean_login()
        if "@" in login:
            return login
        number = normalise_nip(login)
        problem = shape_problem(number) if number.isdigit() else None
        if problem:
            raise ValidationError(problem.message, code="nip_length")
        return number


class PasswordChangeForm(allauth_forms.ChangePasswordForm):
    """Changes a password; the old one cannot be guessed in a session left open."""

    def clean_oldpassword(self):
        """Compare the old password, if no wait lasts."""
        try:
            tried = guards.try_secret(
                "password", self.user.pk, request=context.request, now=timezone.now()
            )
        except guards.TooManyTries as wait:
            raise ValidationError(wait.message, code="too_many_tries") from wait
        try:
            password = super().clean_oldpassword()
        except ValidationError:
            guards.note_wrong(tried, self.user, request=context.request)
            raise
        tried.succeeded()
        return password


class PreferencesForm(forms.Form):
    """How the person wants to be greeted."""

    salutation = forms.ChoiceField(
        label=_("Sapaan"),
        required=False,
        choices=[("", _("Nama lengkap saja")), *Salutation.choices],
    )


class AppearanceForm(forms.Form):
    """Theme and text size; kept in cookies, read by the server."""

    theme = forms.ChoiceField(
        label=_("Warna layar"),
        required=False,
        choices=[
            ("", _("Ikuti HP atau komputer")),
            ("light", _("Terang")),
            ("dark", _("Gelap")),
        ],
        widget=forms.RadioSelect,
    )
    text_size = forms.ChoiceField(
        label=_("Ukuran huruf"),
        required=False,
        choices=[
            ("", _("Biasa")),
            ("large", _("Besar")),
            ("larger", _("Lebih besar")),
        ],
        widget=forms.RadioSelect,
    )


class NoticeKindsForm(forms.Form):
    """Which kinds of notices count on the bell and come by mail."""

    kinds = forms.MultipleChoiceField(
        label=_("Kabari saya tentang"),
        required=False,
        choices=NoticeKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def silenced(self) -> list[str]:
        """Return the kinds that were not chosen."""
        chosen = set(self.cleaned_data["kinds"])
        return [kind for kind in NoticeKind.values if kind not in chosen]
