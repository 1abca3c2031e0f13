"""Forms for files of questions: what to import, what to export."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy

from courses.models.catalogue import CognitiveLevel
from lib.upload_steps import UploadField
from quizzes.exchange.formats import FORMATS, MAX_BYTES, READABLE, WRITABLE

_ACCEPTED = ".docx,.xlsx,.csv,.zip,.xml,.txt,.gift,.yaml,.yml"


def _offer_banks(form: forms.Form, banks: list[tuple[str, str]]) -> None:
    field = form.fields["bank"]
    if isinstance(field, forms.ChoiceField):
        field.choices = banks


class QuestionImportForm(forms.Form):
    """A file, the bank it goes to, and its format where that is known better."""

    bank = forms.ChoiceField(label=gettext_lazy("Bank soal"))
    file = UploadField(
        label=gettext_lazy("Berkas soal"),
        help_text=gettext_lazy(
            "Word, Excel, CSV, QTI, Moodle XML, GIFT, Aiken, atau YAML. Paling besar "
            "10 MB."
        ),
        accept=_ACCEPTED,
        limit=MAX_BYTES,
        empty=gettext_lazy("Berkas ini kosong. Pilih berkas yang berisi soal."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        required=False,
        choices=[
            ("", gettext_lazy("Kenali dari isinya")),
            *((name, FORMATS[name].label) for name in READABLE),
        ],
    )

    def __init__(self, *args: Any, banks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_banks(self, banks)


class CommonValuesForm(forms.Form):
    """Objective, level and day of checking, for many questions at once."""

    objective = forms.ChoiceField(
        label=gettext_lazy("Tujuan belajar yang diuji"), required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Tingkat berpikir"),
        choices=[("", gettext_lazy("Tidak diubah")), *CognitiveLevel.choices],
        required=False,
    )
    checked_on = forms.DateField(
        label=gettext_lazy("Diperiksa pada"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Berlaku untuk"),
        choices=[
            ("all", gettext_lazy("Semua soal di berkas yang belum punya")),
            ("ticked", gettext_lazy("Soal yang dicentang di bawah")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, objectives: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objective"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext_lazy("Tidak diubah")), *objectives]


class QuestionExportForm(forms.Form):
    """A bank and a format."""

    bank = forms.ChoiceField(label=gettext_lazy("Bank soal"))
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            (name, f"{FORMATS[name].label}: {FORMATS[name].note}") for name in WRITABLE
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, banks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_banks(self, banks)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
