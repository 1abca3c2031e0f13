"""Does a course keep what the curriculum promises of it?

The curriculum is a file beside the course folders. Courses it does not name are free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lib.findings import FileProblem, Findings
from lib.yaml_entries import Entry, open_entry
from lib.yaml_nodes import read_yaml
from studio.folders.checks.course import PRETEST, Course

CURRICULUM_FILE = "curriculum.yaml"
BANDS = {"recall": ("C1", "C2"), "apply": ("C3",), "analyze": ("C4", "C5")}
"""The groups of levels by which a curriculum counts questions."""
_BAND_NAMES = {"recall": "C1–C2", "apply": "C3", "analyze": "C4–C5"}


@dataclass(frozen=True)
class PlannedObjective:
    """How many questions the tests ask about an objective."""

    key: str
    posttest: Mapping[str, int]
    pretest: int


@dataclass(frozen=True)
class PlannedCourse:
    """What the curriculum says of a course."""

    key: str
    jp: int
    lessons: int
    objectives: tuple[PlannedObjective, ...]


Curriculum = Mapping[str, PlannedCourse]


def read_curriculum(path: Path, findings: Findings) -> Curriculum:
    """Read curriculum.yaml of a folder of courses; empty where there is none."""
    file = path / CURRICULUM_FILE
    if not file.is_file():
        return {}
    node = read_yaml(file.read_text(encoding="utf-8"), CURRICULUM_FILE, findings)
    if node is None:
        return {}
    rows = open_entry(node, CURRICULUM_FILE, findings, required=("courses",)).entries(
        "courses", required=("key", "jp", "lessons", "objectives")
    )
    planned = [_course(row) for row in rows]
    return {course.key: course for course in planned}


def _course(row: Entry) -> PlannedCourse:
    objectives = row.entries("objectives", required=("key", *BANDS, "pretest"))
    return PlannedCourse(
        key=row.key("key", 80),
        jp=row.whole("jp", 1, 100),
        lessons=row.whole("lessons", 1, 100),
        objectives=tuple(
            PlannedObjective(
                key=entry.key("key", 16),
                posttest={band: entry.whole(band, 0, 100) for band in BANDS},
                pretest=entry.whole("pretest", 0, 100),
            )
            for entry in objectives
        ),
    )


def check(course: Course, curriculum: Curriculum) -> Iterator[FileProblem]:
    """Compare JP, lessons and the questions of both tests with the plan."""
    planned = curriculum.get(course.key)
    if planned is None:
        return
    if course.jp != planned.jp:
        yield _unlike(course, 1, "JP", course.jp, planned.jp)
    if len(course.lessons) != planned.lessons:
        yield _unlike(
            course, 1, "Jumlah pelajaran", len(course.lessons), planned.lessons
        )
    lines = {objective.key: objective.line for objective in course.objectives}
    for objective in planned.objectives:
        line = lines.get(objective.key)
        if line is None:
            yield FileProblem(
                course.file,
                1,
                f"Tujuan {objective.key} dari kurikulum belum ada.",
                "Tambahkan di objectives.",
            )
            continue
        yield from _check_tests(course, objective, line)


def _check_tests(
    course: Course, objective: PlannedObjective, line: int
) -> Iterator[FileProblem]:
    for band, planned in objective.posttest.items():
        drawn = sum(
            draw.count
            for draw in course.draws
            if draw.objective == objective.key and set(draw.levels) <= set(BANDS[band])
        )
        if drawn != planned:
            what = f"Soal post-test {objective.key} tingkat {_BAND_NAMES[band]}"
            yield _unlike(course, line, what, drawn, planned)
    asked = sum(
        item.content.objective_key == objective.key for item in course.of_use(PRETEST)
    )
    if asked != objective.pretest:
        what = f"Soal pre-test {objective.key}"
        yield _unlike(course, line, what, asked, objective.pretest)


def _unlike(
    course: Course, line: int, what: str, found: int, planned: int
) -> FileProblem:
    return FileProblem(
        course.file,
        line,
        f"{what}: {found}, menurut kurikulum {planned}.",
        f"Sesuaikan kursusnya, atau ubah {CURRICULUM_FILE}.",
    )
