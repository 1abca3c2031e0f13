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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from quizzes.questions.types.numbers import is_plain_number
from quizzes.questions.types.shares import plain_number, stored_share

MoodleKind = Literal[
    "choice", "choices", "truefalse", "text", "number", "match", "order", "gaps"
]

TRUE_TEXT, FALSE_TEXT = "Benar", "Salah"
_MOST_DIGITS = 20


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

    kind: MoodleKind
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


def percent_of(share: Decimal) -> str:
    """Return a share of 1 as a percentage, such as "33.3333"."""
    return f"{plain_number(stored_share(share) * 100):f}"


def machine_number(text: str) -> str | None:
    """Return a number in the plain form of our accepted numbers, None if it is none.

    "1.5e2" becomes "150"; what is plain already stays as it is written.
    """
    words = text.strip().replace(",", ".")
    if is_plain_number(words):
        return words
    try:
        number = Decimal(words)
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            return None
        return f"{plain_number(number):f}"
    except InvalidOperation:
        return None
