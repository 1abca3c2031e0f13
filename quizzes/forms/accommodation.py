"""Forms for giving one person more time or more attempts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.accommodations.actions import (
    MOST_EXTRA_ATTEMPTS,
    MOST_MINUTES,
    MOST_PERCENT,
    AccommodationContent,
)
from quizzes.models import Quiz


def _number(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, help_text=help_text
    )


class AccommodationForm(forms.Form):
    """For which quiz, how much more, and on what basis."""

    quiz = forms.ChoiceField(label=_("Berlaku untuk"), required=False)
    extra_minutes = _number(_("Tambahan waktu (menit)"), MOST_MINUTES)
    extra_percent = _number(
        _("Tambahan waktu (persen)"),
        MOST_PERCENT,
        _("Dari batas waktu tiap kuis, misalnya 25."),
    )
    extra_attempts = _number(
        _("Tambahan kesempatan"), MOST_EXTRA_ATTEMPTS, _("Hanya untuk satu kuis.")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_(
            "Tulis dasarnya, misalnya nomor surat. Jangan menulis keterangan kesehatan."
        ),
        error_messages={"required": _("Tulis dasar pemberian kelonggaran ini.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, quizzes: Sequence[Quiz], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._quizzes = {f"{_course(quiz).key}/{quiz.key}": quiz for quiz in quizzes}
        self._courses = {_course(quiz).key: _course(quiz) for quiz in quizzes}
        field = self.fields["quiz"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Semua kuis")), *self._groups()]

    def _groups(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        groups: dict[str, list[tuple[str, Any]]] = {}
        for value, quiz in self._quizzes.items():
            key = value.partition("/")[0]
            title = quiz.grade_item.version.title if quiz.grade_item else key
            group = groups.setdefault(title, [(key, _("Semua kuis kursus ini"))])
            group.append((value, quiz.title))
        return list(groups.items())

    def content(self) -> AccommodationContent:
        """Return what is to be given."""
        said = self.cleaned_data
        course_key, _slash, _quiz_key = said["quiz"].partition("/")
        quiz = self._quizzes.get(said["quiz"])
        return AccommodationContent(
            reason=said["reason"],
            course=self._courses.get(course_key),
            quiz_key=quiz.key if quiz else "",
            extra_minutes=said["extra_minutes"] or 0,
            extra_percent=said["extra_percent"] or 0,
            extra_attempts=said["extra_attempts"] or 0,
        )


def _course(quiz: Quiz) -> Any:
    if quiz.grade_item is None:
        raise AssertionError("An offered quiz belongs to a course.")
    return quiz.grade_item.version.course
