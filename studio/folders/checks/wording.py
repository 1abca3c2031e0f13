"""Signs and phrases that do not belong in a course."""

import re
from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import Course, Passage
from studio.folders.checks.prose import plain

# The complaint service writes its name with the sign.
_EXCLAMATION = re.compile(r"(?<!LAPOR)!")
_DASHES = re.compile(r"—\s*—|--|(?:—[^—]*){3}")
_ALL_OF_THESE = re.compile(
    r"(?:semua|seluruh|kedua)\w*\s+(?:(?:jawaban|pilihan|pernyataan)\s+)?"
    r"(?:di\s+atas\s+|ini\s+)?(?:benar|betul|tepat|salah|keliru)\W*"
    r"|(?:semua|bukan\s+salah\s+satu)\s+(?:di\s+atas|jawaban)\W*(?:benar|salah)?\W*"
    r"|(?:jawaban\s+)?[a-d](?:\s*,\s*[a-d])*\s*,?\s+dan\s+[a-d](?:\s+benar)?\W*"
    r"|tidak\s+ada\s+(?:jawaban\s+)?yang\s+(?:benar|tepat)\W*",
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[FileProblem]:
    """Find exclamation marks, rows of dashes and options about other options."""
    for passage in course.passages:
        yield from _check_signs(passage)
    for item in course.items:
        for option in item.content.options:
            if _ALL_OF_THESE.fullmatch(plain(option.text)):
                yield FileProblem(
                    item.file,
                    item.line,
                    f"Soal {item.content.key} memakai pilihan “{option.text}”.",
                    "Tulis pengecoh yang berdiri sendiri.",
                )


def _check_signs(passage: Passage) -> Iterator[FileProblem]:
    if _EXCLAMATION.search(passage.words):
        yield FileProblem(
            passage.file,
            passage.line_of("!"),
            "Tanda seru tidak dipakai.",
            "Akhiri kalimat dengan titik.",
        )
    if _DASHES.search(passage.words):
        yield FileProblem(
            passage.file,
            passage.line,
            "Tanda pisah beruntun sulit dibaca.",
            "Pecah menjadi beberapa kalimat.",
        )
