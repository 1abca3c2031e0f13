"""The table of `check_content`, in columns of plain text."""

from collections.abc import Sequence
from string import ascii_lowercase

from lib.indonesian import format_number
from studio.folders.checks.blueprint import ASKED_LEVELS
from studio.folders.checks.figures import CourseFigures, together
from studio.folders.checks.measuring import Measured

_HEADS = (
    *("Kursus", "Pelajaran", "Kata", "Per pelajaran", "Post-test", "Pre-test"),
    *("Latihan", "Selain PG", "Kunci terpanjang", "Letak kunci", "Gambar", "Bita"),
)

_TEST_HEADS = (
    *("Kursus", "Soal per lembar", "Selain PG", "Pre-test", "Post-test"),
    *("Belum ditaksir", "Pasangan"),
)


def render_table(courses: Sequence[CourseFigures]) -> str:
    """Return three tables: courses, their tests, and their questions by objective."""
    rows = [_row(course) for course in courses]
    levels = [
        (course.code, objective, *_levels(course, objective))
        for course in courses
        for objective in sorted({objective for objective, _level in course.cells})
    ]
    return "\n".join(
        [
            _columns([_HEADS, *rows, _row(together(courses))]),
            "",
            "Lembar post-test, taksiran sebelum/sesudah kursus, soal saling menjawab",
            _columns([_TEST_HEADS, *(_tests(course) for course in courses)]),
            "",
            "Soal post-test menurut tujuan dan tingkat",
            _columns([("Kursus", "Tujuan", *ASKED_LEVELS, "Jumlah"), *levels]),
        ]
    )


def _row(course: CourseFigures) -> tuple[str, ...]:
    return (
        course.code,
        str(course.lessons),
        format_number(sum(course.words)),
        _range(course.words),
        str(course.graded),
        str(course.pretest),
        str(course.practice),
        str(course.exercises),
        _share(course.longest, course.keys),
        _spread(course.places),
        str(course.pictures),
        _range(course.sizes),
    )


def _tests(course: CourseFigures) -> tuple[str, ...]:
    before, after = course.tests
    return (
        course.code,
        str(after.drawn),
        _share(after.others, after.drawn),
        _expected(before),
        _expected(after),
        str(len(before.unsaid) + len(after.unsaid)),
        str(before.pairs + after.pairs),
    )


def _expected(test: Measured) -> str:
    if test.untrained is None or test.trained is None:
        return "–"
    return f"{test.untrained:.0f}/{test.trained:.0f}"


def _levels(course: CourseFigures, objective: str) -> list[str]:
    counts = [course.cells.get((objective, level), 0) for level in ASKED_LEVELS]
    return [*(str(count) if count else "–" for count in counts), str(sum(counts))]


def _range(values: Sequence[int]) -> str:
    return (
        f"{format_number(min(values))}–{format_number(max(values))}" if values else "–"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}% ({part}/{whole})" if whole else "–"


def _spread(places: Sequence[int]) -> str:
    return " ".join(
        f"{letter}{count}"
        for letter, count in zip(ascii_lowercase, places, strict=False)
    )


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first, *others = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(w) for cell, w in others)]
        lines.append("  ".join(cells).rstrip())
    ruler = "  ".join("─" * width for width in widths)
    return "\n".join([lines[0], ruler, *lines[1:]])
