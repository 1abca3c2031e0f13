"""The form that says how a flawed question is marked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.whole_text import WholeText
from quizzes.models import Repair
from studio.forms.choices import Choices


class RepairForm(forms.Form):
    """Which wording, how it is marked from now on, and why."""

    version = forms.TypedChoiceField(label=_("Versi yang keliru"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Perbaikan"), choices=Repair.Kind.choices, widget=forms.RadioSelect
    )
    correction = forms.TypedChoiceField(
        label=_("Versi dengan kunci yang benar"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Hanya untuk “Kunci diganti”."),
    )
    reason = forms.CharField(
        label=_("Apa yang keliru"),
        max_length=300,
        widget=WholeText(attrs={"rows": 2}),
        help_text=_("Dibaca oleh rekan Anda dan tercatat di jejak audit."),
        error_messages={"required": _("Tulis apa yang keliru di soal ini.")},
    )

    def __init__(
        self, *args: Any, versions: Choices, corrections: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "version": list(versions),
            "correction": [("", _("Pilih versi")), *corrections],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
