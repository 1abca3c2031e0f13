"""Which words may be forms of one another? Without a dictionary.

Indonesian builds words with prefixes that change the first sound (*pengaruh*,
*memengaruhi*) and with suffixes. Which sound was there cannot be told without a
dictionary, and every free dictionary lacks words of the office. So a word has several
candidates, and two words belong together when they share one
(docs/decisions/0042-search.md has the figures).
"""

import re
from functools import lru_cache

# A root of fewer letters joins words that have nothing to do with each other.
SHORTEST_ROOT = 4
# What is shorter is found as it is written: "AI" is not in "air".
SHORTEST_STEMMED = 5
_ENDINGS = ("lah", "kah", "pun")
_OWNERS = ("nya", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
_LAYERS = 2
_VOWEL = re.compile(r"[aeiou]")
# A prefix, what must follow it, and the sounds that it may have swallowed.
_PREFIXES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), swallowed)
    for pattern, swallowed in (
        (r"^di(?=.{4})", ("",)),
        (r"^ke(?=.{4})", ("",)),
        (r"^se(?=.{4})", ("",)),
        (r"^(?:memper|diper|keber|keter|sepe)(?=.{4})", ("",)),
        (r"^(?:ber|ter|per)(?=.{4})", ("",)),
        (r"^(?:be|te|pe)(?=r|.er|lajar)", ("",)),
        (r"^[bp]el(?=ajar)", ("",)),
        (r"^[mp]eng(?=[aeiou])", ("", "k")),
        (r"^[mp]eng(?=[^aeiou])", ("",)),
        (r"^[mp]eny(?=[aeiou])", ("s", "")),
        (r"^[mp]em(?=[aeiou])", ("p", "")),
        (r"^[mp]em(?=[^aeiou])", ("",)),
        (r"^[mp]en(?=[aeiou])", ("t", "")),
        (r"^[mp]en(?=[^aeiouyg])", ("",)),
        (r"^[mp]e(?=[lrwymn])", ("",)),
    )
)
# Loans: the ending says what kind of word it is.
_LOANS = (
    ("isasi", "is"),
    ("isasi", ""),
    ("ifikasi", "ifik"),
    ("asi", "at"),
    ("itas", ""),
    ("isme", ""),
)


@lru_cache(maxsize=32_768)
def stems_of(word: str) -> frozenset[str]:
    """Return the candidates of a folded word, itself included.

    Two words may be forms of one when their candidates meet. A short word, or one with
    a digit, has none but itself.
    """
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return frozenset({word})
    found = {word}
    for base in _without_owner(word):
        found |= _roots(base)
    return frozenset(found)


def _without_owner(word: str) -> set[str]:
    """Return the word, and what it is without *-lah*, *-nya* and their like."""
    found = {word}
    for endings in (_ENDINGS, _OWNERS):
        for base in tuple(found):
            found |= {
                base.removesuffix(ending)
                for ending in endings
                if base.endswith(ending) and len(base) - len(ending) >= SHORTEST_ROOT
            }
    return found


def _roots(base: str) -> set[str]:
    found = _without_suffix(base)
    layer = set(found)
    for _ in range(_LAYERS):
        layer = {root for word in layer for root in _without_prefix(word)}
        found |= layer
    return {root for root in found if _may_be_root(root)}


def _without_suffix(word: str) -> set[str]:
    found = {word}
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            found.add(word.removesuffix(suffix))
    for ending, root in _LOANS:
        if word.endswith(ending):
            found.add(word.removesuffix(ending) + root)
    return {root for root in found if len(root) >= SHORTEST_ROOT}


def _without_prefix(word: str) -> set[str]:
    return {
        sound + word[match.end() :]
        for pattern, swallowed in _PREFIXES
        if (match := pattern.match(word))
        for sound in swallowed
    }


def _may_be_root(root: str) -> bool:
    return len(root) >= SHORTEST_ROOT and bool(_VOWEL.search(root))
