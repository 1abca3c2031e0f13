"""Single choice: exactly one option is right."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.question_types.protocol import Mark, QuestionView, UnreadableResponse


class SingleChoice:
    """One of several options; the value is the key of the option chosen.

    The fraction of the chosen option, clamped to 0..1 (Moodle,
    `question/type/multichoice/question.php`).
    """

    name = "single_choice"
    label = "Pilihan ganda, satu jawaban"

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the option's key, or None when nothing was chosen."""
        chosen = [key for key in raw.get("answer", ()) if key]
        if not chosen:
            return None
        if len(chosen) > 1 or chosen[0] not in {o.key for o in question.options}:
            raise UnreadableResponse(chosen)
        return chosen[0]

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give the chosen option's fraction."""
        for option in question.options:
            if option.key == value:
                return Mark(min(Decimal(1), max(Decimal(0), option.fraction)))
        return Mark(Decimal(0))

    def rule(self, question: QuestionView) -> str:
        """Say that one answer is right."""
        return "Pilih satu jawaban yang paling tepat."

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two options or more and exactly one key."""
        found = []
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua pilihan. Tambahkan pilihan jawaban.")
        keys = [option for option in question.options if option.fraction == 1]
        if len(keys) != 1:
            found.append("Butuh tepat satu kunci. Tandai satu pilihan sebagai kunci.")
        return found
