"""What the curriculum promises of a course, compared with what the course does."""

import pytest

from tests.studio.folders.checks.good_course import write_good

PLAN = """\
courses:
  - key: kursus-baik
    jp: 1
    lessons: 2
    objectives:
      - {key: t1, recall: 4, apply: 0, analyze: 0, pretest: 2}
      - {key: t2, recall: 0, apply: 8, analyze: 0, pretest: 0}
"""


@pytest.fixture
def shelf(tmp_path):
    write_good(tmp_path / "kursus")
    (tmp_path / "curriculum.yaml").write_text(PLAN)
    return tmp_path


def test_a_course_that_keeps_the_plan_passes(shelf, checked):
    assert checked(shelf) == []
    assert checked(shelf / "kursus") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("jp: 1", "jp: 2", 1, "JP: 1, menurut kurikulum 2."),
        ("lessons: 2", "lessons: 4", 1, "Jumlah pelajaran: 2, menurut kurikulum 4."),
        ("recall: 4", "recall: 3", 10, "t1 tingkat C1–C2: 4, menurut kurikulum 3."),
        ("analyze: 0, pretest: 0", "analyze: 1, pretest: 0", 11, "C4–C5: 0, menurut"),
        ("pretest: 2", "pretest: 3", 10, "Soal pre-test t1: 2, menurut kurikulum 3."),
        ("{key: t2", "{key: t9", 1, "Tujuan t9 dari kurikulum belum ada."),
    ],
)
def test_each_difference_is_told(shelf, checked, old, new, line, message):
    plan = (shelf / "curriculum.yaml").read_text()
    (shelf / "curriculum.yaml").write_text(plan.replace(old, new, 1))
    (told,) = checked(shelf)
    assert told.startswith(f"kursus/course.yaml:{line}: ")
    assert message in told


def test_a_course_outside_the_plan_is_free(shelf, checked):
    plan = PLAN.replace("kursus-baik", "kursus-lain").replace("jp: 1", "jp: 9")
    (shelf / "curriculum.yaml").write_text(plan)
    assert checked(shelf) == []


def test_a_broken_plan_is_told_with_its_line(shelf, checked):
    (shelf / "curriculum.yaml").write_text(PLAN.replace("jp: 1", "jp: satu"))
    told = checked(shelf)
    assert told[0].startswith("curriculum.yaml:3: “jp” bukan bilangan bulat")
