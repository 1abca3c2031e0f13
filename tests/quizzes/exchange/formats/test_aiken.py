"""Aiken: a question, its letters and the right one."""

from dataclasses import replace

import pytest

from quizzes.exchange.formats import aiken
from tests.quizzes.exchange.formats.comparing import only, sound
from tests.quizzes.questions.examples import ALL, EXAMPLES

FILE = "Apa ibu kota?\nA. Bandung\nB) Jakarta\nC. Medan\nANSWER: B\n"


def test_a_question():
    question = sound(aiken.read(FILE.encode()))

    assert (question.key, question.stem) == ("apa-ibu-kota", "Apa ibu kota?")
    assert [(o.key, o.text, o.fraction) for o in question.options] == [
        ("a", "Bandung", 0),
        ("b", "Jakarta", 1),
        ("c", "Medan", 0),
    ]


def test_stems_of_several_lines_and_other_encodings():
    text = f"Bacalah.\r\n{FILE}".replace("Medan", "Café")

    assert (
        sound(aiken.read(text.encode("utf-8-sig"))).stem == "Bacalah.  \nApa ibu kota?"
    )
    reading = aiken.read(text.encode("cp1252"))
    assert only(reading).question.options[2].text == "Café"
    assert "Windows-1252" in reading.notes[0]


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        (FILE.replace("ANSWER: B", "ANSWER: D"), "Baris 5: huruf “D”", 1),
        (FILE.replace("ANSWER: B\n", ""), "Tidak ada baris ANSWER.", 1),
        ("\n\nANSWER: A\n", "Tidak ada pertanyaan", 3),
        ("\nApa?\nA. satu\nANSWER: A\n", "Butuh sedikitnya dua pilihan.", 2),
    ],
)
def test_problems_with_their_lines(text, problem, line):
    item = only(aiken.read(text.encode()))

    assert item.problems[0].startswith(problem)
    assert item.line == line


def test_only_single_choices_are_written_and_the_others_told():
    rendering = aiken.render(ALL)

    items = aiken.read(rendering.data).items
    assert [item.question.stem for item in items] == [EXAMPLES["single_choice"].stem]
    told = {key for key, _loss in rendering.losses}
    assert told == {question.key for question in ALL}


def test_words_and_key_come_back():
    question = EXAMPLES["single_choice"]

    again = sound(aiken.read(aiken.render([question]).data))

    assert again.stem == question.stem
    assert [(o.text, o.fraction) for o in again.options] == [
        (o.text, o.fraction) for o in question.options
    ]


# As a running Moodle read them: one such question and it refuses the whole file.
@pytest.mark.parametrize(
    "stem", ["A. N. Kepala Dinas?", "B) apa?", "ANSWER: apa?", "X"]
)
def test_what_moodle_takes_for_something_else_is_left_out(stem):
    question = replace(EXAMPLES["single_choice"], stem=stem)

    rendering = aiken.render([question, EXAMPLES["single_choice"]])

    assert stem not in rendering.data.decode()
    assert rendering.data.decode().count("ANSWER: ") == 1
    assert "tidak ditulis" in rendering.losses[0][1]


@pytest.mark.parametrize(
    "stem", ["a. n. Kepala Dinas?", "Jawaban?", "Apa A. itu?", "Éa?"]
)
def test_what_moodle_takes_for_a_question_is_written(stem):
    question = replace(EXAMPLES["single_choice"], stem=stem)

    assert stem in aiken.render([question]).data.decode()


def test_a_table_becomes_a_line_without_its_rule():
    stem = "Lihat.\n\n| Bulan | Rp |\n|:---|---:|\n| Jan | 1 - 2 |\n\nBerapa?"
    question = replace(EXAMPLES["single_choice"], stem=stem)

    rendering = aiken.render([question])

    first = rendering.data.decode().split("\n")[0]
    assert first == "Lihat. | Bulan | Rp | | Jan | 1 - 2 | Berapa?"
    assert any("tabel" in loss for _key, loss in rendering.losses)
