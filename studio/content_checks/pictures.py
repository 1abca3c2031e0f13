"""Pictures that explain: enough of them, each told in words as well."""

import re
from collections.abc import Iterator

from lib.findings import FileProblem
from studio.content_checks.course import Course, Lesson

FEWEST_PICTURES = 2
FEWEST_WORDS = 8
"""Words that a text equivalent needs to say what a drawing shows."""
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<path>[^\s()]+)[^()\n]*\)"
)


def pictures_of(lesson: Lesson) -> tuple[str, ...]:
    """Return the pictures that a lesson shows, each once."""
    found = (picture["path"] for picture in _PICTURE.finditer(lesson.text))
    return tuple(dict.fromkeys(found))


def check(course: Course) -> Iterator[FileProblem]:
    """Count the pictures, and the words that stand in for each."""
    if len(course.pictures) < FEWEST_PICTURES:
        yield FileProblem(
            course.file,
            1,
            f"Kursus ini menampilkan {len(course.pictures)} gambar.",
            f"Gambarkan sedikitnya {FEWEST_PICTURES} hal yang sulit diceritakan.",
        )
    for lesson in course.lessons:
        for picture in _PICTURE.finditer(lesson.text):
            if len(picture["alt"].split()) < FEWEST_WORDS:
                line = lesson.line + lesson.text.count("\n", 0, picture.start())
                yield FileProblem(
                    lesson.file,
                    line,
                    f"Teks pengganti {picture['path']} terlalu singkat.",
                    "Ceritakan apa yang ditunjukkan gambar, bukan namanya.",
                )
