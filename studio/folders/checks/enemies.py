"""Proposals of enemies: questions that may answer or repeat each other.

By the words alone, so that a person decides: what two questions mean the same by in
other words is not found, and what shares its words may be quite different. Looked at
are questions of one bank, and those of a pre-test beside a post-test.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import log

from lib.findings import FileProblem
from quizzes.questions import likeness
from studio.folders.checks.course import GRADED, PRETEST, Course, FolderQuestion
from studio.folders.checks.likeness import words_in

ANSWERED = 0.45
"""Share of a key's words, weighed by how rare they are, that another stem says. In the
ten courses as first published it held for 39 of 12,741 pairs.
"""
_FEWEST_WORDS = 2
REPEATED = Fraction(9, 50)
"""Likeness of stem and key from which two questions may ask for the same inference. In
the ten courses as first published it held for 35 pairs; `duplicates` has 0.7.
"""
_MOST_TOLD = 4


@dataclass(frozen=True)
class _Said:
    """A question by its words."""

    item: FolderQuestion
    stem: frozenset[str]
    key: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.stem | self.key


def proposals(courses: Sequence[Course]) -> Iterator[FileProblem]:
    """Yield every pair that is worth a look, course by course, with what to do."""
    said = [
        [_said(item) for item in course.items if item.use in {GRADED, PRETEST}]
        for course in courses
    ]
    frequency = Counter(word for ours in said for one in ours for word in one.all)
    whole = sum(map(len, said))
    weights = {word: log(whole / count) for word, count in frequency.items()}
    for ours in said:
        for one, other in combinations(ours, 2):
            words = _answered(one, other, weights) or _answered(other, one, weights)
            is_alike = likeness(one.all, other.all) >= REPEATED
            if (words or is_alike) and not _are_enemies(one, other):
                yield _proposal(one, other, words, weights)


def _said(item: FolderQuestion) -> _Said:
    content = item.content
    right = " ".join(o.text for o in content.options if o.fraction == 1)
    is_order = content.type in {"ordering", "matching"}
    return _Said(item, words_in(content.stem), words_in("" if is_order else right))


def _answered(one: _Said, other: _Said, weights: Mapping[str, float]) -> frozenset[str]:
    """Return the words of a key that another stem says, if they give it away."""
    shared = one.key & other.stem
    whole = sum(weights[word] for word in one.key)
    told = sum(weights[word] for word in shared)
    is_told = len(shared) >= _FEWEST_WORDS and told >= ANSWERED * whole
    return shared if is_told else frozenset()


def _are_enemies(one: _Said, other: _Said) -> bool:
    return (
        one.item.file == other.item.file
        and other.item.content.key in one.item.content.composition.enemies
    )


def _proposal(
    one: _Said, other: _Said, words: frozenset[str], weights: Mapping[str, float]
) -> FileProblem:
    first, second = one.item.content.key, other.item.content.key
    shared = words or one.all & other.all
    rarest = sorted(shared, key=lambda word: (-weights[word], word))[:_MOST_TOLD]
    what = (
        "kata kunci jawaban ada di soal lain"
        if words
        else "mungkin menanyakan hal sama"
    )
    remedy = (
        f"Bila benar, tulis enemies: [{first}], atau ubah salah satu."
        if one.item.file == other.item.file
        else "Bila benar, ubah salah satu: pre-test tidak boleh menjawab post-test."
    )
    return FileProblem(
        other.item.file,
        other.item.line,
        f"{second} dan {first}: {what} ({', '.join(rarest)}).",
        remedy,
    )
