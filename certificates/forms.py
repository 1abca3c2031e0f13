"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Correction, Revocation
from lib.whole_text import WholeText


class VerifyForm(forms.Form):
    """A code as somebody typed it."""

    kode = forms.CharField(
        label=_("Kode verifikasi"),
        max_length=300,
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


class CorrectionForm(forms.Form):
    """What is to happen to a certificate, and why."""

    kind = forms.ChoiceField(
        label=_("Apa yang diminta"),
        choices=[
            (
                Correction.Kind.REPLACE,
                _("Ganti: terbitkan sertifikat baru dengan data pegawai hari ini"),
            ),
            (
                Correction.Kind.REVOKE,
                _("Cabut: sertifikat tidak berlaku lagi, tanpa pengganti"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dulu: ganti atau cabut.")},
    )
    reason = forms.ChoiceField(
        label=_("Alasan pencabutan"),
        required=False,
        choices=[("", _("Hanya untuk pencabutan")), *Revocation.Reason.choices],
        help_text=_("Alasan ini tampil di halaman verifikasi untuk umum."),
    )
    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=200,
        widget=WholeText(attrs={"rows": 3}),
        help_text=_(
            "Apa yang keliru dan apa dasarnya, misalnya nomor surat. Jangan menyebut "
            "orang lain."
        ),
        error_messages={"required": _("Tulis apa yang keliru dan apa dasarnya.")},
    )

    def clean(self):
        """A revocation has a class of reasons that the public may read."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Correction.Kind.REVOKE and not cleaned.get("reason"):
            self.add_error("reason", _("Pilih alasan pencabutan."))
        return cleaned
