"""Numeric: a number, within a tolerance of the ones that are accepted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lib.indonesian import format_number
from quizzes.questions.types.checking import option_problems, repeated, scoring_problems
from quizzes.questions.types.numbers import is_plain_number, read_number
from quizzes.questions.types.protocol import Mark, OptionView, Place, QuestionView
from quizzes.questions.types.shares import in_words
from quizzes.questions.types.typed import (
    answer_problems,
    best_of,
    class_of,
    parse_typed,
    said_typed,
    typed_place,
)

_TOLERANCE = re.compile(r"([0-9]{1,20}(\.[0-9]{1,12})?)%?")
_LONGEST_UNIT = 40


class Numeric:
    """A number to type; the value is the text as typed, with single spaces.

    The best accepted number within its tolerance wins. A tolerance in percent is of
    the accepted number (RELATE `course/page/text.py`, `rtol` and `atol`). The unit,
    and "%", may be typed or left out.
    """

    name = "numeric"
    label = "Isian angka"
    control = "text"
    scorings: Mapping[str, str] = {}

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the question as a whole."""
        return (typed_place(question),)

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the text as typed, a number or not."""
        return parse_typed(question, raw)

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the text."""
        return said_typed(value)

    def classify(
        self, question: QuestionView, value: Any
    ) -> Mapping[str, Sequence[str]]:
        """Return the accepted number the text comes near to."""
        return class_of(value, _accepted(question, _read(question, value)))

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give the fraction of the best accepted number, and say what was read."""
        if not isinstance(value, str):
            return Mark(Decimal(0))
        number = _read(question, value)
        if number is None:
            return Mark(
                Decimal(0),
                f"“{value}” tidak terbaca sebagai angka. "
                "Tulis angkanya saja, misalnya 1.234,5.",
            )
        accepted = _accepted(question, number)
        fraction = max(accepted.fraction, Decimal(0)) if accepted else Decimal(0)
        read = f"Jawaban Anda terbaca sebagai {_said(number)}"
        part = f": nilai {in_words(fraction)} dari 1" if 0 < fraction < 1 else ""
        return Mark(fraction, f"{read}{part}.")

    def rule(self, question: QuestionView) -> str:
        """Say how a number is written."""
        return "Tulis angka saja, misalnya 1.234,5. Koma memisahkan desimal."

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for numbers and tolerances that can be read."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "jawaban"),
            *answer_problems(question.options),
            *_number_problems(question.options),
        ]
        unit = question.settings.get("unit", "")
        if not isinstance(unit, str) or len(unit) > _LONGEST_UNIT:
            found.append(
                "Satuan jawaban tidak terbaca. "
                f"Tulis dengan kata, paling banyak {_LONGEST_UNIT} tanda."
            )
        return found


def _read(question: QuestionView, value: Any) -> Decimal | None:
    if not isinstance(value, str):
        return None
    text = " ".join(value.split()).casefold()
    for unit in (question.settings.get("unit", ""), "%"):
        if isinstance(unit, str) and unit:
            folded = " ".join(unit.split()).casefold()
            text = text.removesuffix(folded).removeprefix(folded).strip()
    return read_number(text)


def _accepted(question: QuestionView, number: Decimal | None) -> OptionView | None:
    if number is None:
        return None
    return best_of(o for o in question.options if _is_near(o, number))


def _is_near(option: OptionView, number: Decimal) -> bool:
    if not is_plain_number(option.text.strip()):
        return False
    accepted = Decimal(option.text.strip())
    return abs(number - accepted) <= _tolerance(option.match, accepted)


def _tolerance(text: str, accepted: Decimal) -> Decimal:
    match = _TOLERANCE.fullmatch(text)
    if match is None:
        return Decimal(0)
    size = Decimal(match[1])
    return abs(accepted) * size / 100 if text.endswith("%") else size


def _said(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return format_number(number, decimals)


def _number_problems(options: Sequence[OptionView]) -> Iterator[str]:
    for option in options:
        if option.text.strip() and not is_plain_number(option.text.strip()):
            yield (
                f"Jawaban “{option.text}” bukan angka. "
                "Tulis tanpa pemisah ribuan dan dengan titik desimal, misalnya 9.6."
            )
        if option.match and not _TOLERANCE.fullmatch(option.match):
            yield (
                f"Toleransi “{option.match}” bukan angka. "
                "Tulis misalnya 0, 0.5, atau 5%."
            )
    for text in repeated(f"{o.text.strip()} ± {o.match or 0}" for o in options):
        yield f"Dua jawaban sama: “{text}”. Hapus salah satu."
