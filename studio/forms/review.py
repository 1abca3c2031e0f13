"""Asking for a review, deciding, and commenting, as people type it."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.whole_text import WholeText
from studio.reviewing.actions import LONGEST

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _text(label: "StrOrPromise", *, required: bool, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=WholeText(attrs={"rows": rows, "class": "form-control", "lang": "id"}),
    )


class AskForm(forms.Form):
    """A word to the reviewer."""

    note = _text(_("Pesan untuk penelaah (boleh dikosongkan)"), required=False)


class DecideForm(forms.Form):
    """The decision about the state that was seen."""

    verdict = forms.ChoiceField(choices=[("approve", ""), ("changes", "")])
    note = _text(_("Catatan untuk penyusun (boleh dikosongkan)"), required=False)
    seen = forms.CharField(max_length=64)


class CommentForm(forms.Form):
    """A comment; `part` is the key of the part it is about, empty for the whole."""

    text = _text(_("Tulis komentar"), required=True)
    part = forms.CharField(max_length=80, required=False)
    token = forms.UUIDField()
