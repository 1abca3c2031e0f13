"""What a rendered text says, without its markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from lib.markdown.blocks import TITLE_CLASS

_HEADING = re.compile(r"h[2-6]")
_INLINE = frozenset({"a", "code", "del", "em", "mark", "strong", "sup"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the author: level 2 to 4, its id ("" without a key), its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a text, its headings, and the practice questions it names."""

    text: str
    words: int
    headings: tuple[Heading, ...]
    check_keys: tuple[str, ...]


def read_outline(html: str) -> Outline:
    """Read sanitised markup. Numbers of citations and titles of boxes: only the
    latter belong to the text, neither is a heading.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = _squeeze(reader.pieces)
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    return Outline(text, words, tuple(reader.headings), tuple(reader.check_keys))


def _squeeze(pieces: Sequence[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.headings: list[Heading] = []
        self.check_keys: list[str] = []
        self._heading: tuple[int, str, int] | None = None
        self._in_citation = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _INLINE:
            self.pieces.append("\n")
        if _HEADING.fullmatch(tag) and given.get("class") != TITLE_CLASS:
            self._heading = (int(tag[1]), given.get("id") or "", len(self.pieces))
        if tag == "sup":
            self._in_citation = True
        question = given.get("data-question")
        if question:
            self.check_keys.append(question)

    def handle_endtag(self, tag: str) -> None:
        if self._heading and _HEADING.fullmatch(tag):
            level, key, start = self._heading
            text = _squeeze(self.pieces[start:]).replace("\n", " ")
            self.headings.append(Heading(level, key, text))
            self._heading = None
        if tag == "sup":
            self._in_citation = False
        elif tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        # Line ends inside a paragraph are spaces; those of code are worth keeping
        # no more than those, since this text is searched and counted, not shown.
        if not self._in_citation:
            self.pieces.append(data.replace("\n", " "))
