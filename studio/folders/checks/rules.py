"""The registry of checks: which there are, and which of them keep a course out.

A *fault* makes a course wrong for whoever takes it, and no folder with one is loaded. A
*promise* is how the courses of this curriculum are built; a course that breaks one is
told so by `check_content` and may still be taught (docs/decisions/0021).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lib.findings import FileProblem
from studio.folders.checks import (
    absolute_words,
    blueprint,
    budget,
    claims,
    curriculum,
    duplicates,
    exercises,
    key_length,
    key_positions,
    lesson_shape,
    links,
    measuring,
    pictures,
    scenarios,
    sourcing,
    spelling,
    wording,
)
from studio.folders.checks.course import Course
from studio.folders.checks.curriculum import Curriculum

Check = Callable[[Course], Iterable[FileProblem]]

FAULTS: tuple[Check, ...] = (
    blueprint.check,
    duplicates.check,
    budget.check,
    links.check,
    spelling.check,
    claims.check,
    key_length.check,
    key_positions.check,
    absolute_words.check,
    wording.check,
)
PROMISES: tuple[Check, ...] = (
    lesson_shape.check,
    pictures.check,
    exercises.check,
    scenarios.check,
    sourcing.check,
    measuring.check,
)
BETWEEN: tuple[Callable[[Sequence[Course]], Iterable[FileProblem]], ...] = (
    duplicates.check_between,
    links.check_between,
    key_length.check_between,
)


def find_faults(course: Course) -> tuple[FileProblem, ...]:
    """Return what keeps a course from being loaded, by file and line."""
    return _in_order(problem for check in FAULTS for problem in check(course))


def find_problems(
    courses: Sequence[Course], plan: Curriculum
) -> tuple[FileProblem, ...]:
    """Return everything wrong with these courses, alone and together."""
    return _in_order(_all(courses, plan))


def _all(courses: Sequence[Course], plan: Curriculum) -> Iterator[FileProblem]:
    for course in courses:
        for check in (*FAULTS, *PROMISES):
            yield from check(course)
        yield from curriculum.check(course, plan)
    for check_between in BETWEEN:
        yield from check_between(courses)


def _in_order(problems: Iterable[FileProblem]) -> tuple[FileProblem, ...]:
    return tuple(sorted(set(problems)))
