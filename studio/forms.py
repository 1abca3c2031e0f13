"""Forms of this room: shape and cleaning of what authors type."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel, CourseVersion, Pillar
from lib.markdown.checking import MAX_LENGTH
from quizzes import tags
from studio.question_bulk import COMMANDS, TAGGING

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
    scoring = forms.ChoiceField(
        label=_("Aturan nilai"),
        widget=forms.Select(attrs={"data-rules": ""}),
    )
    unit = forms.CharField(
        label=_("Satuan"),
        max_length=40,
        required=False,
        help_text=_("Tampil di samping kotak jawaban, misalnya “hari kerja”."),
    )
    feedback = forms.CharField(
        label=_("Penjelasan untuk semua peserta"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "id"}),
        help_text=_("Tampil setelah soal dijawab, apa pun jawabannya."),
    )
    objective = forms.ChoiceField(label=_("Tujuan belajar yang diuji"))
    level = forms.ChoiceField(
        label=_("Tingkat berpikir"), choices=CognitiveLevel.choices
    )
    pillar = forms.ChoiceField(label=_("Pilar"), required=False)
    tags = forms.CharField(
        label=_("Tanda"),
        max_length=900,
        required=False,
        help_text=_("Kata bebas untuk mencari soal, dipisah koma."),
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
        scorings: Choices,
        has_unit: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = ("", _("Pilar kursus"))
        offered: dict[str, Choices] = {
            "bank": banks,
            "objective": objectives,
            "sources": sources,
            "scoring": scorings,
            "pillar": [own, *Pillar.choices],
        }
        _offer(self, offered)
        if not scorings:
            del self.fields["scoring"]
        if not has_unit:
            del self.fields["unit"]


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
        found = tags.split(said.get("tanda", ""))
        if said.get("perintah") in TAGGING:
            if len(found) != 1:
                raise forms.ValidationError(
                    _("Tulis satu tanda tanpa koma, centang soalnya lagi, lalu ulangi.")
                )
            problem = tags.problem_with(found)
            if problem:
                raise forms.ValidationError(problem)
        return {**said, "tanda": found[0] if found else ""}


class PublishForm(forms.Form):
    """Which kind of change, and which draft the author has seen."""

    change = forms.ChoiceField(choices=CourseVersion.Change.choices)
    seen = forms.CharField(max_length=64)
