"""Is there something to do besides choosing one answer?"""

from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import PRACTICE, Course

PLAIN_TYPE = "single_choice"


def check(course: Course) -> Iterator[FileProblem]:
    """Ask for one practice question that is sorted, matched, marked or played, and
    for a place in a lesson for each.
    """
    shown = {key for lesson in course.lessons for key in lesson.check_keys}
    practice = course.of_use(PRACTICE)
    for item in practice:
        if item.content.key not in shown:
            yield FileProblem(
                item.file,
                item.line,
                f"Latihan {item.content.key} tidak muncul di pelajaran mana pun.",
                f"Taruh /// cek | {item.content.key} di pelajaran, atau hapus.",
            )
    if all(item.content.type == PLAIN_TYPE for item in practice):
        yield FileProblem(
            course.file,
            1,
            "Kursus ini belum punya latihan selain pilihan ganda.",
            "Tambahkan di questions/practice.yaml, misalnya ordering, matching, "
            "mark_text, atau dialogue.",
        )
