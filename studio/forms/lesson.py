"""A lesson as an author types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.markdown.checking import MAX_LENGTH


class LessonForm(forms.Form):
    """A lesson as one text with what stands above it."""

    title = forms.CharField(label=_("Judul"), max_length=120)
    minutes = forms.IntegerField(
        label=_("Menit"),
        min_value=1,
        max_value=600,
        help_text=_("Waktu belajar yang direncanakan."),
    )
    summary = forms.CharField(
        label=_("Ringkasan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu kalimat di bawah judul."),
    )
    is_required = forms.BooleanField(
        label=_("Wajib diselesaikan sebelum post-test"), required=False
    )
    text = forms.CharField(
        label=_("Isi pelajaran dalam Markdown"),
        max_length=MAX_LENGTH,
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "m-editor",
                "lang": "id",
                "spellcheck": "true",
                "aria-describedby": "bantuan-menulis",
            }
        ),
    )
    base = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())
