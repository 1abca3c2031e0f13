"""Sheets to solve, and their key. Plain Python with a given seed."""

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from string import ascii_lowercase

from lib.markdown import plain_line
from quizzes.questions import QuestionContent, order_of
from studio.blind.kinds import KINDS, key_of

LETTERS = ascii_lowercase
_PLACE = re.compile(r"\[\[(?P<key>[^\[\]]*)\]\]")


@dataclass(frozen=True)
class Asked:
    """A question that may stand on a sheet."""

    course: str
    use: str
    content: QuestionContent


@dataclass(frozen=True)
class SheetRow:
    """A question on the sheet: its options by letter, and the right letters."""

    number: int
    asked: Asked
    stem: str
    options: tuple[str, ...]
    key: str

    @property
    def asks(self) -> str:
        """What kind of answer is expected."""
        return KINDS[self.asked.content.type].asks


@dataclass(frozen=True)
class BlindSheet:
    """A sheet; `code` tells it from every other one, in all of its files."""

    code: str
    rows: Sequence[SheetRow]


def make_sheet(
    pool: Sequence[Asked], *, seed: int, count: int | None, types: Collection[str]
) -> BlindSheet:
    """Draw so many questions of these types, all of them without a count.

    Questions and options stand in an order that the seed alone decides; steps that
    are to be put into order never in the right one. Types that cannot be answered
    with letters are left out. Raises ValueError for fewer questions than are wanted.
    """
    fitting = [
        one
        for one in pool
        if one.content.type in types
        and one.content.type in KINDS
        and len(one.content.options) <= len(LETTERS)
    ]
    if count is not None and count > len(fitting):
        raise ValueError(len(fitting))
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    drawn = chance.sample(fitting, len(fitting) if count is None else count)
    rows = [
        _row(number, one, chance.getrandbits(32)) for number, one in enumerate(drawn, 1)
    ]
    said = "\n".join(f"{row.asked.content.key} {row.key} {row.options}" for row in rows)
    return BlindSheet(sha256(said.encode()).hexdigest()[:8], rows)


def _row(number: int, asked: Asked, seed: int) -> SheetRow:
    content = asked.content
    keys = [option.key for option in content.options]
    kind = KINDS[content.type]
    order = order_of(keys, seed=seed, hides_order=kind.is_sequence)
    letters = dict(zip(order, LETTERS, strict=False))
    texts = {option.key: plain_line(option.text) for option in content.options}
    right = [letters[key] for key in key_of(content)]

    def passage(place: re.Match[str]) -> str:
        key = place["key"]
        return f"({letters[key]}) “{texts[key]}”" if key in letters else "…"

    return SheetRow(
        number=number,
        asked=asked,
        # As it is written: a table is read better with its lines.
        stem=_PLACE.sub(passage, content.stem).strip(),
        options=tuple(texts[key] for key in order),
        key="".join(right if kind.is_sequence else sorted(right)) or "-",
    )
