"""A lesson in its parts, and a rendered part around its practice questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.markdown.blocks import CHECK_CLASS, KEY
from lib.markdown.checking import find_structure_problems
from lib.markdown.masking import normalise, read_source
from lib.markdown.problems import MarkdownProblem
from lib.markdown.rendering import plain_line

OPENER_KEY = "pembuka"

_SECTION = re.compile(
    r"^## +(?P<title>.*?)[ \t]+\{#(?P<key>" + KEY.pattern + r")\}[ \t#]*$",
    re.MULTILINE,
)
_SLOT = re.compile(
    f'<div class="{CHECK_CLASS}" data-question="(?P<key>{KEY.pattern})"></div>'
)


@dataclass(frozen=True, slots=True)
class PartSource:
    """A part of a lesson: its key, its title as plain text, what stands below it.

    ``line`` is that of the first line of ``source``, for ``first_line`` of
    ``render``.
    """

    key: str
    title: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class CheckSlot:
    """Where a practice question goes: its key."""

    key: str


def split_parts(source: str) -> list[PartSource]:
    """Split a lesson at its ``## Title {#key}`` lines.

    The text before the first is the opener, with the key "pembuka" and no title;
    where there is none, so is the opener. Raises ``MarkdownProblem`` where blocks
    or headings do not stand as they must, so that no part cuts a block in two.
    """
    for problem in find_structure_problems(source):
        raise problem
    text = normalise(source)
    read = read_source(text)
    starts = list(_SECTION.finditer(read.masked))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    opener = text[: starts[0].start()] if starts else text
    parts = [PartSource(OPENER_KEY, "", opener, 1)] if opener.strip() else []
    for start, end in zip(starts, ends, strict=False):
        line = read.line_at(start.start())
        if start["key"] == OPENER_KEY:
            raise MarkdownProblem(
                line,
                f"Kunci {{#{OPENER_KEY}}} sudah dipakai untuk pembuka pelajaran.",
                "Pakai kunci lain untuk judul ini.",
            )
        title = plain_line(text[start.start("title") : start.end("title")])
        below = text[start.end() + 1 : end]
        parts.append(PartSource(start["key"], title, below, line + 1))
    return parts


def split_at_checks(html: str) -> Iterator[str | CheckSlot]:
    """Yield rendered HTML and the slots of practice questions in turn.

    Every piece of HTML is balanced: a slot never stands inside another element.
    """
    done = 0
    for slot in _SLOT.finditer(html):
        if html[done : slot.start()].strip():
            yield html[done : slot.start()]
        yield CheckSlot(slot["key"])
        done = slot.end()
    if html[done:].strip():
        yield html[done:]
