"""How alike two questions are: the share of their words that they have in common."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from quizzes.questions import alike_pairs
from studio.folders.checks.course import FolderQuestion
from studio.folders.checks.prose import prose

ALIKE = Fraction(7, 10)
"""Jaccard index of the words from which two questions count as one. The most alike
pair of different questions in the ten courses reaches 0.5.
"""
# With fewer words than this a stem says too little: its options are counted with it.
_FEW_WORDS = 6
_EMPTY_WORDS = frozenset(
    {
        *("adalah", "anda", "apa", "atau", "berikut", "dan", "dari", "dengan", "di"),
        *("ini", "itu", "jawaban", "ke", "mana", "paling", "pernyataan", "sebuah"),
        *("seorang", "tepat", "untuk", "yang"),
    }
)


def telling_words(item: FolderQuestion) -> frozenset[str]:
    """Return the words that make a question this one and no other."""
    words = words_in(item.content.stem)
    if len(words) < _FEW_WORDS:
        words |= words_in(" ".join(option.text for option in item.content.options))
    return words


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that say something, small, each once."""
    letters = "".join(sign if sign.isalnum() else " " for sign in prose(text))
    return frozenset(letters.casefold().split()) - _EMPTY_WORDS


def alike_items(
    items: Sequence[FolderQuestion],
) -> Iterator[tuple[FolderQuestion, FolderQuestion]]:
    """Yield every two questions that are nearly the same, the earlier one first."""
    words = {place: telling_words(item) for place, item in enumerate(items)}
    pairs = alike_pairs(words, ALIKE)
    for one, other, _share in sorted(pairs):
        yield items[one], items[other]
