"""Can the tests of a course tell who knows from who does not?

By what their authors say: how many of a paper's questions cannot be guessed from four
options, how many people are expected right before the course and after it, and whether
pre-test and post-test are equally hard, so that a gain can be seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lib.findings import FileProblem
from quizzes.questions import Expected, enemy_pairs
from studio.folders.checks.course import GRADED, PRETEST, Course, FolderQuestion
from studio.folders.checks.exercises import PLAIN_TYPE

OTHER_TYPES = 35
"""Percent of a post-test's paper that is not one choice of several, at least."""
UNTRAINED, TRAINED = (30, 55), (75, 90)
"""Between which percent the mean of a test lies, before the course and after it. An
easier pre-test leaves no room for a gain, a harder one says little of anybody.
"""
PARALLEL = 10
"""So many points the means of pre-test and post-test may differ."""
_NAMES = {PRETEST: "Pre-test", GRADED: "Post-test"}


@dataclass(frozen=True)
class Measured:
    """A test: of its `drawn` questions on a paper, `others` are surely of other types.

    `untrained` and `trained` are the means of what is expected, None where nobody
    said; `unsaid` questions have no estimate. `pairs` counts enemies.
    """

    drawn: int
    others: int
    untrained: float | None
    trained: float | None
    unsaid: Sequence[FolderQuestion]
    pairs: int

    @property
    def share(self) -> float:
        """The percent of a paper that is surely of other types."""
        return 100 * self.others / self.drawn if self.drawn else 0.0


NO_TEST = Measured(0, 0, None, None, (), 0)


def measured(course: Course, use: str) -> Measured:
    """Return the figures of the pre-test or the post-test."""
    items = course.of_use(use)
    said = [one for item in items if (one := item.content.composition.expected)]
    drawn = len(items)
    others = sum(item.content.type != PLAIN_TYPE for item in items)
    if use == GRADED and course.draws:
        drawn = sum(draw.count for draw in course.draws)
        others = sum(
            draw.count
            for draw in course.draws
            if draw.types and PLAIN_TYPE not in draw.types
        )
    return Measured(
        drawn=drawn,
        others=others,
        untrained=_mean(said, "untrained"),
        trained=_mean(said, "trained"),
        unsaid=[item for item in items if not item.content.composition.expected],
        pairs=len(
            list(
                enemy_pairs(
                    {item.content.key: item.content.composition for item in items}
                )
            )
        ),
    )


def _mean(said: Sequence[Expected], name: str) -> float | None:
    shares = [getattr(one, name) for one in said]
    return sum(shares) / len(shares) if shares else None


def check(course: Course) -> Iterator[FileProblem]:
    """Find tests that nobody estimated, that can be guessed, or are not parallel."""
    tests = {use: measured(course, use) for use in _NAMES}
    graded = tests[GRADED]
    if graded.share < OTHER_TYPES:
        yield FileProblem(
            course.file,
            course.draws[0].line if course.draws else 1,
            f"{graded.others} dari {graded.drawn} soal di lembar post-test pasti bukan "
            f"pilihan ganda, seharusnya sedikitnya {OTHER_TYPES}%.",
            "Tulis types pada kisi-kisi, dan soal jenis lain di banknya.",
        )
    for use, test in tests.items():
        yield from _about_estimates(course, use, test)
    yield from _about_parallel(course, tests[PRETEST], graded)


def _about_estimates(course: Course, use: str, test: Measured) -> Iterator[FileProblem]:
    if test.unsaid:
        first = test.unsaid[0]
        keys = ", ".join(item.content.key for item in test.unsaid[:5])
        yield FileProblem(
            first.file,
            first.line,
            f"{len(test.unsaid)} soal {_NAMES[use].lower()} belum ditaksir.",
            f"Tulis expected pada {keys}{' …' if len(test.unsaid) > 5 else ''}.",
        )
        return
    for word, mean, (low, high) in (
        ("sebelum", test.untrained, UNTRAINED),
        ("sesudah", test.trained, TRAINED),
    ):
        if mean is not None and not low <= mean <= high:
            yield FileProblem(
                course.file,
                1,
                f"{_NAMES[use]} ditaksir {mean:.0f}% benar {word} kursus, seharusnya "
                f"{low} sampai {high}%.",
                "Ubah soalnya, atau periksa lagi taksirannya.",
            )


def _about_parallel(
    course: Course, before: Measured, after: Measured
) -> Iterator[FileProblem]:
    for name, word in (("untrained", "sebelum"), ("trained", "sesudah")):
        one, other = getattr(before, name), getattr(after, name)
        if one is not None and other is not None and abs(one - other) > PARALLEL:
            yield FileProblem(
                course.file,
                1,
                f"Pre-test dan post-test tidak setara: ditaksir {one:.0f}% dan "
                f"{other:.0f}% benar {word} kursus.",
                f"Buat selisihnya paling banyak {PARALLEL} poin.",
            )
