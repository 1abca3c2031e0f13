"""Common forms that are not in KBBI, in whatever dress of affixes.

The forms stand in `spelling.yaml`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lib.findings import FileProblem
from studio.folders.checks.course import Course, Passage
from studio.folders.checks.prose import WORD

_FILE = Path(__file__).with_name("spelling.yaml")
_PREFIXES = (
    *("", "di", "ke", "se", "ter", "ber", "per", "diper", "memper", "me", "mem"),
    *("men", "meng", "meny", "pe", "pem", "pen", "peng", "keter", "pember"),
)
_SUFFIXES = (
    *("", "nya", "kan", "an", "i", "lah", "kah", "pun", "ku", "mu", "kannya"),
    *("annya", "inya"),
)
_SENTENCE_ENDS = re.compile(r"(?:^|[.?!:“\"(•\n])\s*$")


@dataclass(frozen=True)
class Forms:
    """Forms and what KBBI writes.

    `roots` are found with affixes too, `exact` only as they stand, and `phrases` are
    patterns of several words. A form with a capital is a name and found as such.
    """

    roots: Mapping[str, str]
    exact: Mapping[str, str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    any_phrase: re.Pattern[str]


@cache
def load_forms() -> Forms:
    """Return the forms of `spelling.yaml`."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    whole = [rf"\b{form}\b".replace(" ", r"\s+") for form in rows["phrases"]]
    return Forms(
        roots=rows["roots"],
        exact=rows["exact"],
        phrases=tuple(
            (re.compile(form, re.IGNORECASE), right)
            for form, right in zip(whole, rows["phrases"].values(), strict=True)
        ),
        any_phrase=re.compile("|".join(whole), re.IGNORECASE),
    )


def check(course: Course) -> Iterator[FileProblem]:
    """Find such forms wherever the course speaks in its own words."""
    for passage in course.passages:
        if not passage.is_quoted:
            yield from _check(passage)


def _check(passage: Passage) -> Iterator[FileProblem]:
    for word in WORD.finditer(passage.words):
        right = correct(word[0])
        if right and not _is_name(passage.words, word):
            yield _problem(passage, word[0], right)
    forms = load_forms()
    if not forms.any_phrase.search(passage.words):
        return
    for pattern, right in forms.phrases:
        for found in pattern.finditer(passage.words):
            form = " ".join(found[0].split())
            yield _problem(passage, form, found.expand(right))


def _problem(passage: Passage, form: str, right: str) -> FileProblem:
    return FileProblem(
        passage.file,
        passage.line_of(form),
        f"“{form}” bukan bentuk baku.",
        f"Tulis “{right}”.",
    )


def _is_name(words: str, word: re.Match[str]) -> bool:
    """Is the word a name: a capital within a sentence, or capitals throughout?"""
    form = word[0]
    if form in load_forms().exact or not form[0].isupper():
        return False
    is_first = _SENTENCE_ENDS.search(words[: word.start()]) is not None
    return form.isupper() or not is_first


@cache
def correct(word: str) -> str:
    """Return what KBBI writes for a word; "" where there is nothing to correct."""
    forms = load_forms()
    if word in forms.exact:
        return forms.exact[word]
    lower = word.lower()
    right = forms.exact.get(lower) or _correct_root(lower)
    return right.capitalize() if right and word[0].isupper() else right


def _correct_root(word: str) -> str:
    roots = load_forms().roots
    for prefix in _PREFIXES:
        if not word.startswith(prefix):
            continue
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) > len(prefix) + len(suffix):
                root = word[len(prefix) : len(word) - len(suffix)]
                if root in roots:
                    return f"{prefix}{roots[root]}{suffix}"
    return ""
