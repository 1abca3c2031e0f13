"""Two texts compared word by word, plain Python.

`pieces_between` tells both as one text. `side_by_side` puts them into rows, line by
line, so that a page can show before and after beside each other. Nothing here escapes
anything: that is the template's (`studio/_pieces.html`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORDS = re.compile(r"\s+|[^\s]+")
# Pairs of words (or lines) up to which every one is compared, then only the rarer ones,
# then none: what went and what came stand whole. difflib takes time with their product.
_EXACT, _MOST = 1_000_000, 16_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of words that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class DiffRow:
    """Lines that belong together: as they were, and as they are.

    `is_same` when nothing in them changed; then both sides are alike.
    """

    before: Sequence[Piece]
    after: Sequence[Piece]

    @property
    def is_same(self) -> bool:
        """Whether both sides say the same."""
        return all(piece.kind == SAME for piece in (*self.before, *self.after))


@dataclass(frozen=True)
class Amount:
    """How many words came and went."""

    added: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def pieces_between(before: str, after: str) -> list[Piece]:
    """Return both texts as one, word by word; what went stands before what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for is_same, gone, come in _stretches(old, new):
        if is_same:
            pieces.append(Piece(SAME, "".join(come)))
            continue
        pieces += [
            Piece(kind, "".join(words))
            for kind, words in ((REMOVED, gone), (ADDED, come))
            if words
        ]
    return pieces


def side_by_side(before: str, after: str) -> list[DiffRow]:
    """Return both texts in rows: lines that stayed one by one, changes together."""
    rows = []
    old, new = before.splitlines(), after.splitlines()
    for is_same, gone, come in _stretches(old, new):
        if is_same:
            rows += [DiffRow([Piece(SAME, line)], [Piece(SAME, line)]) for line in come]
            continue
        pieces = pieces_between("\n".join(gone), "\n".join(come))
        rows.append(
            DiffRow(
                before=[piece for piece in pieces if piece.kind != ADDED],
                after=[piece for piece in pieces if piece.kind != REMOVED],
            )
        )
    return rows


def amount(rows: Iterable[DiffRow]) -> Amount:
    """Count the words that came and went in all rows."""
    changed = [row for row in rows if not row.is_same]
    return Amount(
        added=sum(_words(row.after, ADDED) for row in changed),
        removed=sum(_words(row.before, REMOVED) for row in changed),
    )


def _words(pieces: Sequence[Piece], kind: str) -> int:
    return sum(len(piece.text.split()) for piece in pieces if piece.kind == kind)


def _stretches(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield stretches in order: whether they are the same, and both sides of them."""
    size = len(old) * len(new)
    if size > _MOST:
        yield False, old, new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=size > _EXACT)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield tag == "equal", old[old_from:old_to], new[new_from:new_to]
