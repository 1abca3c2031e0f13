"""A lesson as an author types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.markdown.checking import MAX_LENGTH
from lib.whole_text import WholeText
from studio.drafts.writing import Sitting

# Unsaved words may be too long for a lesson; they are kept all the same, within reason.
_MOST_TYPED = 4 * MAX_LENGTH


def _hidden() -> forms.CharField:
    # A browser that comes back must not fill in what an older page had.
    attrs = {"autocomplete": "off"}
    widget = forms.HiddenInput(attrs=attrs)
    return forms.CharField(max_length=64, required=False, widget=widget)


def _typed() -> forms.CharField:
    return forms.CharField(max_length=_MOST_TYPED, required=False, strip=False)


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
        widget=WholeText(attrs={"rows": 2}),
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
        widget=WholeText(
            attrs={
                "class": "m-editor",
                "lang": "id",
                "spellcheck": "true",
                "aria-describedby": "bantuan-menulis",
            }
        ),
    )
    base = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())
    # Under which number typed words are kept; `restored`: with which they began.
    sitting = _hidden()
    restored = _hidden()

    def clean_sitting(self) -> Sitting | None:
        """Return the open editor; None where nothing was typed, or without scripts."""
        return Sitting.read(self.cleaned_data["sitting"])

    def clean_restored(self) -> Sitting | None:
        """Return the writing that was brought back; None where none was."""
        return Sitting.read(self.cleaned_data["restored"])


class WritingForm(forms.Form):
    """What is typed so far, right or wrong, of one open editor."""

    title = _typed()
    summary = _typed()
    minutes = _typed()
    is_required = forms.BooleanField(required=False)
    text = _typed()
    base = forms.CharField(max_length=64, required=False)
    sitting = forms.CharField(max_length=64)
    restored = forms.CharField(max_length=64, required=False)

    def clean_sitting(self) -> Sitting:
        """Return the open editor and its number."""
        sitting = Sitting.read(self.cleaned_data["sitting"])
        if sitting is None:
            raise forms.ValidationError(_("Nomor tulisan ini tidak terbaca."))
        return sitting

    def clean_restored(self) -> Sitting | None:
        """Return the writing that was brought back; None where none was."""
        return Sitting.read(self.cleaned_data["restored"])
