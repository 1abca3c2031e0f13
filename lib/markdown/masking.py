"""Sources prepared for looking through: what is code is made to look like text.

The checks search for brackets, fences and tags. Inside code, and after a
backslash, these mean nothing; masking replaces them with a letter and keeps every
position, so that a place found in the mask is a place in the source.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*")
_ESCAPE_OR_TICKS = re.compile(r"\\[^\sA-Za-z0-9]|(?P<ticks>`+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LETTER = "x"


@dataclass(frozen=True, slots=True)
class Fence:
    """A code fence: its line (from 1), what follows it, whether it is closed."""

    line: int
    info: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A source and its mask, the same length, with ``\\n`` as the only line end."""

    text: str
    masked: str
    fences: tuple[Fence, ...]
    _starts: tuple[int, ...]

    def line_at(self, position: int) -> int:
        """Return the line, from 1, of a position in the text or the mask."""
        return bisect_right(self._starts, position)

    @property
    def masked_lines(self) -> list[str]:
        """The lines of the mask."""
        return self.masked.split("\n")

    def paragraphs(self) -> list[re.Match[str]]:
        """Return the runs of lines without an empty line between them."""
        return list(_PARAGRAPH.finditer(self.masked))


def normalise(text: str) -> str:
    """Return the text with plain line ends and without control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# One text is looked through by several checks, one after the other.
@lru_cache(maxsize=8)
def read_source(text: str) -> Source:
    """Return a normalised text with its mask. Takes time linear in its length."""
    lines, fences = _mask_fences(text.split("\n"))
    # Spans are looked for in each line alone: a line that opens a block or a
    # heading does so whatever backticks stand in the lines around it.
    masked = "\n".join(map(_mask_spans, lines))
    starts = [0] + [end.end() for end in re.finditer("\n", text)]
    return Source(text, masked, tuple(fences), tuple(starts))


def _mask_fences(lines: list[str]) -> tuple[list[str], list[Fence]]:
    """Mask fenced code whole; an unclosed fence reaches to the end."""
    masked: list[str] = []
    fences: list[Fence] = []
    fence = ""
    for number, line in enumerate(lines, start=1):
        opening = None if fence else _FENCE.match(line)
        if opening:
            fence = opening["fence"]
            fences.append(Fence(number, opening["info"].strip(), is_closed=False))
        elif not fence:
            masked.append(line)
            continue
        elif line.rstrip() == fence:
            fence = ""
            last = fences.pop()
            fences.append(Fence(last.line, last.info, is_closed=True))
        masked.append(_LETTER * len(line))
    return masked, fences


def _mask_spans(line: str) -> str:
    """Mask code between backticks and whatever a backslash makes literal."""
    tokens = list(_ESCAPE_OR_TICKS.finditer(line))
    closers: dict[int, list[int]] = {}
    for token in tokens:
        if token["ticks"]:
            closers.setdefault(len(token["ticks"]), []).append(token.start())
    pieces = []
    done = 0
    for token in tokens:
        end = token.end()
        if token["ticks"]:
            same = closers[len(token["ticks"])]
            following = bisect_right(same, token.start())
            is_open = following < len(same)
            end = same[following] + len(token["ticks"]) if is_open else 0
        if token.start() >= done and end:
            pieces += [line[done : token.start()], _LETTER * (end - token.start())]
            done = end
    return "".join(pieces) + line[done:]
