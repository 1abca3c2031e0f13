"""Forms for how a quiz is taken and for when and where it is open."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import CognitiveLevel
from quizzes.actions import ConditionContent, PlanLine, QuizRulesContent
from quizzes.models import QuestionBank, Quiz, QuizCondition
from studio.forms.choices import Choices, _offer

MINUTE, HOUR = 60, 3600


class QuizRulesForm(forms.Form):
    """The rules of a quiz; empty numbers mean no limit."""

    prefix = "aturan"

    time_limit = forms.IntegerField(
        label=_("Batas waktu (menit)"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Kosongkan bila tanpa batas waktu."),
    )
    attempts = forms.IntegerField(
        label=_("Jumlah kesempatan"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("Kosongkan bila boleh diulang tanpa batas."),
    )
    cooldown = forms.IntegerField(
        label=_("Jeda setelah kesempatan habis (jam)"),
        required=False,
        min_value=0,
        max_value=720,
        help_text=_(
            "Setelah jeda, kesempatan terbuka lagi sebanyak tadi. Kosongkan bila tidak."
        ),
    )
    counting = forms.ChoiceField(
        label=_("Nilai yang dihitung"),
        choices=Quiz.Counting.choices,
        help_text=_(
            "Menentukan nilai dan kelulusan. Dengan percobaan pertama, percobaan "
            "berikutnya hanya latihan dan tidak dapat meluluskan."
        ),
    )
    review = forms.ChoiceField(
        label=_("Pembahasan diperlihatkan"),
        choices=Quiz.Review.choices,
        widget=forms.RadioSelect,
    )
    shuffles_questions = forms.BooleanField(label=_("Acak urutan soal"), required=False)
    shuffles_options = forms.BooleanField(
        label=_("Acak urutan pilihan"), required=False
    )

    @staticmethod
    def initial_of(rules: QuizRulesContent) -> dict[str, object]:
        """Return the fields for stored rules."""
        return {
            "time_limit": (rules.time_limit_seconds or 0) // MINUTE or None,
            "attempts": rules.attempts_per_block,
            "cooldown": rules.cooldown_seconds // HOUR or None,
            "counting": rules.counting,
            "review": rules.review,
            "shuffles_questions": rules.shuffles_questions,
            "shuffles_options": rules.shuffles_options,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a rest that never comes."""
        said = super().clean() or {}
        if said.get("cooldown") and not said.get("attempts"):
            self.add_error(
                "cooldown",
                _("Jeda hanya berlaku bila kesempatan dibatasi. Isi jumlahnya juga."),
            )
        return said

    def content(self) -> QuizRulesContent:
        """Return the rules as they are stored, in seconds."""
        said = self.cleaned_data
        return QuizRulesContent(
            time_limit_seconds=(said["time_limit"] or 0) * MINUTE or None,
            attempts_per_block=said["attempts"],
            cooldown_seconds=(said["cooldown"] or 0) * HOUR,
            counting=said["counting"],
            review=said["review"],
            shuffles_questions=said["shuffles_questions"],
            shuffles_options=said["shuffles_options"],
        )


MOST_DRAWN = 200


