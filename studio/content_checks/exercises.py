"""Is there something to do besides choosing one answer?"""

from collections.abc import Iterator

from lib.findings import FileProblem
from studio.content_checks.course import PRACTICE, Course

PLAIN_TYPE = "single_choice"


def check(course: Course) -> Iterator[FileProblem]:
    """Ask for one practice question that is sorted, matched, marked or played."""
    if all(item.content.type == PLAIN_TYPE for item in course.of_use(PRACTICE)):
        yield FileProblem(
            course.file,
            1,
            "Kursus ini belum punya latihan selain pilihan ganda.",
            "Tambahkan di questions/practice.yaml, misalnya ordering, matching, "
            "mark_text, atau dialogue.",
        )
