"""Proposals of enemies: what words tell, and what a person decided already."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from quizzes.questions.composition import Composition
from quizzes.questions.content import OptionContent, QuestionContent
from studio.folders.checks.course import Course, FolderQuestion
from studio.folders.checks.enemies import proposals

OTHERS = [
    "Bendahara mencatat belanja perjalanan dinas setelah rapat anggaran di Tual",
    "Camat di Sumba menerima laporan warga tentang jembatan yang rusak",
    "Guru honorer di Wamena mengisi daftar hadir lewat telepon genggam",
    "Perawat puskesmas menyimpan foto resep pada lemari arsip terkunci",
    "Operator loket memeriksa antrean kapal sebelum pukul delapan pagi",
    "Petugas perpustakaan keliling menata buku menurut minat pembaca desa",
]


def item(key: str, stem: str, right: str = "Ya", *, use="graded", enemies=()):
    options = [
        OptionContent("a", right, Decimal(1)),
        OptionContent("b", "Sesuatu lain", Decimal(0)),
    ]
    content = QuestionContent(
        key=key,
        type="single_choice",
        stem=stem,
        options=options,
        composition=Composition(None, enemies),
    )
    return FolderQuestion(f"{use}.yaml", 2, use, content)


def course_of(*items: FolderQuestion) -> Course:
    """Return a course of these questions, and of others that have nothing in common."""
    others = [item(f"lain-{n}", stem) for n, stem in enumerate(OTHERS)]
    return Course("", "k", "K", 1, (), (), (*items, *others), (), ())


KEY = "Kode referensi dan data induk"
GIVES = "Dua dinas memakai kode referensi serta data induk yang sama. Apa untungnya?"
ASKS = "Sebut prinsip keempat Satu Data Indonesia"


def told(*items) -> list[str]:
    return [problem.message for problem in proposals([course_of(*items)])]


def test_a_key_whose_words_stand_in_another_stem_is_told_with_the_words():
    (problem,) = proposals([course_of(item("a", ASKS, KEY), item("b", GIVES))])

    assert (problem.file, problem.line) == ("graded.yaml", 2)
    assert problem.message.startswith("b dan a: kata kunci jawaban ada di soal lain (")
    assert "referensi" in problem.message
    assert "enemies: [a]" in problem.remedy


def test_who_stands_first_does_not_matter():
    assert len(told(item("b", GIVES), item("a", ASKS, KEY))) == 1


def test_one_word_in_common_gives_nothing_away():
    assert told(item("a", ASKS, "Data"), item("b", GIVES)) == []


def test_questions_that_say_nearly_the_same_are_told():
    stem = "Kepala desa meminta daftar penerima bantuan beras lewat pesan singkat"
    (message,) = told(item("a", f"{stem} malam ini"), item("b", f"{stem} besok"))

    assert "mungkin menanyakan hal sama" in message


def test_enemies_are_not_proposed_again():
    one, other = item("a", ASKS, KEY, enemies=("b",)), item("b", GIVES, enemies=("a",))

    assert told(one, other) == []


def test_a_pretest_must_not_answer_the_posttest_and_no_enemies_help():
    pretest = item("a", GIVES, use="pretest", enemies=("b",))
    (problem,) = proposals([course_of(pretest, item("b", ASKS, KEY))])

    assert "ubah salah satu" in problem.remedy
    assert "enemies" not in problem.remedy


def test_practice_and_other_courses_are_not_looked_at():
    one, other = item("a", ASKS, KEY), item("b", GIVES)

    assert told(one, replace(other, use="practice")) == []
    assert list(proposals([course_of(one), course_of(other)])) == []


@pytest.mark.parametrize("kind", ["ordering", "matching"])
def test_what_is_right_in_its_place_is_no_key(kind):
    asked = item("a", ASKS, KEY)
    asked = replace(asked, content=replace(asked.content, type=kind))

    assert told(asked, item("b", GIVES)) == []


def test_the_command_lists_proposals_and_calls_nothing_wrong(good):
    out = StringIO()
    call_command("check_content", str(good), "--enemies", stdout=out)

    assert out.getvalue().splitlines()[-1].endswith("Anda yang menentukan.")
