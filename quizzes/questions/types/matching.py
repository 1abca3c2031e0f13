"""Matching: every row has the choice it belongs with."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types.checking import (
    option_problems,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import mark_parts, parse_parts, said_parts
from quizzes.questions.types.protocol import (
    Choice,
    Mark,
    OptionView,
    Place,
    QuestionView,
)
from quizzes.questions.types.shares import NOTHING

ROW, CHOICE = "row", "choice"


class Matching:
    """Rows and choices; the value is {row key: choice key}.

    Several rows may share a choice and some choices may belong to none. Right rows /
    rows (Moodle, `question/type/match/question.php`).
    """

    name = "matching"
    label = "Menjodohkan"
    control = "rows"
    scorings: Mapping[str, str] = {}

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the rows, each with every choice."""
        choices = _of(question, CHOICE)
        return [
            Place(
                row.key,
                [Choice(c.key, c.text, Decimal(c.key == row.match)) for c in choices],
                label=row.text,
                option=row.key,
            )
            for row in _of(question, ROW)
        ]

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the choice of each row answered."""
        return parse_parts(self.places(question), raw)

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the choice of each row."""
        return said_parts(value)

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give every right row the same share."""
        if value is None:
            return Mark(NOTHING)
        return mark_parts(self.places(question), value, "pasangan")

    def rule(self, question: QuestionView) -> str:
        """Say that every row counts the same."""
        return "Pilih pasangan tiap baris. Tiap pasangan yang tepat bernilai sama."

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two rows and two choices or more, and a choice for every row."""
        rows, choices = _of(question, ROW), _of(question, CHOICE)
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "baris atau pilihan"),
            *text_problems(rows, "baris"),
            *text_problems(choices, "pilihan"),
            *_match_problems(rows, choices),
        ]
        if len(rows) + len(choices) < len(question.options):
            found.append(
                "Ada bagian yang bukan baris dan bukan pilihan. "
                "Tulis kelompoknya: row atau choice."
            )
        if len(rows) < 2 or len(choices) < 2:
            found.append(
                "Butuh sedikitnya dua baris dan dua pilihan. Tambahkan yang kurang."
            )
        return found


def _of(question: QuestionView, group: str) -> list[OptionView]:
    return [option for option in question.options if option.group == group]


def _match_problems(
    rows: Sequence[OptionView], choices: Sequence[OptionView]
) -> Iterator[str]:
    keys = {choice.key for choice in choices}
    for row in rows:
        if not row.match:
            yield f"Baris “{row.key}” belum punya pasangan. Pilih pasangannya."
        elif row.match not in keys:
            yield (
                f"Pasangan baris “{row.key}” tidak ada: “{row.match}”. "
                "Pilih salah satu pilihan soal ini."
            )
