"""Forms of this room: shape and cleaning of what authors type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel, Pillar
from lib.whole_text import WholeText
from studio.forms.choices import Choices, _offer


class QuestionForm(forms.Form):
    """A question but for its options, which are rows of their own."""

    bank = forms.ChoiceField(label=_("Bank soal"))
    stem = forms.CharField(
        label=_("Pertanyaan"),
        max_length=4000,
        error_messages={"required": _("Pertanyaan masih kosong. Tulis soalnya.")},
        widget=WholeText(attrs={"rows": 4, "lang": "id"}),
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
        widget=WholeText(attrs={"rows": 2, "lang": "id"}),
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
