"""A set of statements, each true or false."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizzes.questions.types.checking import (
    binary_problems,
    option_problems,
    scoring_of,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import (
    ALL_OR_NOTHING,
    count_right,
    mark_parts,
    parse_parts,
    said_parts,
)
from quizzes.questions.types.protocol import Choice, Mark, Place, QuestionView
from quizzes.questions.types.shares import EVERYTHING, NOTHING, earned

TRUE, FALSE = "benar", "salah"
PARTS, KPRIM = "parts", "kprim"
# Below this one error of two would earn as much as a coin.
_FEWEST_FOR_KPRIM = 3
_ONE_ERROR = Fraction(1, 2)
_RULES: Mapping[str, str] = {
    PARTS: "Tentukan benar atau salah. Tiap pernyataan bernilai sama.",
    ALL_OR_NOTHING: (
        "Tentukan benar atau salah. Nilai diberikan hanya jika semuanya tepat."
    ),
    KPRIM: (
        "Tentukan benar atau salah. Semua tepat bernilai penuh, satu keliru bernilai "
        "setengah, lebih dari satu keliru bernilai 0. Yang kosong dihitung keliru."
    ),
}


class TrueFalseSet:
    """Statements to judge; the value is {option key: `benar` or `salah`}.

    `kprim` gives half for one error and nothing for more (Krebs 1997; ILIAS,
    "Kprim-Frage"); a statement left blank is an error.
    """

    name = "true_false_set"
    label = "Benar atau salah"
    control = "rows"
    scorings: Mapping[str, str] = {
        PARTS: "Tiap pernyataan bernilai sama",
        ALL_OR_NOTHING: "Semua tepat atau nol",
        KPRIM: "Kprim: satu keliru setengah nilai",
    }

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the statements."""
        return [
            Place(
                option.key,
                (
                    Choice(TRUE, "Benar", option.fraction),
                    Choice(FALSE, "Salah", 1 - option.fraction),
                ),
                label=option.text,
                option=option.key,
            )
            for option in question.options
        ]

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the judgement of each statement answered."""
        return parse_parts(self.places(question), raw)

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the judgement of each statement."""
        return said_parts(value)

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark the judgements by the question's rule."""
        places = self.places(question)
        scoring = scoring_of(question, self.scorings)
        if value is None or not places:
            return Mark(NOTHING)
        if scoring == PARTS:
            return mark_parts(places, value, "pernyataan")
        right = count_right(places, value)
        errors = len(places) - right
        share = NOTHING if errors else EVERYTHING
        if scoring == KPRIM and errors == 1:
            share = _ONE_ERROR
        return earned(share, f"{right} dari {len(places)} pernyataan tepat")

    def rule(self, question: QuestionView) -> str:
        """Say what an error costs."""
        return _RULES[scoring_of(question, self.scorings)]

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for statements that are true or false, three or more under `kprim`."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "pernyataan"),
            *text_problems(question.options, "pernyataan"),
            *binary_problems(question.options, "pernyataan"),
        ]
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua pernyataan. Tambahkan pernyataan.")
        elif question.scoring == KPRIM and len(question.options) < _FEWEST_FOR_KPRIM:
            found.append(
                "Aturan Kprim butuh sedikitnya tiga pernyataan. "
                "Tambahkan pernyataan atau pilih aturan lain."
            )
        return found
