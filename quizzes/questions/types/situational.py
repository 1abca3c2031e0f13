"""Situational judgement: every option is worth something, one is best."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types.checking import (
    option_problems,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.one_option import OneOption
from quizzes.questions.types.protocol import Mark, OptionView, QuestionView
from quizzes.questions.types.shares import MOST_POINTS, NOTHING, earned, in_words


class Situational(OneOption):
    """One of several ways to act; the value is the key of the option chosen.

    Options are worth 0 to 5 points, as civil service tests count them, and the
    fraction is points / 5; the best is 5.
    """

    name = "situational"
    label = "Penilaian situasi"

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give what the chosen option is worth."""
        for option in question.options:
            if option.key == value:
                points = in_words(option.fraction * MOST_POINTS)
                said = f"Pilihan Anda bernilai {points} dari {MOST_POINTS}"
                return earned(option.fraction, said)
        return Mark(NOTHING)

    def rule(self, question: QuestionView) -> str:
        """Say that the options are worth more or less."""
        return (
            "Pilih tindakan yang paling baik. "
            f"Tiap pilihan bernilai 0 sampai {MOST_POINTS}."
        )

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two options or more, whole points, and a best one."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "pilihan"),
            *text_problems(question.options, "pilihan"),
            *_point_problems(question.options),
        ]
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua pilihan. Tambahkan pilihan jawaban.")
        return found


def _point_problems(options: Sequence[OptionView]) -> Iterator[str]:
    whole = {Decimal(points) / MOST_POINTS for points in range(MOST_POINTS + 1)}
    for option in options:
        if option.fraction not in whole:
            yield (
                f"Nilai pilihan “{option.key}” bukan bilangan bulat 0 sampai 5. "
                "Tulis 0, 1, 2, 3, 4, atau 5."
            )
    if not any(option.fraction == 1 for option in options):
        yield "Belum ada pilihan bernilai 5. Beri pilihan terbaik nilai 5."
