"""The figures of a course that its author and reviewers look at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from studio.folders.checks.budget import lesson_bytes
from studio.folders.checks.course import (
    GRADED,
    PRACTICE,
    PRETEST,
    Course,
    FolderQuestion,
)
from studio.folders.checks.exercises import PLAIN_TYPE
from studio.folders.checks.key_length import key_is_longest
from studio.folders.checks.measuring import NO_TEST, Measured, measured
from studio.folders.checks.prose import count_words


@dataclass(frozen=True)
class CourseFigures:
    """A row of the table; sizes in bytes, compressed, of the lessons.

    `cells` counts post-test questions by objective and level, `places` the places of
    keys from the first on; `tests` are pre-test and post-test.
    """

    code: str
    key: str
    lessons: int
    words: tuple[int, ...]
    graded: int
    pretest: int
    practice: int
    exercises: int
    cells: Mapping[tuple[str, str], int]
    keys: int
    longest: int
    places: tuple[int, ...]
    pictures: int
    sizes: tuple[int, ...]
    tests: tuple[Measured, Measured]


def course_figures(course: Course) -> CourseFigures:
    """Count everything that the table tells."""
    keyed = [item for item in course.items if item.key_place is not None]
    practice = course.of_use(PRACTICE)
    return CourseFigures(
        code=course.code,
        key=course.key,
        lessons=len(course.lessons),
        words=tuple(count_words(lesson.text) for lesson in course.lessons),
        graded=len(course.of_use(GRADED)),
        pretest=len(course.of_use(PRETEST)),
        practice=len(practice),
        exercises=sum(item.content.type != PLAIN_TYPE for item in practice),
        cells=Counter(
            (item.content.objective_key, item.content.level)
            for item in course.of_use(GRADED)
        ),
        keys=len(keyed),
        longest=sum(map(key_is_longest, keyed)),
        places=_places(keyed),
        pictures=len(course.pictures),
        sizes=tuple(lesson_bytes(course, lesson) for lesson in course.lessons),
        tests=(measured(course, PRETEST), measured(course, GRADED)),
    )


def _places(items: Iterable[FolderQuestion]) -> tuple[int, ...]:
    """Return how often the key stands at each place, whatever the options' number."""
    seen = Counter(item.key_place or 0 for item in items)
    return tuple(seen[place] for place in range(max(seen, default=-1) + 1))


def together(courses: Sequence[CourseFigures]) -> CourseFigures:
    """Return the figures of all courses as one; tests are not added up."""
    places = zip_longest(*(course.places for course in courses), fillvalue=0)
    return CourseFigures(
        code="Semua",
        key="",
        lessons=sum(course.lessons for course in courses),
        words=tuple(chain.from_iterable(course.words for course in courses)),
        graded=sum(course.graded for course in courses),
        pretest=sum(course.pretest for course in courses),
        practice=sum(course.practice for course in courses),
        exercises=sum(course.exercises for course in courses),
        cells={},
        keys=sum(course.keys for course in courses),
        longest=sum(course.longest for course in courses),
        places=tuple(map(sum, places)),
        pictures=sum(course.pictures for course in courses),
        sizes=tuple(chain.from_iterable(course.sizes for course in courses)),
        tests=(NO_TEST, NO_TEST),
    )
