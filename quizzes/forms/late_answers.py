"""Which late answers HR accepts, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.late_answers.actions import LONGEST_REASON


class SavesField(forms.TypedMultipleChoiceField):
    """Ids of saves; whether they are this attempt's is for the verb to say."""

    def valid_value(self, value):
        return value.isdecimal() and len(value) <= 18


class AcceptanceForm(forms.Form):
    """The saves that were ticked, and the reason."""

    saves = SavesField(coerce=int, required=False)
    reason = forms.CharField(
        label=_("Mengapa diterima"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Misalnya: gangguan jaringan kantor, berita acara nomor 12."),
    )
