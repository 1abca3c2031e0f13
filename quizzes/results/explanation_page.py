"""What the page with the reasons of one question shows."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.bank.rows import wording_of
from quizzes.kinds import RepairKind
from quizzes.marking.papers import repairs_of
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, AttemptItem, QuestionVersion
from quizzes.questions.explanation import Explanation, explain
from quizzes.questions.wording import Wording
from quizzes.results.submitted import ExplanationChip, chips_of, load

_REPAIRS = {
    RepairKind.CORRECTED: (
        "Kunci soal ini dikoreksi. Nilai yang lebih tinggi yang dipakai."
    ),
    RepairKind.ALL_RIGHT: "Soal ini keliru, jadi semua jawaban mendapat nilai penuh.",
    RepairKind.DISREGARDED: (
        "Soal ini keliru dan tidak dihitung, kecuali menaikkan nilai Anda."
    ),
}


@dataclass(frozen=True)
class ExplanationPage:
    """One question with its key and the reasons.

    `repair_note` says what became of a question that was found to be flawed.
    """

    quiz_title: str
    position: int
    total: int
    explanation: Explanation
    points: Fraction
    max_points: Decimal
    repair_note: str
    chips: list[ExplanationChip]
    previous_url: str | None
    next_url: str | None
    result_url: str
    inquiry_url: str


def explanation_page(attempt: Attempt, position: int) -> ExplanationPage | None:
    """Return one question with its key; None when it may not be seen."""
    loaded = load(attempt)
    if not loaded.shows_keys or not 1 <= position <= len(loaded.items):
        return None
    item = loaded.items[position - 1]
    save = current_saves(attempt).get(item.pk)
    chips = chips_of(loaded, current=position)
    return ExplanationPage(
        quiz_title=attempt.quiz.title,
        position=position,
        total=len(loaded.items),
        explanation=explain(
            _wording_of(item),
            save.value if save else None,
            order=item.option_order,
        ),
        points=item.points,
        max_points=item.max_points,
        repair_note=_repair_note(item),
        chips=chips,
        previous_url=chips[position - 2].url if position > 1 else None,
        next_url=chips[position].url if position < len(chips) else None,
        result_url=reverse("quizzes:attempt_result", args=[attempt.key]),
        inquiry_url=reverse("quizzes:question_inquiry", args=[attempt.key, position]),
    )


def _wording_of(item: AttemptItem) -> Wording:
    versions = QuestionVersion.objects.prefetch_related("options")
    return wording_of(versions.get(pk=item.question_version_id))


def _repair_note(item: AttemptItem) -> str:
    kinds = {repair.kind for repair in repairs_of([item.question_version_id])}
    return " ".join(_(words) for kind, words in _REPAIRS.items() if kind in kinds)
