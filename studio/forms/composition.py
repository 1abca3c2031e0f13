"""The form that says how hard a question is, and with which it never stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.questions import Composition, Expected, expected_problem
from studio.forms.choices import Choices, _offer


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=100, localize=False
    )


class CompositionForm(forms.Form):
    """What counts of a question whenever a paper is composed."""

    untrained = _percent(_("Benar sebelum kursus (%)"))
    trained = _percent(_("Benar sesudah kursus (%)"))
    enemies = forms.MultipleChoiceField(
        label=_("Tidak pernah di lembar yang sama dengan"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Soal yang membocorkan jawaban soal ini, atau mengulangnya."),
    )
    base = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, enemies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"enemies": enemies})

    @staticmethod
    def initial_of(composition: Composition) -> dict[str, object]:
        """Return the fields for what is stored."""
        expected = composition.expected
        return {
            "untrained": expected.untrained if expected else None,
            "trained": expected.trained if expected else None,
            "enemies": list(composition.enemies),
            "base": as_text(composition),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse one share without the other, and shares that contradict."""
        said = super().clean() or {}
        untrained, trained = said.get("untrained"), said.get("trained")
        if self.errors:
            return said
        if (untrained is None) != (trained is None):
            missing = "untrained" if untrained is None else "trained"
            self.add_error(missing, _("Isi kedua angka, atau kosongkan keduanya."))
        elif untrained is not None and trained is not None:
            problem = expected_problem(untrained, trained)
            if problem:
                self.add_error("untrained", problem)
        return said

    def content(self) -> Composition:
        """Return what was said."""
        said = self.cleaned_data
        expected = None
        if said["untrained"] is not None:
            expected = Expected(said["untrained"], said["trained"])
        return Composition(expected, tuple(sorted(said["enemies"])))


def as_text(composition: Composition) -> str:
    """Return what is stored as one text, to be told apart later."""
    expected = composition.expected
    shares = f"{expected.untrained}/{expected.trained}" if expected else "-"
    return " ".join([shares, *composition.enemies])


def from_text(text: str) -> Composition:
    """Return what `as_text` told; something that equals nothing for other texts."""
    shares, *enemies = text.split(" ")
    untrained, _slash, trained = shares.partition("/")
    if untrained.isdecimal() and trained.isdecimal():
        return Composition(Expected(int(untrained), int(trained)), tuple(enemies))
    return Composition(None, tuple(enemies))
