"""What people ask about their own data, and what is answered."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.data_requests import MOST_WORDS
from accounts.models import DataRequest
from lib.parameters import FormWithParameters
from lib.whole_text import WholeText


class DataRequestForm(FormWithParameters):
    """A request about one's own data."""

    parameters: ClassVar = {"kind": "jenis", "words": "keterangan"}

    kind = forms.ChoiceField(
        label=_("Yang Anda minta"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dulu yang Anda minta.")},
    )
    words = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=MOST_WORDS,
        widget=WholeText(attrs={"rows": 4}),
        help_text=_("Untuk perbaikan, tulis data yang keliru dan yang benar."),
    )


class DataAnswerForm(FormWithParameters):
    """What is answered; a refusal needs its reason."""

    parameters: ClassVar = {"answer": "jawaban"}

    answer = forms.CharField(
        label=_("Jawaban untuk pegawai"),
        required=False,
        max_length=MOST_WORDS,
        widget=WholeText(attrs={"rows": 4}),
        help_text=_("Wajib bila ditolak: tulis dasarnya. Dibaca pegawainya."),
    )
