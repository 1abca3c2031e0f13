"""When two questions are one."""

from decimal import Decimal

import pytest

from quizzes.questions.content import OptionContent, QuestionContent
from studio.folders.checks import key_positions
from studio.folders.checks.course import FolderQuestion
from studio.folders.checks.likeness import alike_items


def item(
    stem: str, *options: str, key_at: int = 0, kind: str = "single_choice"
) -> FolderQuestion:
    contents = [
        OptionContent(key=str(place), text=text, fraction=Decimal(place == key_at))
        for place, text in enumerate(options)
    ]
    content = QuestionContent(key="k", type=kind, stem=stem, options=contents)
    return FolderQuestion("a.yaml", 2, "graded", content)


STEM = "Camat di Sumba menerima laporan warga tentang jembatan rusak. Siapa dihubungi?"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (STEM, STEM, True),
        (STEM, STEM.upper().replace(".", ""), True),
        (STEM, STEM.replace("Sumba", "**Timor**"), True),
        (
            STEM,
            "Apa yang dicatat bendahara setelah rapat anggaran di Tual?",
            False,
        ),
        (STEM, STEM.replace("warga tentang jembatan rusak", "guru soal upah"), False),
    ],
)
def test_stems_are_compared_by_their_words(one, other, alike):
    pairs = list(alike_items([item(one, "a", "b"), item(other, "c", "d")]))
    assert bool(pairs) is alike


def test_a_stem_that_says_little_is_compared_with_its_options():
    stem = "Tandai pernyataan yang tepat."
    one = item(stem, "Papan memuat jam layanan", "Papan memuat tarif parkir")
    other = item(stem, "Frasa sandi lebih panjang", "Kode OTP boleh dibagikan")
    assert list(alike_items([one, other])) == []
    assert list(alike_items([one, one])) == [(one, one)]


def test_questions_without_words_are_not_alike():
    assert list(alike_items([item("…", ""), item("?", "")])) == []


@pytest.mark.parametrize(("at_a", "is_told"), [(10, 0), (15, 0), (17, 1)])
def test_two_options_are_judged_by_chance_alone(at_a, is_told):
    class Course:
        def banks(self):
            items = [item("Soal", "ya", "tidak", key_at=n >= at_a) for n in range(20)]
            return [("a.yaml", items)]

    assert len(list(key_positions.check(Course()))) == is_told


def test_a_type_without_one_key_has_no_place_for_it():
    assert item("Soal", "ya", "tidak", kind="ordering").key_place is None
    assert item("Soal", "ya", "tidak", key_at=9).key_place is None
    assert item("Soal", "ya", "tidak", key_at=9).distractors == ()
    assert item("Soal", "ya", "tidak", key_at=1).key_place == 1
