"""Is every bank large enough, and is every objective asked about?"""

from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import GRADED, Course, Draw, FolderQuestion

ITEMS_PER_PLACE = 3
"""Questions in the bank for each one asked, so that a second attempt is another test
(DOMAIN 10.2).
"""
ASKED_LEVELS = ("C1", "C2", "C3", "C4", "C5")
"""C6, making something new, is shown in the action plan and not in a test."""


def check(course: Course) -> Iterator[FileProblem]:
    """Compare the bank of the post-test with its blueprint and the objectives."""
    graded = course.of_use(GRADED)
    if not course.draws:
        yield FileProblem(
            course.file,
            1,
            "Post-test menanyakan seluruh banknya (slots: all).",
            "Tulis kisi-kisi dengan draw, agar percobaan kedua berisi soal lain.",
        )
    for draw in course.draws:
        fitting = sum(_fits(item, draw) for item in graded)
        due = draw.count * ITEMS_PER_PLACE
        if fitting < due:
            yield FileProblem(
                course.file,
                draw.line,
                f"Bank post-test punya {fitting} soal {draw.objective} "
                f"({', '.join(draw.levels)}), kisi-kisi perlu {due}.",
                f"Tulis {due - fitting} soal lagi, atau kurangi count.",
            )
    asked = {item.content.objective_key for item in graded}
    for objective in course.objectives:
        if objective.level in ASKED_LEVELS and objective.key not in asked:
            yield FileProblem(
                course.file,
                objective.line,
                f"Tujuan {objective.key} ({objective.level}) tidak punya soal "
                "post-test.",
                "Tulis soalnya, atau hapus tujuan yang tidak diuji.",
            )


def _fits(item: FolderQuestion, draw: Draw) -> bool:
    content = item.content
    return (
        content.objective_key == draw.objective
        and content.level in draw.levels
        and (not draw.types or content.type in draw.types)
    )
