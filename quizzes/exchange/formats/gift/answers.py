"""What stands between the braces of a GIFT question.

The order of the tests, the weights and the meaning of feedback are Moodle's
(`question/format/gift/format.php`): anything with `~` is a choice, of several answers
where no `=` marks one, `#` first means numbers, `->` pairs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.exchange.formats.gift.signs import FORMAT, literal
from quizzes.exchange.formats.moodle.question import (
    DEFAULT_GRADING,
    FALSE_TEXT,
    TRUE_TEXT,
    MoodleAnswer,
    MoodleKind,
    MoodlePair,
    MoodleQuestion,
    fewer_steps_loss,
    machine_number,
    other_numbers_loss,
)
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.types.shares import plain_number, read_share

_TRUE_OR_FALSE = re.compile(r"(?P<word>T|TRUE|F|FALSE)(?:#(?P<rest>.*))?", re.S | re.I)
# As Moodle's: anything else between two percent signs is text.
WEIGHT = re.compile(r"\s*(?:=\s*)?%(?P<percent>-?[0-9]+(?:[.,][0-9]*)?)%")
_NOT_A_NUMBER = "Angka “{}” tidak terbaca. Tulis misalnya 3.14:0.01 atau 1..5."


# `>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none`, then a step a line.
_ORDER = re.compile(r">[ \t]*\d{1,4}(?=\s)")
_SELECTIONS = frozenset({"ALL", "RANDOM", "CONTIGUOUS"})
# What Moodle understands there; a word in small letters changes no mark.
_ORDER_WORDS: Mapping[str, str] = {
    **{one: one for one in _SELECTIONS},
    "EXACT": "ALL",
    "REL": "RANDOM",
    "CONTIG": "CONTIGUOUS",
    **dict.fromkeys(("HORIZONTAL", "HORI", "H", "VERTICAL", "VERT", "V"), "layout"),
    **dict.fromkeys(("SHOW", "HIDE", "TRUE", "FALSE", "YES", "NO"), "details"),
    **dict.fromkeys(("NONE", "123", "ABC", "III", "0", "1"), "numbering"),
    "ABS": "ABSOLUTE_POSITION",
    "ABSOLUTE": "ABSOLUTE_POSITION",
    **{
        one: one
        for one in (
            *("ALL_OR_NOTHING", "ABSOLUTE_POSITION", "RELATIVE_TO_CORRECT"),
            *("RELATIVE_NEXT_EXCLUDE_LAST", "RELATIVE_NEXT_INCLUDE_LAST"),
            *("RELATIVE_ONE_PREVIOUS_AND_NEXT", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
            *("LONGEST_ORDERED_SUBSET", "LONGEST_CONTIGUOUS_SUBSET"),
        )
    },
}


class NotHere(Exception):
    """A kind of question that cannot be taken over."""


@dataclass
class Answers:
    """Reads one answer block into `question`.

    `format` is that of the stem, which others have where they name none; `problems`
    and the losses of `texts` are added to.
    """

    question: MoodleQuestion
    texts: TextReader
    format: str
    problems: list[str]

    def parse(self, text: str) -> MoodleQuestion:
        """Return the question with its answers. Raises NotHere."""
        text = text.strip()
        if not text:
            raise NotHere("Soal uraian tidak dapat dinilai otomatis.")
        if text.startswith("#"):
            return self._numbers(text[1:])
        if _ORDER.match(text):
            return self._order(text)
        if "~" in text:
            return self._choices(text)
        if "=" in text and "->" in text:
            return self._pairs(text)
        said = _TRUE_OR_FALSE.fullmatch(text)
        if said:
            return self._true_or_false(said)
        return self._words(text)

    def read(self, piece: str) -> str:
        """Return the Markdown of a piece that may name its format."""
        found = FORMAT.match(piece)
        words = piece[found.end() :] if found else piece
        format = found["format"].lower() if found else self.format
        return self.texts.line(literal(words), format)

    def _choices(self, text: str) -> MoodleQuestion:
        is_single = "=" in text
        pieces = [one for one in text.replace("=", "~=").split("~") if one.strip()]
        answers = [self._answer(self._chosen(one)) for one in pieces]
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

    def _chosen(self, piece: str) -> tuple[str, Decimal]:
        """Return a choice without its weight; behind `=` Moodle reads none."""
        words, share = self._weight(piece, Decimal(0))
        if share == 1 or not piece.lstrip().startswith("="):
            return words, share
        text = piece.lstrip()[1:]
        self.texts.losses.append(
            f"Di Moodle bobot di belakang = (“{literal(text)[:20]}”) menjadi teks, dan "
            "pilihan itu bernilai penuh. Tulis ~ di depan bobotnya."
        )
        return text, Decimal(1)

    def _answer(self, weighed: tuple[str, Decimal]) -> MoodleAnswer:
        words, share = weighed
        text, feedback = _feedback(words)
        return MoodleAnswer(self.read(text), share, self.read(feedback))

    def _words(self, text: str) -> MoodleQuestion:
        answers = []
        for piece in _after_equals(text):
            words, share = self._weight(piece, Decimal(1))
            answer, feedback = _feedback(words)
            format = FORMAT.match(answer)
            typed = literal(answer[format.end() :] if format else answer)
            answers.append(
                MoodleAnswer(self.texts.own(typed), share, self.read(feedback))
            )
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
            # Moodle knows no format behind the arrow.
            words = self.texts.line(literal(match), "moodle")
            pairs.append(MoodlePair(self.read(row), words))
        return replace(self.question, kind="match", pairs=pairs)

    def _true_or_false(self, said: re.Match[str]) -> MoodleQuestion:
        is_true = said["word"].upper().startswith("T")
        if not said["word"].isupper():
            self.texts.losses.append(
                f"Di Moodle “{said['word']}” dengan huruf kecil menjadi isian singkat; "
                "di sini pilihan Benar dan Salah."
            )
        wrong, _sign, right = (said["rest"] or "").partition("#")
        feedback = {is_true: self.read(right), not is_true: self.read(wrong)}
        answers = [
            MoodleAnswer(word, Decimal(value == is_true), feedback[value])
            for word, value in ((TRUE_TEXT, True), (FALSE_TEXT, False))
        ]
        return replace(self.question, kind="truefalse", answers=answers)

    def _numbers(self, text: str) -> MoodleQuestion:
        answers = []
        text, tilde, others = text.partition("~")
        if tilde:
            self._other_numbers(others)
        for piece in _after_equals(text):
            words, share = self._weight(piece, Decimal(1))
            number, feedback = _feedback(words)
            if literal(number).partition(":")[0].strip() == "*":
                self.texts.losses.append(other_numbers_loss(share))
                continue
            answer = self._number(literal(number))
            answers.append(
                replace(answer, fraction=share, feedback=self.read(feedback))
            )
        return replace(self.question, kind="number", answers=answers)

    def _other_numbers(self, text: str) -> None:
        """Tell of what stands behind `~`: Moodle says it of any other number."""
        words, _share = self._weight(text, Decimal(0))
        answer, _feedback_words = _feedback(words)
        if "~" in text or "=" in text or answer.strip() not in {"", "*"}:
            self.problems.append(
                "Di soal angka tanda ~ hanya memulai umpan balik untuk angka lain, di "
                "belakang semua jawaban. Tulis tiap jawaban dengan = di depannya."
            )
        self.texts.losses.append(other_numbers_loss(Decimal(0)))

    def _order(self, text: str) -> MoodleQuestion:
        """Return steps in the right order, as Moodle's own export writes them."""
        head, _end, below = text.partition("\n")
        _sign, count, *words = head.replace(">", "> ", 1).split()
        grading = select = ""
        while words and words[0].upper() in _ORDER_WORDS:
            said = _ORDER_WORDS[words.pop(0).upper()]
            select = said if said in _SELECTIONS else select
            grading = said if said.isupper() and said not in _SELECTIONS else grading
        pieces = [" ".join(words), *below.split("\n")]
        # Whatever the stem is, Moodle takes a step as its own format.
        steps = [literal(one) for one in pieces if one.strip()]
        answers = [MoodleAnswer(self.texts.line(one, "moodle")) for one in steps]
        self.texts.losses += fewer_steps_loss(count, len(answers), select)
        grading = grading or DEFAULT_GRADING
        return replace(self.question, kind="order", answers=answers, grading=grading)

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
