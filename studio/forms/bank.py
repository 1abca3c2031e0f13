"""The question bank: what to look for, and what to do with several questions."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel, Pillar
from quizzes.questions import split_tags, tag_problem
from studio.forms.choices import Choices, _offer
from studio.questions.bulk import COMMANDS, TAGGING


class QuestionFilterForm(forms.Form):
    """What to look for in the question banks; nothing is required."""

    cari = forms.CharField(
        label=_("Cari"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    bank = forms.ChoiceField(label=_("Bank soal"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    tujuan = forms.ChoiceField(label=_("Tujuan"), required=False)
    tingkat = forms.ChoiceField(
        label=_("Tingkat"),
        required=False,
        choices=[("", _("Semua")), *CognitiveLevel.choices],
    )
    pilar = forms.ChoiceField(label=_("Pilar"), required=False)
    tanda = forms.ChoiceField(label=_("Tanda"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("published", _("Terbit")),
            ("draft", _("Draf")),
            ("retired", _("Ditarik")),
            ("duplicate", _("Mirip soal lain")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        banks: Choices,
        objectives: Choices,
        types: Choices,
        tags: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_tag = False
        every = ("", _("Semua"))
        offered: dict[str, Choices] = {
            "bank": [every, *banks],
            "tujuan": [every, *objectives],
            "jenis": [every, *types],
            "pilar": [every, *Pillar.choices],
            "tanda": [every, *tags],
        }
        _offer(self, offered)


class BulkForm(forms.Form):
    """What to do with several questions at once; `soal` holds their ids."""

    perintah = forms.ChoiceField(
        choices=[(command, command) for command in COMMANDS],
        error_messages={"required": _("Pilih dulu apa yang akan dilakukan.")},
    )
    soal = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Belum ada soal yang dipilih. Centang sedikitnya satu.")
        },
    )
    tanda = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, questions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"soal": questions})

    def clean(self) -> dict[str, Any]:
        """Read the tag that a command about tags needs."""
        said = super().clean() or self.cleaned_data
        found = split_tags(said.get("tanda", ""))
        if said.get("perintah") in TAGGING:
            if len(found) != 1:
                raise forms.ValidationError(
                    _("Tulis satu tanda tanpa koma, centang soalnya lagi, lalu ulangi.")
                )
            problem = tag_problem(found)
            if problem:
                raise forms.ValidationError(problem)
        return {**said, "tanda": found[0] if found else ""}
