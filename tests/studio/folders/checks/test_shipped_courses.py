"""The ten courses of the curriculum keep every rule."""

from collections.abc import Mapping, Sequence

import pytest

from lib.findings import FileProblem, Findings
from studio.folders.checkable import course_of
from studio.folders.checks import curriculum as plan
from studio.folders.checks import read_curriculum, rules
from studio.folders.checks.course import GRADED, PRETEST, Course
from studio.folders.reading import read_written
from studio.management.course_folders import SHIPPED, course_folders


@pytest.fixture(scope="module")
def shipped() -> Sequence[Course]:
    return [
        course_of(read_written(folder), prefix=f"{folder.name}/")
        for folder in course_folders(SHIPPED)
    ]


def told(problems: Sequence[FileProblem]) -> str:
    return "\n".join(map(str, problems))


def name_of(check: object) -> str:
    return f"{check.__module__.rpartition('.')[2]}.{check.__name__}"


@pytest.mark.parametrize("check", [*rules.FAULTS, *rules.PROMISES], ids=name_of)
def test_every_course_keeps_the_rule(shipped, check):
    problems = [problem for course in shipped for problem in check(course)]
    assert not problems, told(problems)


@pytest.mark.parametrize("check", rules.BETWEEN, ids=name_of)
def test_all_courses_together_keep_the_rule(shipped, check):
    problems = list(check(shipped))
    assert not problems, told(problems)


def test_all_courses_keep_the_curriculum(shipped):
    findings = Findings()
    curriculum = read_curriculum(SHIPPED, findings)
    assert not findings.problems
    assert {course.key for course in shipped} == set(curriculum)
    problems = [
        problem for course in shipped for problem in plan.check(course, curriculum)
    ]
    assert not problems, told(problems)


def test_the_programme_is_as_large_as_promised(shipped):
    def count(use: str) -> int:
        return sum(len(course.of_use(use)) for course in shipped)

    sizes: Mapping[str, int] = {
        "courses": len(shipped),
        "jp": sum(course.jp for course in shipped),
        "lessons": sum(len(course.lessons) for course in shipped),
        "pretest": count(PRETEST),
    }
    assert sizes == {"courses": 10, "jp": 24, "lessons": 44, "pretest": 88}
    assert count(GRADED) >= 360
