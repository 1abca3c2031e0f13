"""Do the options alone give the key away? A machine's eye on every course.

A text classifier sees the options of single-choice questions without their stems,
learns from some which words keys are made of, and picks the key of the others. Whoever
finds it that way has read nothing and learned nothing: chance is one in four.

Cross-validated twice: over questions, those that share an option in one part, and over
courses, so that it must know cues of all of them. With `--limit` it fails where more
than 38 % are found, over all questions or over all courses; and for a course
alone where its share is surely higher (the lower end of its 95 % interval).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

from lib.proportions import wilson

OPTIONS = 4
# Questions are put into so many parts, each found from the others.
PARTS = 10
FEWEST_USES = 6
# Percent that may be found of four options: chance is 25.
LIMIT = 38
MOST_WORDS = 20
COURSES = Path(__file__).parent.parent / "courses" / "content"


@dataclass(frozen=True)
class Item:
    """A question without its stem."""

    course: str
    key: str
    options: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Found:
    """How many keys were found, of so many questions; ties count by their share."""

    found: float
    whole: int

    @property
    def share(self) -> float:
        """The share in percent."""
        return 100 * self.found / self.whole if self.whole else 0.0

    @property
    def surely(self) -> float:
        """The lower end of its 95 % interval, in percent."""
        return 100 * wilson(min(round(self.found), self.whole), self.whole)[0]


def items_in(courses: Path) -> list[Item]:
    """Return the questions of pre-tests and post-tests with one key of four options."""
    from studio.folders.checkable import course_of
    from studio.folders.checks.course import PRACTICE
    from studio.folders.reading import read_written
    from studio.management.course_folders import course_folders

    return [
        Item(
            course.code,
            item.content.key,
            tuple(option.text for option in item.content.options),
            item.key_place,
        )
        for folder in course_folders(courses)
        for course in [course_of(read_written(folder))]
        for item in course.items
        if item.content.type == "single_choice"
        and item.use != PRACTICE
        and item.key_place is not None
        and len(item.content.options) == OPTIONS
    ]


def parts_of(items: Sequence[Item]) -> list[int]:
    """Return the part of each question; those that share an option in one part.

    Whoever has seen an option as a key knows that it is none in its sister question,
    also where a few words differ (`ALIKE`, as for questions that are one).
    """
    from quizzes.questions import alike_pairs
    from studio.folders.checks.likeness import ALIKE, words_in

    family = list(range(len(items)))

    def head(at: int) -> int:
        while family[at] != at:
            at = family[at]
        return at

    words = {
        (at, place): said
        for at, item in enumerate(items)
        for place, option in enumerate(item.options)
        if (said := words_in(option))
    }
    for (one, _place), (other, _), _share in alike_pairs(words, ALIKE):
        family[head(one)] = head(other)
    heads = [head(at) for at in range(len(items))]
    # The largest families first, each into the part that is smallest so far.
    sizes = [0] * PARTS
    part = {}
    for one, size in Counter(heads).most_common():
        part[one] = sizes.index(min(sizes))
        sizes[part[one]] += size
    return [part[one] for one in heads]


def guess(items: Sequence[Item], parts: Sequence[int | str]) -> list[float]:
    """Return for each question whether its key is found from the other parts alone.

    A linear support vector machine over words, pairs of words and runs of letters,
    weighed by how rare they are; of the options of a question the likeliest is picked.
    """
    # Here, because they take seconds to import, and every test process collects this.
    import numpy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    texts = [option for item in items for option in item.options]
    is_key = numpy.array([n == item.right for item in items for n in range(OPTIONS)])
    part = numpy.repeat([str(one) for one in parts], OPTIONS)
    # How rare a word is tells nothing of keys, so it is counted once over all.
    seen = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2),
    ).fit_transform(texts)
    scores = numpy.zeros(len(texts))
    for out in numpy.unique(part):
        eye = LinearSVC(C=0.1, class_weight="balanced", random_state=0)
        eye.fit(seen[part != out], is_key[part != out])
        scores[part == out] = eye.decision_function(seen[part == out])
    return [
        _credit(scores[OPTIONS * at : OPTIONS * (at + 1)].tolist(), item.right)
        for at, item in enumerate(items)
    ]


def _credit(scores: Sequence[float], right: int) -> float:
    best = [n for n, score in enumerate(scores) if score == max(scores)]
    return (right in best) / len(best)


def summed(items: Sequence[Item], credits: Sequence[float], course: str = "") -> Found:
    """Return what was found in a course, or in all of them."""
    ours = [
        credit
        for item, credit in zip(items, credits, strict=True)
        if course in ("", item.course)
    ]
    return Found(sum(ours), len(ours))


def telling_words(items: Iterable[Item]) -> list[tuple[str, int, int]]:
    """Return the words that keys are made of: how often in keys, and how often at all.

    A word that says nothing stands in keys once in four times; of forty such words
    one is named by chance. The surest first.
    """
    from studio.folders.checks.likeness import words_in

    uses: Counter[str] = Counter()
    in_keys: Counter[str] = Counter()
    for item in items:
        for at, option in enumerate(item.options):
            words = words_in(option)
            uses.update(words)
            in_keys.update(words if at == item.right else ())
    sure = {
        word: wilson(in_keys[word], count)[0]
        for word, count in uses.items()
        if count >= FEWEST_USES
    }
    telling = [word for word, low in sure.items() if low > 1 / OPTIONS]
    telling.sort(key=lambda word: (-sure[word], word))
    return [(word, in_keys[word], uses[word]) for word in telling]


def failures(
    whole: Sequence[Found], courses: Iterable[tuple[str, Found]], limit: float
) -> list[str]:
    """Return what is found too often; `whole` by questions and by courses."""
    return [
        *(f"all courses: {one.share:.1f} %" for one in whole if one.share > limit),
        *(
            f"{code}: {one.share:.1f} %, surely {one.surely:.1f} %"
            for code, one in courses
            if one.surely > limit
        ),
    ]


def main() -> None:
    """Print a row a course, the words that tell, and what is found too often."""
    parser = argparse.ArgumentParser(prog="python -m bench cues")
    parser.add_argument("--courses", type=Path, default=COURSES, help="their folder")
    parser.add_argument(
        "--limit",
        type=float,
        nargs="?",
        const=LIMIT,
        help=f"percent that may be found, {LIMIT} if none is said",
    )
    options = parser.parse_args()
    django.setup()
    items = items_in(options.courses)
    codes = list(dict.fromkeys(item.course for item in items))
    by_item = guess(items, parts_of(items))
    by_course = guess(items, [item.course for item in items]) if codes[1:] else by_item
    print(f"{'course':8}{'questions':>10}{'found':>8}{'surely':>8}{'from others':>13}")
    for code in (*codes, ""):
        ours, foreign = (summed(items, one, code) for one in (by_item, by_course))
        print(
            f"{code or 'all':8}{ours.whole:10}{ours.share:7.1f}%{ours.surely:7.1f}%"
            f"{foreign.share:12.1f}%"
        )
    told = telling_words(items)
    print(f"\nwords that tell keys: {len(told)}; in keys, of all uses, by chance ¼")
    for word, part, count in told[:MOST_WORDS]:
        print(f"  {word:20}{part:4} of {count}")
    if options.limit is not None:
        found = [(code, summed(items, by_item, code)) for code in codes]
        whole = [summed(items, one) for one in (by_item, by_course)]
        wrong = failures(whole, found, options.limit)
        if wrong:
            sys.exit("Found too often:\n  " + "\n  ".join(wrong))


if __name__ == "__main__":
    main()
