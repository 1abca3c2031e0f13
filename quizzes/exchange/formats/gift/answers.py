"""What stands between the braces of a GIFT question.

The order of the tests, the weights and the meaning of feedback are Moodle's
(`question/format/gift/format.php`): anything with `~` is a choice, of several answers
where no `=` marks one, `#` first means numbers, `->` pairs.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.exchange.formats.gift.signs import literal
from quizzes.exchange.formats.moodle.question import (
    FALSE_TEXT,
    TRUE_TEXT,
    MoodleAnswer,
    MoodleKind,
    MoodlePair,
    MoodleQuestion,
    machine_number,
)
from quizzes.questions.types.shares import plain_number, read_share

_TRUE_OR_FALSE = re.compile(r"(?P<word>T|TRUE|F|FALSE)(?:#(?P<rest>.*))?", re.S | re.I)
# As Moodle's: anything else between two percent signs is text.
WEIGHT = re.compile(r"\s*(?:=\s*)?%(?P<percent>-?[0-9]+(?:[.,][0-9]*)?)%")
_NOT_A_NUMBER = "Angka “{}” tidak terbaca. Tulis misalnya 3.14:0.01 atau 1..5."


class NotHere(Exception):
    """A kind of question that cannot be taken over."""


@dataclass
class Answers:
    """Reads one answer block into `question`.

    `read` gives the Markdown of a piece, `problems` is added to.
    """

    question: MoodleQuestion
    read: Callable[[str], str]
    problems: list[str]

    def parse(self, text: str) -> MoodleQuestion:
        """Return the question with its answers. Raises NotHere."""
        text = text.strip()
        if not text:
            raise NotHere("Soal uraian tidak dapat dinilai otomatis.")
        if text.startswith("#"):
            return self._numbers(text[1:])
        if "~" in text:
            return self._choices(text)
        if "=" in text and "->" in text:
            return self._pairs(text)
        said = _TRUE_OR_FALSE.fullmatch(text)
        if said:
            return self._true_or_false(said)
        return self._words(text)

    def _choices(self, text: str) -> MoodleQuestion:
        is_single = "=" in text
        pieces = [one for one in text.replace("=", "~=").split("~") if one.strip()]
        answers = [self._answer(one, self._weight(one, Decimal(0))) for one in pieces]
        kind: MoodleKind = "choice" if is_single else "choices"
        return replace(self.question, kind=kind, answers=answers)

    def _weight(self, piece: str, otherwise: Decimal) -> tuple[str, Decimal]:
        """Return a piece without its weight, and the weight."""
        found = WEIGHT.match(piece)
        if found:
            share = read_share(found["percent"])
            if share is None:
                self.problems.append(
                    f"Bobot “%{found['percent'][:20]}%” terlalu besar. "
                    "Tulis misalnya %50% atau %-33.33333%."
                )
            return piece[found.end() :], share or Decimal(0)
        if piece.lstrip().startswith("="):
            return piece.lstrip()[1:], Decimal(1)
        return piece, otherwise

    def _answer(self, _piece: str, weighed: tuple[str, Decimal]) -> MoodleAnswer:
        words, share = weighed
        text, feedback = _feedback(words)
        return MoodleAnswer(self.read(text), share, self.read(feedback))

    def _words(self, text: str) -> MoodleQuestion:
        answers = []
        for piece in _after_equals(text):
            words, share = self._weight(piece, Decimal(1))
            answer, feedback = _feedback(words)
            answers.append(MoodleAnswer(literal(answer), share, self.read(feedback)))
        return replace(self.question, kind="text", answers=answers)

    def _pairs(self, text: str) -> MoodleQuestion:
        pairs = []
        for piece in _after_equals(text):
            row, arrow, match = piece.partition("->")
            if not arrow:
                self.problems.append(
                    f"Pasangan “{literal(piece)[:60]}” tidak memakai tanda ->. "
                    "Tulis =baris -> pasangannya."
                )
                continue
            pairs.append(MoodlePair(self.read(row), self.read(match)))
        return replace(self.question, kind="match", pairs=pairs)

    def _true_or_false(self, said: re.Match[str]) -> MoodleQuestion:
        is_true = said["word"].upper().startswith("T")
        wrong, _sign, right = (said["rest"] or "").partition("#")
        feedback = {is_true: self.read(right), not is_true: self.read(wrong)}
        answers = [
            MoodleAnswer(word, Decimal(value == is_true), feedback[value])
            for word, value in ((TRUE_TEXT, True), (FALSE_TEXT, False))
        ]
        return replace(self.question, kind="truefalse", answers=answers)

    def _numbers(self, text: str) -> MoodleQuestion:
        answers = []
        for piece in _after_equals(text):
            words, share = self._weight(piece, Decimal(1))
            number, feedback = _feedback(words)
            answer = self._number(literal(number))
            answers.append(
                replace(answer, fraction=share, feedback=self.read(feedback))
            )
        return replace(self.question, kind="number", answers=answers)

    def _number(self, text: str) -> MoodleAnswer:
        low, dots, high = text.partition("..")
        if dots:
            ends = machine_number(low), machine_number(high)
            if ends[0] is not None and ends[1] is not None:
                return number_between(Decimal(ends[0]), Decimal(ends[1]))
        value, _colon, tolerance = text.partition(":")
        number, amount = machine_number(value), machine_number(tolerance or "0")
        if dots or number is None or amount is None:
            self.problems.append(_NOT_A_NUMBER.format(text[:40]))
            return MoodleAnswer(text[:40])
        return MoodleAnswer(number, tolerance=amount)


def number_between(low: Decimal, high: Decimal) -> MoodleAnswer:
    """Return a range as its middle and what may be missing to either side."""
    middle, half = (low + high) / 2, abs(high - low) / 2
    return MoodleAnswer(
        f"{plain_number(middle):f}", tolerance=f"{plain_number(half):f}"
    )


def _after_equals(text: str) -> Iterable[str]:
    """Yield the answers; those with weights keep them where `=` stood before."""
    return [piece for piece in text.split("=") if piece.strip()]


def _feedback(piece: str) -> tuple[str, str]:
    words, _sign, feedback = piece.partition("#")
    return words, feedback
