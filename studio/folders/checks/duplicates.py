"""Questions that are asked twice, within a bank or in two banks."""

from collections.abc import Iterator, Sequence

from lib.findings import FileProblem
from studio.folders.checks.course import Course, FolderQuestion
from studio.folders.checks.likeness import alike_items

_USES = {"practice": "latihan", "pretest": "pre-test", "graded": "post-test"}


def check(course: Course) -> Iterator[FileProblem]:
    """Find questions of one course that share their stem, or nearly."""
    for one, other in alike_items(course.items):
        yield _problem(one, other)


def check_between(courses: Sequence[Course]) -> Iterator[FileProblem]:
    """Find questions that two courses share."""
    owners = {id(item): course for course in courses for item in course.items}
    items = [item for course in courses for item in course.items]
    for one, other in alike_items(items):
        if owners[id(one)] is not owners[id(other)]:
            yield _problem(one, other)


def _problem(one: FolderQuestion, other: FolderQuestion) -> FileProblem:
    place = f"{one.content.key} ({one.file}:{one.line})"
    if one.use == other.use:
        return FileProblem(
            other.file,
            other.line,
            f"Soal {other.content.key} hampir sama dengan {place}.",
            "Hapus salah satu, atau tanyakan hal lain.",
        )
    return FileProblem(
        other.file,
        other.line,
        f"Soal {_USES[other.use]} {other.content.key} sama dengan soal "
        f"{_USES[one.use]} {place}.",
        "Pre-test, latihan, dan post-test memakai soal yang berbeda: ganti salah satu.",
    )
