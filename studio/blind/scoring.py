"""How often the answers of a sheet agree with its key. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lib.proportions import wilson
from studio.blind.kinds import KINDS
from studio.blind.sheets import LETTERS

NONE_IS_RIGHT = "-"
"""Said where no letter is right."""
_SEPARATORS = re.compile(r"[\s,;.>/()]+")


class UnreadableAnswer(ValueError):
    """What stands in the column of answers is none; the message says what would be."""


@dataclass(frozen=True)
class KeyRow:
    """A line of the key file."""

    number: int
    course: str
    question: str
    type: str
    options: int
    key: str


@dataclass(frozen=True)
class Answer:
    """What was said of a question; "" for nothing."""

    said: str
    is_doubtful: bool


@dataclass(frozen=True)
class Score:
    """How often answers agreed with the key, and how often chance would have."""

    answered: int
    agreed: int
    doubtful: int
    expected: float

    @property
    def share(self) -> float:
        """The share that agreed, from 0 to 1."""
        return self.agreed / self.answered if self.answered else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval (Wilson)."""
        return wilson(self.agreed, self.answered)


def read_letters(written: str, *, type: str, options: int) -> str:
    """Return an answer as the key file writes it; "" where nothing was said.

    Raises UnreadableAnswer for letters that the question does not have, said twice,
    or too many.
    """
    letters = _SEPARATORS.sub("", written.casefold())
    kind, known = KINDS[type], LETTERS[:options]
    if letters in {"", NONE_IS_RIGHT}:
        return letters
    if set(letters) - set(known):
        raise UnreadableAnswer(f"Pakai huruf a sampai {known[-1]}.")
    if len(set(letters)) < len(letters):
        raise UnreadableAnswer("Tulis tiap huruf sekali.")
    if kind.most is not None and len(letters) > kind.most:
        raise UnreadableAnswer("Tulis satu huruf.")
    if kind.is_sequence and len(letters) != options:
        raise UnreadableAnswer(f"Tulis {options} huruf menurut urutannya.")
    return letters if kind.is_sequence else "".join(sorted(letters))


def score(keys: Sequence[KeyRow], answers: Mapping[int, Answer]) -> Score:
    """Return how the answered ones of these questions were solved."""
    answered = [row for row in keys if answers[row.number].said]
    return Score(
        answered=len(answered),
        agreed=sum(answers[row.number].said == row.key for row in answered),
        doubtful=sum(answers[row.number].is_doubtful for row in answered),
        expected=float(sum((_chance(row) for row in answered), Fraction(0))),
    )


def disagreements(
    keys: Sequence[KeyRow], answers: Mapping[int, Answer]
) -> list[tuple[KeyRow, Answer]]:
    """Return what was answered otherwise than the key says, or with a doubt."""
    return [
        (row, answers[row.number])
        for row in keys
        if answers[row.number].is_doubtful
        or answers[row.number].said not in {"", row.key}
    ]


def _chance(row: KeyRow) -> Fraction:
    return KINDS[row.type].chance(row.options)
