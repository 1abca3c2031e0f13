"""The question bank: what to look for, and what to do with several questions."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel, Pillar
from lib.parameters import FormWithParameters
from quizzes.questions import split_tags, tag_problem
from studio.forms.choices import Choices, _offer
from studio.questions.bulk import COMMANDS, SET, TAGGING, Wanted


class QuestionFilterForm(FormWithParameters):
    """What to look for in the question banks; nothing is required."""

    parameters: ClassVar = {
        "words": "cari",
        "type": "jenis",
        "objective": "tujuan",
        "level": "tingkat",
        "pillar": "pilar",
        "tag": "tanda",
        "state": "status",
    }

    words = forms.CharField(
        label=_("Cari"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    bank = forms.ChoiceField(label=_("Bank soal"), required=False)
    type = forms.ChoiceField(label=_("Jenis"), required=False)
    objective = forms.ChoiceField(label=_("Tujuan"), required=False)
    level = forms.ChoiceField(
        label=_("Tingkat"),
        required=False,
        choices=[("", _("Semua")), *CognitiveLevel.choices],
    )
    pillar = forms.ChoiceField(label=_("Pilar"), required=False)
    tag = forms.ChoiceField(label=_("Tanda"), required=False)
    state = forms.ChoiceField(
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
            "objective": [every, *objectives],
            "type": [every, *types],
            "pillar": [every, *Pillar.choices],
            "tag": [every, *tags],
        }
        _offer(self, offered)


class BulkForm(FormWithParameters):
    """What to do with several questions at once; `questions` holds their ids."""

    parameters: ClassVar = {
        "command": "perintah",
        "questions": "soal",
        "tag": "tanda",
        "objective": "tujuan-baru",
        "level": "tingkat-baru",
        "checked_on": "diperiksa",
    }

    command = forms.ChoiceField(
        choices=[(command, command) for command in COMMANDS],
        error_messages={"required": _("Pilih dulu apa yang akan dilakukan.")},
    )
    questions = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Belum ada soal yang dipilih. Centang sedikitnya satu.")
        },
    )
    tag = forms.CharField(required=False, max_length=200)
    objective = forms.ChoiceField(required=False)
    level = forms.ChoiceField(
        required=False, choices=[("", ""), *CognitiveLevel.choices]
    )
    checked_on = forms.DateField(required=False)

    def __init__(
        self, *args: Any, questions: Choices, objectives: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = [("", ""), *objectives]
        _offer(self, {"questions": questions, "objective": every})

    @property
    def wanted(self) -> Wanted:
        """What the command says, once the form is valid."""
        names = ("tag", "objective", "level", "checked_on")
        return Wanted(**{name: self.cleaned_data[name] for name in names})

    def clean(self) -> dict[str, Any]:
        """Read the tag that a command about tags needs, or something to set."""
        said = super().clean() or self.cleaned_data
        to_set = any(said.get(name) for name in ("objective", "level", "checked_on"))
        if said.get("command") == SET and not to_set and not self.errors:
            raise forms.ValidationError(
                _("Pilih tujuan, tingkat, atau tanggalnya, lalu ulangi.")
            )
        found = split_tags(said.get("tag", ""))
        if said.get("command") in TAGGING:
            if len(found) != 1:
                raise forms.ValidationError(
                    _("Tulis satu tanda tanpa koma, centang soalnya lagi, lalu ulangi.")
                )
            problem = tag_problem(found)
            if problem:
                raise forms.ValidationError(problem)
        return {**said, "tag": found[0] if found else ""}
