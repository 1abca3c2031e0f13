"""The question types that can be answered with letters on a sheet. Plain Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from quizzes.questions import OptionContent, QuestionContent


@dataclass(frozen=True)
class Kind:
    """How a type is answered: what the sheet asks for, and by chance how often right.

    `is_sequence`: the order of the letters counts; `most` letters may be said.
    """

    asks: str
    chance: Callable[[int], Fraction]
    most: int | None = None
    is_sequence: bool = False


_ONE = Kind("satu huruf", lambda n: Fraction(1, n), most=1)
_SEVERAL = "semua huruf yang tepat; - bila tidak ada"
KINDS: Mapping[str, Kind] = {
    "single_choice": _ONE,
    "situational": _ONE,
    "multiple_response": Kind(_SEVERAL, lambda n: Fraction(1, 2**n)),
    "true_false_set": Kind(
        "huruf pernyataan yang benar; - bila tidak ada", lambda n: Fraction(1, 2**n)
    ),
    "mark_text": Kind(_SEVERAL, lambda n: Fraction(1, 2**n)),
    "ordering": Kind(
        "urutan huruf", lambda n: Fraction(1, factorial(n)), is_sequence=True
    ),
}


def key_of(content: QuestionContent) -> tuple[str, ...]:
    """Return the keys of the options that are right; of an order all, in order.

    Of a question with one answer the best option; the first of equally good ones.
    """
    options = content.options
    if content.type == "ordering":
        return tuple(option.key for option in options)
    if KINDS[content.type].most == 1:
        best = max(options, key=_worth)
        return (best.key,)
    return tuple(option.key for option in options if option.fraction > 0)


def _worth(option: OptionContent) -> Fraction:
    return Fraction(option.fraction)
