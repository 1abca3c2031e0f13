"""Single choice: exactly one option is right."""

from typing import Any

from quizzes.questions.types.checking import (
    option_problems,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.one_option import OneOption
from quizzes.questions.types.protocol import Mark, QuestionView
from quizzes.questions.types.shares import NOTHING, earned


class SingleChoice(OneOption):
    """One of several options; the value is the key of the option chosen.

    The fraction of the chosen option, clamped to 0..1 (Moodle,
    `question/type/multichoice/question.php`).
    """

    name = "single_choice"
    label = "Pilihan ganda, satu jawaban"

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give the chosen option's fraction."""
        for option in question.options:
            if option.key == value:
                is_part = 0 < option.fraction < 1
                said = "Pilihan Anda tepat sebagian" if is_part else ""
                return earned(option.fraction, said)
        return Mark(NOTHING)

    def rule(self, question: QuestionView) -> str:
        """Say that one answer is right."""
        return "Pilih satu jawaban yang paling tepat."

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two options or more and exactly one key."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "pilihan"),
            *text_problems(question.options, "pilihan"),
        ]
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua pilihan. Tambahkan pilihan jawaban.")
        keys = [option for option in question.options if option.fraction == 1]
        if len(keys) != 1:
            found.append("Butuh tepat satu kunci. Tandai satu pilihan sebagai kunci.")
        return found
