"""A question in Moodle's terms: what GIFT and Moodle XML have in common.

Seven of our eleven types are Moodle's own. The others are written as the nearest of
them (`to_moodle`); what Moodle cannot say travels beside as `extras`, which Moodle
skips and `from_moodle` puts back. Texts stand once, in Moodle's own places, so that
an edit made outside is an edit.

`extras` is a JSON object: `type`, `scoring`, `objective`, `level`, `pillar`, `sources`,
`checked`, `settings`, and `options`, a list of objects in stored order with `key` and
whichever of `group`, `match`, `fraction`, `feedback` Moodle has no place for; `gaps`
and `scenes` list the keys behind the numbers `[[1]]`, `[[2]]` in the stem.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal

Kind = Literal[
    "choice", "choices", "truefalse", "text", "number", "match", "order", "gaps"
]

RIGHT, WRONG = "Benar", "Salah"
_PLAIN = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,12})?")
_MOST_DIGITS = 20
# As many digits as a stored fraction has.
_SMALLEST_SHARE = Decimal("0.000001")


@dataclass(frozen=True)
class MoodleAnswer:
    """An answer that is offered or accepted; `tolerance` is an amount, "" without.

    `group` is the number of its list where there are gaps.
    """

    text: str
    fraction: Decimal = Decimal(0)
    feedback: str = ""
    tolerance: str = ""
    group: str = ""


@dataclass(frozen=True)
class MoodlePair:
    """A row and what belongs to it; without `text` something that belongs nowhere."""

    text: str
    match: str


@dataclass(frozen=True)
class MoodleQuestion:
    """A question of one of Moodle's kinds; texts are Markdown.

    `choices` take several answers, `order` has its answers in the right order, the
    stem of `gaps` names answers by their number from 1, as `[[1]]`.
    """

    kind: Kind
    name: str
    stem: str
    answers: Sequence[MoodleAnswer] = ()
    pairs: Sequence[MoodlePair] = ()
    feedback: str = ""
    idnumber: str = ""
    tags: Sequence[str] = ()
    case_matters: bool = False
    grading: str = ""
    unit: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


def share_of(percent: str) -> Decimal | None:
    """Return a share of 1 for a percentage as Moodle writes it, None if it is none.

    Rounded to a millionth: Moodle writes a third as 33.33333.
    """
    try:
        number = Decimal(percent.strip().replace(",", ".")) / 100
        return plain_number(number.quantize(_SMALLEST_SHARE, ROUND_HALF_UP))
    except InvalidOperation:
        return None


def percent_of(share: Decimal) -> str:
    """Return a share of 1 as a percentage, such as "33.3333"."""
    rounded = share.quantize(_SMALLEST_SHARE, ROUND_HALF_UP)
    return f"{plain_number(rounded * 100):f}"


def plain_number(number: Decimal) -> Decimal:
    """Return the number without needless zeros or an exponent."""
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if whole else number.normalize()


def read_number(text: str) -> str | None:
    """Return a number in the plain form of our accepted numbers, None if it is none.

    "1.5e2" becomes "150"; what is plain already stays as it is written.
    """
    words = text.strip().replace(",", ".")
    if _PLAIN.fullmatch(words):
        return words
    try:
        number = Decimal(words)
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            return None
        return f"{plain_number(number):f}"
    except InvalidOperation:
        return None