class DrawForm(forms.Form):
    """A line that draws: so many questions by objective, levels and types."""

    prefix = "undian"

    count = forms.IntegerField(
        label=_("Jumlah soal"), min_value=1, max_value=MOST_DRAWN
    )
    objective = forms.ChoiceField(label=_("Tujuan"), required=False)
    levels = forms.MultipleChoiceField(
        label=_("Tingkat"),
        choices=CognitiveLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tanpa centang berarti tingkat apa pun."),
    )
    types = forms.MultipleChoiceField(
        label=_("Jenis soal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tanpa centang berarti jenis apa pun."),
    )

    def __init__(
        self, *args: Any, objectives: Choices, types: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        any_objective = ("", _("Tujuan apa pun"))
        _offer(self, {"objective": [any_objective, *objectives], "types": types})

    def line(self) -> PlanLine:
        """Return the line of a valid form."""
        said = self.cleaned_data
        return PlanLine(
            objective_key=said["objective"],
            levels=tuple(said["levels"]),
            types=tuple(said["types"]),
            count=said["count"],
        )


class QuizGoalForm(forms.Form):
    """What a quiz is called, how long it is planned for, and what passes it."""

    prefix = "kuis"

    title = forms.CharField(label=_("Judul"), max_length=120)
    bank = forms.ChoiceField(
        label=_("Bank soal"),
        help_text=_("Mengganti bank mengosongkan soal tetap yang sudah dipilih."),
    )
    minutes = forms.IntegerField(
        label=_("Menit yang direncanakan"),
        min_value=0,
        max_value=600,
        help_text=_("Ikut dihitung dalam JP."),
    )
    pass_mark = forms.IntegerField(
        label=_("Nilai lulus"), min_value=1, max_value=100, help_text=_("Dari 100.")
    )

    def __init__(
        self, *args: Any, banks: Choices, is_graded: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"bank": banks})
        if not is_graded:
            del self.fields["pass_mark"]


class BankForm(forms.Form):
    """A new question bank."""

    prefix = "bank"

    title = forms.CharField(label=_("Nama bank"), max_length=160)
    use = forms.ChoiceField(
        label=_("Untuk"),
        choices=QuestionBank.Use.choices,
        help_text=_("Soal tes tidak pernah muncul dalam latihan, dan sebaliknya."),
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class QuizConditionForm(forms.Form):
    """When and where a quiz is open. A day without a time counts where people are."""

    prefix = "waktu"

    opens_on = _day(_("Dibuka tanggal"))
    opens_time = _time(_("Dibuka pukul"))
    closes_on = _day(_("Ditutup tanggal"))
    closes_time = _time(_("Ditutup pukul"))
    supervision = forms.CharField(
        label=_("Pengawas"),
        max_length=200,
        required=False,
        help_text=_("Nama atau ruang. Peserta membacanya sebelum mulai."),
    )
    password = forms.CharField(
        label=_("Kata sandi kuis"),
        max_length=128,
        min_length=4,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    drops_password = forms.BooleanField(
        label=_("Hapus kata sandi yang ada"), required=False
    )

    @staticmethod
    def initial_of(condition: QuizCondition | None) -> dict[str, object]:
        """Return the fields for a stored condition, times in the author's zone."""
        if condition is None:
            return {}
        opens, closes = _local(condition.opens_at), _local(condition.closes_at)
        return {
            "opens_on": opens.date() if opens else condition.opens_on,
            "opens_time": opens.time() if opens else None,
            "closes_on": closes.date() if closes else condition.closes_on,
            "closes_time": closes.time() if closes else None,
            "supervision": condition.supervision,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its day."""
        said = super().clean() or {}
        for side in ("opens", "closes"):
            if said.get(f"{side}_time") and not said.get(f"{side}_on"):
                self.add_error(
                    f"{side}_on", _("Jam sudah diisi, tanggalnya belum. Isi tanggal.")
                )
        if said.get("password") and said.get("drops_password"):
            self.add_error(
                "password", _("Pilih salah satu: ganti kata sandi, atau hapus.")
            )
        return said

    def content(self) -> ConditionContent:
        """Return the condition: a moment where a time was given, else a whole day."""
        said = self.cleaned_data
        opens_at, closes_at = self._moment("opens"), self._moment("closes")
        password = said["password"] or ("" if said["drops_password"] else None)
        return ConditionContent(
            opens_at=opens_at,
            opens_on=None if opens_at else said["opens_on"],
            closes_at=closes_at,
            closes_on=None if closes_at else said["closes_on"],
            password=password,
            supervision=said["supervision"],
        )

    def _moment(self, side: str) -> datetime | None:
        day, time = self.cleaned_data[f"{side}_on"], self.cleaned_data[f"{side}_time"]
        if day is None or time is None:
            return None
        try:
            return timezone.make_aware(datetime.combine(day, time))
        except (OverflowError, ValueError) as impossible:
            raise ValidationError(str(impossible)) from impossible


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
