"""Questions that ask the same thing in nearly the same words.

Two stems are near duplicates when their sets of words have a Jaccard index of at least
`ALIKE`: words in common over words in all. Pairs are found without comparing all with
all by prefix filtering (Chaudhuri, Ganti, Kaushik, "A Primitive Operator for
Similarity Joins in Data Cleaning", ICDE 2006): sorted by rarity, two sets that are
so alike share one of their first words.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

ALIKE = Fraction(4, 5)
_WORD = re.compile(r"\w+")

Key = TypeVar("Key", bound=Hashable)


def words_of(stem: str) -> frozenset[str]:
    """Return the words of a stem: small letters, no marks, each once."""
    return frozenset(_WORD.findall(stem.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """Return the Jaccard index of two sets of words; 0 for two empty ones."""
    together = len(one | other)
    return Fraction(len(one & other), together) if together else Fraction(0)


def find_near_duplicates(stems: Mapping[Key, str]) -> dict[Key, list[Key]]:
    """Return for each question the others that are like it, the most alike first.

    Questions without any are missing. Symmetric; equal stems count, empty ones do not.
    """
    found: dict[Key, list[tuple[Fraction, Key]]] = defaultdict(list)
    words = {key: words_of(stem) for key, stem in stems.items()}
    for one, other, share in alike_pairs(words, ALIKE):
        found[one].append((share, other))
        found[other].append((share, one))
    return {
        key: [other for _share, other in sorted(pairs, key=lambda pair: -pair[0])]
        for key, pairs in found.items()
    }


def alike_pairs(
    words: Mapping[Key, frozenset[str]], alike: Fraction
) -> Iterator[tuple[Key, Key, Fraction]]:
    """Yield each pair of sets once whose likeness is at least `alike`, and that.

    The earlier key stands first.
    """
    for one, other in _candidates(words, alike):
        share = likeness(words[one], words[other])
        if share >= alike:
            yield one, other, share


def _candidates(
    words: Mapping[Key, frozenset[str]], alike: Fraction
) -> Iterator[tuple[Key, Key]]:
    """Yield each pair once that shares a rare word and is of fitting size."""
    frequency = Counter(word for said in words.values() for word in said)
    holders: dict[str, list[Key]] = defaultdict(list)
    for key, said in words.items():
        seen: set[Key] = set()
        for word in _prefix(said, frequency, alike):
            for other in holders[word]:
                if other not in seen and _sizes_fit(said, words[other], alike):
                    seen.add(other)
                    yield other, key
            holders[word].append(key)


def _prefix(
    said: frozenset[str], frequency: Mapping[str, int], alike: Fraction
) -> list[str]:
    """Return so many of the rarest words that a like set must hold one of them."""
    rarest = sorted(said, key=lambda word: (frequency[word], word))
    return rarest[: len(said) - math.ceil(alike * len(said)) + 1]


def _sizes_fit(one: frozenset[str], other: frozenset[str], alike: Fraction) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    return smaller >= alike * larger
