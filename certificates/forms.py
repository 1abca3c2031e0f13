"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """A code as somebody typed it."""

    kode = forms.CharField(
        label=_("Kode verifikasi"),
        max_length=40,
        help_text=_(
            "Kode ada di bawah QR pada sertifikat. Huruf besar dan kecil dianggap sama."
        ),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "m-code",
            }
        ),
    )
