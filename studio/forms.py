"""Forms of this room: shape and cleaning of what authors type."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel, CourseVersion
from lib.markdown.checking import MAX_LENGTH

Choices = Sequence[tuple[str, Any]]


def _offer(form: forms.Form, choices: Mapping[str, Choices]) -> None:
    for name, offered in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offered)


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


class QuestionForm(forms.Form):
    """A question but for its options, which are rows of their own."""

    bank = forms.ChoiceField(label=_("Bank soal"))
    stem = forms.CharField(
        label=_("Pertanyaan"),
        max_length=4000,
        error_messages={"required": _("Pertanyaan masih kosong. Tulis soalnya.")},
        widget=forms.Textarea(attrs={"rows": 4, "lang": "id"}),
    )
    objective = forms.ChoiceField(label=_("Tujuan belajar yang diuji"))
    level = forms.ChoiceField(
        label=_("Tingkat berpikir"), choices=CognitiveLevel.choices
    )
    sources = forms.MultipleChoiceField(
        label=_("Sumber"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    checked_on = forms.DateField(
        label=_("Diperiksa pada"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    base = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        banks: Choices,
        objectives: Choices,
        sources: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"bank": banks, "objective": objectives, "sources": sources})


class QuestionFilterForm(forms.Form):
    """What to look for in the question banks; nothing is required."""

    cari = forms.CharField(
        label=_("Cari"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    bank = forms.ChoiceField(label=_("Bank soal"), required=False)
    tujuan = forms.ChoiceField(label=_("Tujuan"), required=False)
    tingkat = forms.ChoiceField(
        label=_("Tingkat"),
        required=False,
        choices=[("", _("Semua")), *CognitiveLevel.choices],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("published", _("Terbit")),
            ("draft", _("Draf")),
            ("retired", _("Ditarik")),
        ],
    )

    def __init__(
        self, *args: Any, banks: Choices, objectives: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_tag = False
        every = ("", _("Semua"))
        _offer(self, {"bank": [every, *banks], "tujuan": [every, *objectives]})


class PublishForm(forms.Form):
    """Which kind of change, and which draft the author has seen."""

    change = forms.ChoiceField(choices=CourseVersion.Change.choices)
    seen = forms.CharField(max_length=64)
