"""Does everything say where it comes from, and of what day?"""

import re
from collections.abc import Iterator

from lib.findings import FileProblem
from lib.markdown.checking import CITATION
from studio.folders.checks.course import Course


def check(course: Course) -> Iterator[FileProblem]:
    """Look for sources without a date, uncited ones, and questions without any."""
    cited = {key for item in course.items for key in item.content.source_keys}
    for lesson in course.lessons:
        cited |= {found["key"] for found in re.finditer(CITATION, lesson.text)}
    for source in course.sources:
        if not source.dated_on:
            yield FileProblem(
                course.sources_file,
                source.line,
                f"Sumber {source.key} belum bertanggal.",
                "Tulis dated_on: tahun atau tanggal terbitnya.",
            )
        if source.key not in cited:
            yield FileProblem(
                course.sources_file,
                source.line,
                f"Sumber {source.key} tidak dirujuk di mana pun.",
                "Rujuk di pelajaran atau soal, atau hapus.",
            )
    for item in course.items:
        if not item.content.source_keys:
            yield FileProblem(
                item.file,
                item.line,
                f"Soal {item.content.key} belum punya sumber.",
                "Sebut kunci dari sources.yaml di source.",
            )
