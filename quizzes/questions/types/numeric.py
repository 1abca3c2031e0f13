"""Numeric: a number, within a tolerance of the ones that are accepted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lib.indonesian import format_number
from quizzes.questions.types.checking import option_problems, repeated, scoring_problems
from quizzes.questions.types.numbers import is_plain_number, read_number
from quizzes.questions.types.protocol import Mark, OptionView, Place, QuestionView
from quizzes.questions.types.shares import NOTHING, in_words
from quizzes.questions.types.signs import plain_signs
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
# Names of one unit, the longest first: they are taken away in this order.
_MONEY = ("rupiah", "idr", "rp.", "rp")
_PERCENT = ("persen", "%")
_SCALES = ("ribu", "rb", "juta", "jt", "miliar", "milyar", "triliun")


class Numeric:
    """A number to type; the value is the text as typed, with single spaces.

    Of several accepted numbers within whose tolerance it lies, the one that earns most
    counts; Moodle takes the first one that fits, so files for Moodle list them by
    worth. A tolerance in percent is of the accepted number (RELATE
    `course/page/text.py`, `rtol` and `atol`). The question's unit may be typed or left
    out, another unit may not; "%" is a unit.
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
            return Mark(NOTHING)
        number = _read(question, value)
        if number is None:
            unread = _unread(question, value)
            return Mark(NOTHING, unread, unread)
        accepted = _accepted(question, number)
        fraction = max(Fraction(accepted.fraction), NOTHING) if accepted else NOTHING
        said = _said(number)
        is_as_typed = _without_unit(question, value) in _ways_to_write(number)
        read = "" if is_as_typed else f"“{value}” dibaca {said}."
        told = f"Jawaban Anda terbaca sebagai {said}" if is_as_typed else read[:-1]
        part = f": nilai {in_words(fraction)} dari 1" if 0 < fraction < 1 else ""
        return Mark(fraction, f"{told}{part}.", read)

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
    return read_number(_without_unit(question, value))


def _without_unit(question: QuestionView, value: str) -> str:
    """Return what was typed without the unit of the question, before or after it.

    A mark of money changes no number, so it may also stand where the question names no
    unit. A percent sign does: twelve percent is not twelve.
    """
    text = _folded_unit(value)
    sign = "-" if text.startswith("-") else ""
    text = text.removeprefix(sign).strip()
    for unit in _units(question):
        text = text.removesuffix(unit).strip()
        text = text.removeprefix(unit).strip()
    return sign + text


def _units(question: QuestionView) -> Sequence[str]:
    said = question.settings.get("unit", "")
    unit = _folded_unit(said) if isinstance(said, str) else ""
    for names in (_MONEY, _PERCENT):
        if unit in names:
            return names
    return [unit] if unit else _MONEY


def _folded_unit(text: str) -> str:
    return plain_signs(" ".join(text.split())).casefold()


def _unread(question: QuestionView, value: str) -> str:
    """Say why a text is no number, and what to type instead."""
    text = _folded_unit(value)
    scale = next((word for word in _SCALES if re.search(rf"\b{word}\b", text)), "")
    if scale and scale not in " ".join(_units(question)):
        return (
            f"“{value}” tidak terbaca sebagai angka karena kata “{scale}”. "
            "Tulis angkanya lengkap, misalnya 1.500.000."
        )
    is_percent = any(name in text for name in _PERCENT)
    if is_percent and "%" not in _units(question):
        return (
            f"“{value}” tidak terbaca sebagai angka: persen bukan satuan soal ini. "
            "Tulis angkanya saja, misalnya 1.234,5."
        )
    return (
        f"“{value}” tidak terbaca sebagai angka. Tulis angkanya saja, misalnya 1.234,5."
    )


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


def _ways_to_write(number: Decimal) -> set[str]:
    """Return how people write a number who mean what was read, unit left out."""
    said = plain_signs(_said(number))
    return {said, said.replace(".", ""), said.replace(".", " ")}


def _said(number: Decimal) -> str:
    """Return the number as this site writes it, without needless zeros."""
    decimals = f"{number:f}".partition(".")[2].rstrip("0")
    return format_number(number, len(decimals))


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
