"""Multiple response: any number of the options is right, also none."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types import balanced
from quizzes.questions.types.checking import (
    binary_problems,
    option_problems,
    scoring_of,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import ALL_OR_NOTHING
from quizzes.questions.types.protocol import Choice, Mark, Place, QuestionView
from quizzes.questions.types.reading import NONE, read_places
from quizzes.questions.types.shares import NOTHING, earned, in_words

FRACTIONS = "fractions"
_WORDS = balanced.Words(
    right="yang benar",
    wrong="yang salah",
    chosen="dipilih",
    none="tidak ada yang benar",
)
# Thirds are written 0.333333: sums this near to 1 are 1.
_ROUNDING = Decimal("0.001")
_RULES: Mapping[str, str] = {
    balanced.BALANCED: (
        "Pilih semua yang benar. Tiap pilihan benar menambah nilai, "
        "tiap pilihan salah menguranginya. Nilai terendah 0."
    ),
    ALL_OR_NOTHING: (
        "Pilih semua yang benar. Nilai diberikan hanya jika semuanya tepat."
    ),
    FRACTIONS: (
        "Pilih semua yang benar. Tiap pilihan punya bobot sendiri, dan pilihan "
        "yang salah dapat mengurangi nilai. Nilai terendah 0."
    ),
}


class MultipleResponse:
    """Several of several options; the value is the list of their keys.

    The empty list is the explicit "none is right", which Moodle's marking cannot
    take and which is not offered under `fractions`: the sum of the chosen options'
    fractions, clamped to 0..1 (Moodle, `question/type/multichoice/question.php`,
    class `qtype_multichoice_multi_question`). The other rules are `balanced`'s.
    """

    name = "multiple_response"
    label = "Pilihan ganda, beberapa jawaban"
    control = "choices"
    scorings: Mapping[str, str] = {
        **balanced.SCORINGS,
        FRACTIONS: "Bobot tiap pilihan",
    }

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the question as a whole, with "none" where it is offered."""
        choices = [Choice(o.key, o.text, o.fraction) for o in question.options]
        if scoring_of(question, self.scorings) != FRACTIONS:
            is_none = all(option.fraction != 1 for option in question.options)
            choices.append(Choice(NONE, "Tidak ada yang benar", Decimal(is_none)))
        return (Place("", choices, many=True),)

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the keys in stored order, [] for "none", None when left blank."""
        chosen = read_places(self.places(question), raw).get("")
        return [key for key in chosen if key != NONE] if chosen else None

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the options chosen, or "none"."""
        return {} if value is None else {"": tuple(value) or (NONE,)}

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark the options chosen by the question's rule."""
        if not isinstance(value, list):
            return Mark(NOTHING)
        scoring = scoring_of(question, self.scorings)
        if scoring == FRACTIONS:
            return _mark_fractions(question, value)
        if scoring == ALL_OR_NOTHING:
            return balanced.mark_whole(question.options, value, _WORDS)
        return balanced.mark_balanced(question.options, value, _WORDS)

    def rule(self, question: QuestionView) -> str:
        """Say what right and wrong choices do."""
        return _RULES[scoring_of(question, self.scorings)]

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two options or more, and for weights that sum to 1."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "pilihan"),
            *text_problems(question.options, "pilihan"),
        ]
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua pilihan. Tambahkan pilihan jawaban.")
        if scoring_of(question, self.scorings) == FRACTIONS:
            return [*found, *_weight_problems(question)]
        return [*found, *binary_problems(question.options, "pilihan")]


def _mark_fractions(question: QuestionView, chosen: Sequence[str]) -> Mark:
    weights = [o.fraction for o in question.options if o.key in chosen]
    total = sum(weights, Decimal(0))
    if abs(total - 1) <= _ROUNDING:
        total = Decimal(1)
    words = " + ".join(in_words(weight) for weight in weights) or "0"
    return earned(total, f"Bobot pilihan Anda {words.replace('+ -', '- ')}")


def _weight_problems(question: QuestionView) -> Iterator[str]:
    fractions = [o.fraction for o in question.options if o.fraction.is_finite()]
    total = sum((f for f in fractions if f > 0), Decimal(0))
    if abs(total - 1) > _ROUNDING:
        yield (
            f"Bobot pilihan yang benar berjumlah {in_words(100 * total)}%. "
            "Ubah agar jumlahnya 100%."
        )
