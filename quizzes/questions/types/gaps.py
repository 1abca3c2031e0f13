"""Gaps in a stem: `[[key]]` in what an author writes, `[[1]]` in what is stored.

The key of a gap is its answer, so HTML only ever holds numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.questions.types.checking import MOST_OPTIONS

_GAP = re.compile(r"\[\[([-a-zA-Z0-9_]{1,40})\]\]")
_NUMBER = re.compile(r"\[\[([0-9]+)\]\]")
_TAG = re.compile(r"<[^>]*>")
# Markdown would read a gap before one of these as a link.
_BEFORE_LINK = re.compile(r"\]\](?=[(:]|\[(?!\[))")


@dataclass(frozen=True)
class Piece:
    """A stretch of HTML and the number of the gap behind it, 0 at the end."""

    html: str
    number: int = 0


def keys_in(stem: str) -> list[str]:
    """Return the keys of the gaps of a Markdown stem; the first is gap 1."""
    return _GAP.findall(stem)


def numbered(stem: str) -> str:
    """Return the stem with the numbers of its gaps in place of their keys."""
    numbers = iter(range(1, len(keys_in(stem)) + 1))
    return _GAP.sub(lambda _match: f"[[{next(numbers)}]]", stem)


def split(html: str) -> list[Piece]:
    """Return rendered HTML cut at its gaps, so that a page can put fields there."""
    *pieces, rest = _NUMBER.split(html)
    cut = zip(pieces[::2], pieces[1::2], strict=True)
    return [*(Piece(text, int(number)) for text, number in cut), Piece(rest)]


def are_whole(html: str, count: int) -> bool:
    """Say whether rendering kept the gaps 1 to `count` in order and out of tags."""
    numbers = _NUMBER.findall(_TAG.sub("", html))
    return numbers == [str(n) for n in range(1, count + 1)]


def stem_problems(stem: str, noun: str) -> Iterator[str]:
    """Refuse a stem without gaps, or with something that only looks like one.

    `noun` is what a gap of this type is called.
    """
    if len(keys_in(stem)) > MOST_OPTIONS:
        yield f"Ada lebih dari {MOST_OPTIONS} {noun}. Bagi menjadi beberapa soal."
    if not keys_in(stem):
        yield (
            f"Pertanyaan belum punya {noun}. "
            "Tulis [[kode]] di tempatnya, dengan kode sebuah pilihan."
        )
    if "[[" in _GAP.sub("", stem):
        yield (
            f"Ada tanda “[[” yang tidak terbaca sebagai {noun}. "
            "Tulis kode pilihan di antara [[ dan ]], tanpa spasi."
        )
    if _BEFORE_LINK.search(stem):
        yield (
            f"Ada {noun} yang langsung diikuti tanda kurung atau titik dua. "
            "Beri spasi di antaranya."
        )
