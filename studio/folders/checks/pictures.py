"""Pictures that explain: enough of them, each told in words as well."""

import re
from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import Course, Lesson

FEWEST_PICTURES = 2
_FEWEST_WORDS = 8
"""Words that a text equivalent needs to say what a drawing shows."""
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<path>[^\s()]+)[^()\n]*\)"
)

_NUMBER = r"\d+(?:\.\d+)?"
_BOX = re.compile(rf'viewBox="\S+ \S+ (?P<width>{_NUMBER}) (?P<height>{_NUMBER})"')
_RECT = re.compile(r"<rect\b[^>]*>")
_FILL = re.compile(r'\bfill="(?!none|currentColor)[^"]+"')
_SIZE = re.compile(rf'(?<=\s)(?P<name>width|height)="(?P<value>{_NUMBER})')
_MOST_OF_IT = 0.9


def pictures_of(lesson: Lesson) -> tuple[str, ...]:
    """Return the pictures that a lesson shows, each once."""
    found = (picture["path"] for picture in _PICTURE.finditer(lesson.text))
    return tuple(dict.fromkeys(found))


def _has_ground(drawing: str) -> bool:
    """Is the first rectangle filled and nearly as large as the picture?"""
    box, ground = _BOX.search(drawing), _RECT.search(drawing)
    if box is None or ground is None or not _FILL.search(ground[0]):
        return False
    sizes = {size["name"]: float(size["value"]) for size in _SIZE.finditer(ground[0])}
    return all(
        sizes.get(name, 0) >= _MOST_OF_IT * float(box[name])
        for name in ("width", "height")
    )


def check(course: Course) -> Iterator[FileProblem]:
    """Count the pictures; look at their ground and the words that stand in for each."""
    if len(course.pictures) < FEWEST_PICTURES:
        yield FileProblem(
            course.file,
            1,
            f"Kursus ini menampilkan {len(course.pictures)} gambar.",
            f"Gambarkan sedikitnya {FEWEST_PICTURES} hal yang sulit diceritakan.",
        )
    for name, data in course.pictures.items():
        if name.endswith(".svg") and not _has_ground(data.decode("utf-8-sig")):
            yield FileProblem(
                f"{course.prefix}{name}",
                1,
                "Gambar ini tidak punya alas, jadi hilang di mode gelap atau terang.",
                "Mulai dengan rect seluas gambar yang diberi warna fill.",
            )
    for lesson in course.lessons:
        for picture in _PICTURE.finditer(lesson.text):
            if len(picture["alt"].split()) < _FEWEST_WORDS:
                line = lesson.line + lesson.text.count("\n", 0, picture.start())
                yield FileProblem(
                    lesson.file,
                    line,
                    f"Teks pengganti {picture['path']} terlalu singkat.",
                    "Ceritakan apa yang ditunjukkan gambar, bukan namanya.",
                )
