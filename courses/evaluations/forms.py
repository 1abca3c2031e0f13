"""The evaluation as people fill it in, and as an admin words it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.evaluations.actions import EvaluationContent
from courses.evaluations.page import AskedForm
from courses.evaluations.wording import EvaluationWording
from courses.models.evaluations import LONGEST_EVALUATION, PROMPTS, STATEMENTS
from lib.whole_text import WholeText

AGREEMENT = (
    (1, _("Sangat tidak setuju")),
    (2, _("Tidak setuju")),
    (3, _("Netral")),
    (4, _("Setuju")),
    (5, _("Sangat setuju")),
)
LONGEST_LINE = 200


class AnswerEvaluationForm(forms.Form):
    """A score for every statement, a free answer for every prompt."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, asked: AskedForm) -> None:
        super().__init__(data, initial={"number": asked.number})
        for at, text in enumerate(asked.wording.statements, start=1):
            self.fields[f"score_{at}"] = forms.TypedChoiceField(
                label=text,
                coerce=int,
                choices=AGREEMENT,
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih satu jawaban.")},
            )
        for at, text in enumerate(asked.wording.prompts, start=1):
            self.fields[f"text_{at}"] = forms.CharField(
                label=text,
                help_text=_("Jangan tulis nama."),
                required=False,
                max_length=LONGEST_EVALUATION,
                widget=WholeText(attrs={"rows": 3, "lang": "id"}),
            )

    def content(self) -> EvaluationContent:
        """Return what was said in a form that is valid."""
        said = self.cleaned_data
        return EvaluationContent(
            scores=[said[f"score_{at}"] for at in range(1, STATEMENTS + 1)],
            texts=[said[f"text_{at}"] for at in range(1, PROMPTS + 1)],
        )


class WordingForm(forms.Form):
    """The statements and prompts of an agency; `seen` is the number that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, asked: AskedForm) -> None:
        lines = {
            **{f"statement_{n}": t for n, t in enumerate(asked.wording.statements, 1)},
            **{f"prompt_{n}": t for n, t in enumerate(asked.wording.prompts, 1)},
        }
        super().__init__(data, initial={"seen": asked.number, **lines})
        for name in lines:
            kind, _sign, number = name.partition("_")
            label = _("Pernyataan") if kind == "statement" else _("Pertanyaan bebas")
            self.fields[name] = forms.CharField(
                label=f"{label} {number}", max_length=LONGEST_LINE
            )

    def wording(self) -> EvaluationWording:
        """Return the words of a form that is valid."""
        said = self.cleaned_data
        return EvaluationWording(
            tuple(said[f"statement_{at}"] for at in range(1, STATEMENTS + 1)),
            tuple(said[f"prompt_{at}"] for at in range(1, PROMPTS + 1)),
        )
