"""The wish to be left alone by Ulangan, as a person says it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewPreferenceForm(forms.Form):
    """Whether Ulangan invites the person."""

    mode = forms.ChoiceField(
        label=_("Undangan Ulangan"),
        choices=[
            ("aktif", _("Aktif: tampil di beranda bila ada soal yang perlu diulang")),
            ("jeda", _("Jeda dua minggu")),
            ("mati", _("Mati sampai saya aktifkan lagi")),
        ],
        widget=forms.RadioSelect,
    )
