"""A stem with gaps in it: what is asked, and the text that is worked on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.questions.types import TYPES, gaps
from quizzes.questions.wording import Wording

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_VOID = {"br", "hr", "img"}
_WITH_GAPS = {"gaps", "marks"}


@dataclass(frozen=True)
class Stem:
    """`opening` holds the whole blocks before the first gap, `pieces` the rest."""

    opening: str
    pieces: Sequence[gaps.Piece] = ()


def stem_of(wording: Wording) -> Stem:
    """Cut the stem of a question that is answered inside its text."""
    if TYPES[wording.question.type].control not in _WITH_GAPS:
        return Stem(wording.stem)
    before = gaps.split(wording.stem)[0].html
    cut = _end_of_blocks(before)
    return Stem(wording.stem[:cut].strip(), gaps.split(wording.stem[cut:]))


def _end_of_blocks(html: str) -> int:
    """Return where the last block ends that is closed again."""
    depth = end = 0
    for tag in _TAG.finditer(html):
        if tag[2] in _VOID:
            continue
        depth += -1 if tag[1] else 1
        if not depth:
            end = tag.end()
    return end
