"""Links that lead to lessons and courses of the site."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lib.findings import FileProblem
from lib.markdown.masking import normalise, read_source
from studio.folders.checks.course import Course, Lesson

_LINK = re.compile(r"(?<!!)\[[^\[\]]*\]\([ ]*<?(?P<address>[^\s<>()]+)")
_OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_FILE = re.compile(r"(?:images|files)/\S+")
_INSIDE = re.compile(
    r"(?:/kursus/(?P<course>[a-z0-9-]+)/"
    r"(?:pelajaran/(?P<lesson>[a-z0-9-]+)/)?)?(?:\#(?P<part>[a-z0-9-]+))?"
)
_PART = re.compile(r"^#{2,4} .*\{#(?P<key>[^{}]*)\}", re.MULTILINE)


def check(course: Course) -> Iterator[FileProblem]:
    """Find links that lead nowhere within the course; other courses are not known."""
    yield from _check(course, {course.key: course}, is_whole=False)


def check_between(courses: Sequence[Course]) -> Iterator[FileProblem]:
    """Find links to other courses that lead nowhere."""
    shelf = {course.key: course for course in courses}
    for course in courses:
        known = set(check(course))
        for problem in _check(course, shelf, is_whole=True):
            if problem not in known:
                yield problem


def _check(
    course: Course, shelf: Mapping[str, Course], *, is_whole: bool
) -> Iterator[FileProblem]:
    for lesson in course.lessons:
        source = read_source(normalise(lesson.text))
        for link in _LINK.finditer(source.masked):
            address = link["address"]
            # Files are looked for where the text is read.
            if _OUTSIDE.match(address) or _FILE.fullmatch(address):
                continue
            message = _problem_with(address, lesson, shelf, is_whole=is_whole)
            if message:
                yield FileProblem(
                    lesson.file,
                    lesson.line + source.line_at(link.start()) - 1,
                    f"Tautan {address} buntu: {message}",
                    "Perbaiki alamatnya, atau hapus tautannya.",
                )


def _problem_with(
    address: str, lesson: Lesson, shelf: Mapping[str, Course], *, is_whole: bool
) -> str:
    inside = _INSIDE.fullmatch(address)
    if inside is None:
        return "tulis /kursus/…/, /kursus/…/pelajaran/…/, #bagian, atau https://."
    target: Lesson | None = lesson
    if inside["course"]:
        course = shelf.get(inside["course"])
        if course is None:
            return f"kursus “{inside['course']}” tidak ada." if is_whole else ""
        target = _lesson(course, inside["lesson"])
        if target is None and inside["lesson"]:
            return f"pelajaran “{inside['lesson']}” tidak ada."
    if inside["part"] and inside["part"] not in _parts(target):
        return f"bagian “{inside['part']}” tidak ada."
    return ""


def _lesson(course: Course, key: str | None) -> Lesson | None:
    return next((lesson for lesson in course.lessons if lesson.key == key), None)


def _parts(lesson: Lesson | None) -> set[str]:
    return {part["key"] for part in _PART.finditer(lesson.text)} if lesson else set()
