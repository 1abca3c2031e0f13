"""Where the words that were asked for stand in a text. Plain Python."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from courses.search.stems import stems_of
from courses.search.words import Term, written_forms
from lib.folding import fold

# Letters and digits, with an apostrophe inside.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# What is no text: tags, whatever their attributes hold, and entities.
_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_NO_TEXT = re.compile(rf"({_TAG.pattern}|&#?\w+;)")
_SPACES = re.compile(r"\s+")
BEFORE, AFTER = 60, 140


@dataclass(frozen=True)
class Piece:
    """Some text; `is_hit`: it was asked for."""

    text: str
    is_hit: bool


class Marker:
    """Finds the words of a search, in whatever form they stand."""

    def __init__(self, terms: Sequence[Term]) -> None:
        words = [word for term in terms for word in term.words]
        self._terms = terms
        self._stems: frozenset[str] = frozenset().union(*map(stems_of, words))
        self._phrases = {phrase for word in words for phrase in written_forms(word)}

    def holds_all(self, text: str) -> bool:
        """Say whether a text holds everything that was asked for, and that is any."""
        each = [Marker([term]) for term in self._terms]
        return bool(each) and all(any(one._hits(text)) for one in each)

    def pieces(self, text: str) -> list[Piece]:
        """Cut a text into what was asked for and what was not."""
        pieces, end = [], 0
        for start, stop in self._hits(text):
            if start > end:
                pieces.append(Piece(text[end:start], is_hit=False))
            pieces.append(Piece(text[start:stop], is_hit=True))
            end = stop
        return [*pieces, Piece(text[end:], is_hit=False)] if text[end:] else pieces

    def html(self, html: str) -> str:
        """Return sanitised HTML with `<mark>` around what was asked for."""
        return "".join(
            text if _NO_TEXT.fullmatch(text) else self._marked(text)
            for text in _NO_TEXT.split(html)
        )

    def excerpt(self, text: str) -> list[Piece]:
        """Return what stands around the first hit, cut at words; or the beginning."""
        first = next(self._hits(text), (0, 0))[0]
        start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
        stop = text.find(" ", first + AFTER)
        cut = text[start:] if stop < 0 else text[start:stop]
        shown = ("… " if start else "") + cut + (" …" if stop >= 0 else "")
        return self.pieces(shown)

    def _marked(self, text: str) -> str:
        return "".join(
            f"<mark>{piece.text}</mark>" if piece.is_hit else piece.text
            for piece in self.pieces(text)
        )

    def _hits(self, text: str) -> Iterator[tuple[int, int]]:
        found = list(_WORD.finditer(text))
        folded = [fold(match.group()) for match in found]
        place = 0
        while place < len(found):
            length = self._length_at(folded, place)
            if length:
                yield found[place].start(), found[place + length - 1].end()
            place += length or 1

    def _length_at(self, folded: list[str], place: int) -> int:
        """Return how many words from here are a hit; 0 for none."""
        for phrase in self._phrases:
            if tuple(folded[place : place + len(phrase)]) == phrase:
                return len(phrase)
        return int(not self._stems.isdisjoint(stems_of(folded[place])))


def text_of(html: str) -> str:
    """Return what sanitised HTML says, in one line."""
    return _SPACES.sub(" ", unescape(_TAG.sub(" ", html))).strip()
