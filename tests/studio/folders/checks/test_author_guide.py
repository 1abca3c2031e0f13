"""The author's guide tells the truth: its example loads, its figures are the rules'."""

import re
from pathlib import Path

import pytest

from lib.indonesian import format_number
from lib.markdown.blocks import BLOCKS
from quizzes.questions.types import TYPES
from studio.folders.checkable import course_of
from studio.folders.checks import (
    absolute_words,
    budget,
    find_problems,
    key_length,
    key_positions,
    lesson_shape,
    measuring,
)
from studio.folders.reading import read_written
from tests.studio.course_folders import write_folder

ROOT = Path(__file__).parents[4]
GUIDE = (ROOT / "docs" / "writing-courses.md").read_text("utf-8")
FILES = re.compile(r"^`([\w/.-]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "k11", dict(FILES.findall(GUIDE)))


def test_the_example_is_sound_and_short_of_what_the_guide_says(example):
    course = course_of(read_written(example))
    told = [problem.message for problem in find_problems([course], {})]
    assert told == [
        "Kursus ini menampilkan 0 gambar.",
        "0 dari 1 soal di lembar post-test pasti bukan pilihan ganda, seharusnya "
        "sedikitnya 35%.",
        "Bank post-test punya 1 soal t1 (C1, C2), kisi-kisi perlu 3.",
        "Pelajaran ini berisi 115 kata, seharusnya 500 sampai 900.",
        "Pelajaran ini punya 1 bagian selain penutup.",
    ]


def test_the_figures_are_those_of_the_checks():
    assert f"{budget.FEWEST_WORDS} sampai {budget.MOST_WORDS} kata" in GUIDE
    assert f"{format_number(budget.MOST_BYTES)} bita" in GUIDE
    assert f"dalam {lesson_shape.FEWEST_OPENING_WORDS} kata atau lebih" in GUIDE
    assert f"paling banyak {key_length.MOST_LONGEST:.0%} soal" in GUIDE
    assert f"paling banyak {key_positions.MOST_AT_ONE_PLACE:.0%} di satu" in GUIDE
    assert f"Sedikitnya {measuring.OTHER_TYPES}% soal di tiap lembar" in GUIDE
    (low, high), (least, most) = measuring.UNTRAINED, measuring.TRAINED
    assert f"sebelum {low} sampai {high} dan sesudah {least} sampai {most}" in GUIDE
    assert f"paling banyak {absolute_words.MOST_OF_DISTRACTORS:.0%} pengecoh" in GUIDE


def test_every_block_and_every_type_is_told():
    blocks = set(re.findall(r"/{3,4} ([a-z-]+)", GUIDE))
    assert blocks == set(BLOCKS)
    exercises = GUIDE.partition("## Latihan\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", exercises))
    assert set(TYPES) - named == {"single_choice"}


def test_what_the_guide_points_at_is_there():
    for path in re.findall(r"\]\(([\w/.-]+\.md)\)", GUIDE):
        assert (ROOT / "docs" / path).is_file(), path
    for path in re.findall(r"`((?:studio|courses)/[\w/.-]+\.yaml)`", GUIDE):
        assert (ROOT / path).is_file(), path
