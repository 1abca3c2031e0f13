"""Has every lesson the shape that readers know: scene, parts, case, check, end?"""

import re
from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import Course, Lesson
from studio.folders.checks.prose import count_words

FEWEST_OPENING_WORDS = 30
FEWEST_PARTS, MOST_PARTS = 3, 5
_PART = re.compile(r"^## ", re.MULTILINE)
_BLOCK = re.compile(r"^/{3,}[ ]*(?P<name>[\w-]+)", re.MULTILINE)
_NEEDED = {
    "kasus": ("kotak kasus", "Ceritakan satu dilema nyata dengan /// kasus | Judul."),
    "cek": ("soal latihan", "Taruh satu dengan /// cek | kunci-soal."),
    "rangkum": ("ringkasan", "Tulis /// rangkum | Ringkasan di akhir."),
    "hari-ini": (
        "hal yang dikerjakan hari ini",
        "Tulis satu tindakan kecil dengan /// hari-ini | Coba hari ini.",
    ),
}


def check(course: Course) -> Iterator[FileProblem]:
    """Look for the opening scene, the boxes and the number of parts."""
    for lesson in course.lessons:
        yield from _check_opening(lesson)
        yield from _check_parts(lesson)
        blocks = {block["name"] for block in _BLOCK.finditer(lesson.text)}
        for name, (what, remedy) in _NEEDED.items():
            if name not in blocks:
                yield FileProblem(
                    lesson.file,
                    lesson.line,
                    f"Pelajaran ini belum punya {what}.",
                    remedy,
                )


def _check_opening(lesson: Lesson) -> Iterator[FileProblem]:
    opening = _PART.split(lesson.text, maxsplit=1)[0]
    if count_words(opening) < FEWEST_OPENING_WORDS or "?" not in opening:
        yield FileProblem(
            lesson.file,
            lesson.line,
            "Pelajaran ini belum dibuka dengan kejadian di tempat kerja.",
            f"Ceritakan dalam {FEWEST_OPENING_WORDS} kata atau lebih sebelum judul "
            "pertama, dan akhiri dengan pertanyaan.",
        )


def _check_parts(lesson: Lesson) -> Iterator[FileProblem]:
    """Count the parts; the one that holds the summary closes the lesson."""
    parts = _PART.split(lesson.text)[1:]
    count = sum("/// rangkum" not in part for part in parts)
    if not FEWEST_PARTS <= count <= MOST_PARTS:
        yield FileProblem(
            lesson.file,
            lesson.line,
            f"Pelajaran ini punya {count} bagian selain penutup.",
            f"Bagi menjadi {FEWEST_PARTS} sampai {MOST_PARTS} bagian pendek.",
        )
