"""A question in Moodle's terms: what GIFT and Moodle XML have in common.

Seven of our eleven types are Moodle's own. The others are written as the nearest of
them (`to_moodle`); what Moodle cannot say travels beside as `extras`, which Moodle
skips and `from_moodle` puts back. Texts stand once, in Moodle's own places, so that
an edit made outside is an edit.

`extras` is a JSON object: `type`, `scoring`, `objective`, `level`, `pillar`, `sources`,
`checked`, `settings`, `expected` (untrained, trained), `enemies`, and `options`, a list
of objects in stored order with `key` and whichever of `group`, `match`, `fraction`,
`feedback` Moodle has no place for; `weight` is what stands in the file instead of a
`fraction` that Moodle does not take; `gaps` and `scenes` list the keys behind the
numbers `[[1]]`, `[[2]]` in the stem. `order` is there where typed answers were written
by worth: the stored place of each of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from lib import markdown
from quizzes.questions.types.numbers import is_plain_number
from quizzes.questions.types.shares import plain_number, stored_share

MoodleKind = Literal[
    "choice", "choices", "truefalse", "text", "number", "match", "order", "gaps"
]

FIRST_MATCH = (
    "Di Moodle jawaban pertama yang cocok dipakai; di sini yang nilainya paling tinggi."
)
# What an ordering question that names none is marked by in Moodle.
DEFAULT_GRADING = "RELATIVE_NEXT_EXCLUDE_LAST"
TRUE_TEXT, FALSE_TEXT = "Benar", "Salah"
_MOST_DIGITS = 20
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=\S)")


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


def shown_percent(share: Decimal) -> str:
    """Return a share of 1 as a percentage to be read, such as "33,3333"."""
    return percent_of(share).replace(".", ",")


def amount_of(text: str, tolerance: str) -> str:
    """Return a tolerance as an amount: 5% of 200 is "10", "" is "0"."""
    if not tolerance.endswith("%"):
        return tolerance or "0"
    amount = abs(Decimal(text)) * Decimal(tolerance[:-1]) / 100
    return f"{plain_number(amount):f}"


def choice_words(text: str) -> str:
    """Return the words of a choice where Moodle knows no marks and takes tags away.

    What looks like a tag or an entity, such as "<5 hari", is kept from being one.
    """
    words = _ENTITY.sub("&amp;", markdown.plain_line(text))
    return _TAG.sub("&lt;", words)


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


def with_literal_stars(text: str) -> str:
    """Return an accepted answer as Moodle takes it literally: there `*` is any text."""
    return text.replace("*", r"\*")


def without_literal_stars(text: str) -> str:
    """Return what `with_literal_stars` was given."""
    return text.replace(r"\*", "*")


def other_numbers_loss(share: Decimal) -> str:
    """Say what goes with an answer `*`, which takes every other number."""
    if share:
        return (
            f"Di Moodle angka lain (jawaban *) bernilai {shown_percent(share)}%; di "
            "sini hanya angka yang ditulis bernilai. Tambahkan angkanya bila perlu."
        )
    return "Jawaban * (angka lain) tidak ikut. Tulis umpan baliknya di pembahasan."


def fewer_steps_loss(count: str, steps: int, selection: str) -> list[str]:
    """Say where Moodle shows only some of the steps; with ALL its count is not used."""
    is_fewer = count.isdecimal() and 0 < int(count) < steps
    if selection == "ALL" or not is_fewer:
        return []
    return [f"Moodle menampilkan {count} langkah saja. Di sini semuanya ditampilkan."]
