"""Questions in YAML: what is written is read back, and every problem has its line."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.models.catalogue import CognitiveLevel, Pillar
from lib.findings import Findings
from quizzes.exchange.formats.yaml.format import read_questions, render_questions
from quizzes.exchange.formats.yaml.shapes import SHAPES
from quizzes.questions.composition import Composition, Expected
from quizzes.questions.content import LEVELS, PILLARS, OptionContent, QuestionContent
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.examples import some
from tests.quizzes.questions.examples import ALL, EXAMPLES
from tests.quizzes.questions.strategies import questions

DOCUMENT = Path(__file__).parents[4] / "docs" / "question-yaml.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def read(text: str, *, is_complete: bool = False) -> list[QuestionContent]:
    findings = Findings()
    found = read_questions(text, "soal.yaml", findings, is_complete=is_complete)
    assert not findings.problems, list(map(str, findings.in_order()))
    return [question.content for question in found]


def plain(content: QuestionContent) -> QuestionContent:
    """Return the question with tuples, and its replies scene by scene."""
    scenes = [scene["key"] for scene in content.settings.get("scenes", ())]
    options = sorted(
        content.options, key=lambda o: scenes.index(o.group) if scenes else 0
    )
    return replace(
        content,
        options=tuple(options),
        source_keys=tuple(content.source_keys),
        tags=tuple(content.tags),
    )


def test_every_type_has_a_shape():
    assert set(SHAPES) == set(TYPES) == set(EXAMPLES)


def test_levels_and_pillars_are_those_of_the_courses():
    assert list(LEVELS) == CognitiveLevel.values
    assert list(PILLARS) == Pillar.values


@every_case("content", ALL, ids=lambda content: content.key)
def test_each_example_comes_back_as_it_was(content):
    tagged = replace(content, pillar="aman", tags=("kata sandi", "loket"))
    assert read(render_questions([content, replace(tagged, key="lain")])) == [
        plain(content),
        plain(replace(tagged, key="lain")),
    ]


@every_case("name", sorted(SHAPES))
def test_any_question_comes_back_as_it_was(name):
    @settings(max_examples=some(30))
    @given(questions(name))
    def comes_back(content):
        assert read(render_questions([content])) == [plain(content)]

    comes_back()


@given(st.text(min_size=1, max_size=60))
def test_any_text_of_an_option_survives_yaml(text):
    """The words alone: whether Markdown can render them is another question."""
    content = replace(
        EXAMPLES["single_choice"],
        options=[OptionContent("a", text), OptionContent("b", "yes")],
    )
    options = yaml.safe_load(render_questions([content]))["questions"][0]["options"]
    assert [option["text"] for option in options] == [text, "yes"]


def test_a_worth_that_points_cannot_say_becomes_percent():
    third = Decimal("0.333333")
    dialogue = EXAMPLES["dialogue"]
    content = replace(
        dialogue,
        options=[replace(dialogue.options[0], fraction=third), *dialogue.options[1:]],
    )
    text = render_questions([content])
    assert "percent: 33.3333" in text
    assert read(text)[0].options[0].fraction == third


def test_numbers_may_stand_without_quotes_and_answers_without_keys():
    (content,) = read(
        "questions:\n  - key: a\n    type: numeric\n    stem: Berapa?\n"
        "    answers:\n      - {text: 9.6, tolerance: 0.5}\n      - {text: -48}\n"
    )
    assert [(o.key, o.text, o.match, o.fraction) for o in content.options] == [
        ("j1", "9.6", "0.5", 1),
        ("j2", "-48", "", 1),
    ]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_examples_of_the_manual_are_complete_questions(block):
    assert read(block, is_complete=True)


def test_the_manual_shows_every_type():
    shown = {content.type for block in BLOCKS for content in read(block)}
    assert shown == set(SHAPES)


def block_of(name: str) -> str:
    return next(block for block in BLOCKS if f"type: {name}\n" in block)


SPOILED = [
    ("single_choice", "type: single_choice", "type: esai", "type: esai", "single"),
    ("single_choice", "    options:", "    answers:", "“answers” tidak", "options"),
    ("single_choice", "correct: true", "correct: ya", "bukan ya atau tidak", "true"),
    ("single_choice", "correct: true", "percent: 101", "-100 sampai 100", "kutip"),
    (
        "single_choice",
        "correct: true",
        "correct: true\n        percent: 5",
        "tidak dipakai bersama",
        "Hapus",
    ),
    ("single_choice", "level: C3", "scoring: lain", "satu aturan nilai", "Hapus"),
    ("single_choice", "level: C3", "level: C7", "level: C7", "C6"),
    ("single_choice", "level: C3", "pillar: biru", "pillar: biru", "cakap"),
    ("single_choice", "level: C3", "tags: ['a, b']", "memuat koma", "dua tanda"),
    ("single_choice", "level: C3", f"tags: [{'a' * 41}]", "terlalu panjang", "40"),
    ("single_choice", "level: C3", "tags: loket", "bukan daftar", "“- ”"),
    ("single_choice", "untrained: 40", "untrained: 101", "0 sampai 100", "kutip"),
    ("single_choice", "untrained: 40", "untrained: 4.5", "0 sampai 100", "kutip"),
    ("single_choice", "untrained: 40", "untrained: 90", "(90%) melebihi", "tinggi"),
    ("single_choice", "untrained: 40, ", "", "“untrained” belum", "untrained"),
    ("single_choice", "expected: {", "expected: {ahli: 1, ", "“ahli” tidak", "."),
    ("single_choice", "level: C3", "enemies: [lain]", "“lain” di enemies", "hapus"),
    ("single_choice", "level: C3", "enemies: lain", "bukan daftar", "“- ”"),
    (
        "single_choice",
        "level: C3",
        "enemies: [contoh-pilihan]",
        "menyebut dirinya sendiri",
        "soal lain",
    ),
    ("multiple_response", "all_or_nothing", "lain", "scoring: lain", "balanced"),
    ("multiple_response", "key: telepon", "key: nik", "“nik” sudah", "lain"),
    ("true_false_set", "        correct: true\n", "", "“correct” belum", "correct"),
    ("matching", "match: lembar", "match: hilang", "hilang", "."),
    ("matching", "key: salindia", "key: hitung", "“hitung” sudah", "lain"),
    ("matching", "    choices:", "    lists:", "“lists” tidak dikenal", "."),
    ("matching", "        match: lembar\n", "", "“match” belum ada", "match"),
    ("gap_select", "[[ppid]]", "[[hilang]]", "hilang", "."),
    ("numeric", "text: 48", "text: empat", "empat", "."),
    ("numeric", "tolerance: 0.5", "tolerance: kira-kira", "kira-kira", "."),
    ("numeric", "text: 48", "text:", "“text” masih kosong", "Tulis"),
    ("short_text", "percent: 50", "percent: separuh", "bukan angka", "titik"),
    ("situational", "points: 5", "points: 6", "dari 0 sampai 5", "kutip"),
    ("situational", "        points: 2\n", "", "“points” belum ada", "points: 3"),
    ("dialogue", "next: reda", "next: hilang", "hilang", "."),
    ("dialogue", "            points: 5\n", "", "“points” belum ada", "points: 3"),
    ("dialogue", "replies:", "balasan:", "“balasan” tidak dikenal", "."),
    ("dialogue", "key: reda\n", "key: awal\n", "“awal” sudah dipakai", "lain"),
]


@every_case(("name", "old", "new", "message", "remedy"), SPOILED)
def test_each_problem_names_a_line_and_a_remedy(name, old, new, message, remedy):
    text = block_of(name)
    assert old in text
    findings = Findings()
    read_questions(text.replace(old, new, 1), "soal.yaml", findings, is_complete=True)
    fitting = [p for p in findings.in_order() if message in str(p)]
    assert fitting, list(map(str, findings.in_order()))
    assert remedy.lower() in str(fitting[0].remedy).lower()
    assert fitting[0].line > 1


@every_case("name", sorted(SHAPES))
def test_a_course_needs_feedback_on_all_that_can_be_chosen(name):
    lines = block_of(name).splitlines(keepends=True)
    feedback = next(n for n, line in enumerate(lines) if "  feedback:" in line[6:])
    text = "".join([*lines[:feedback], *lines[feedback + 1 :]])
    assert read(text)
    findings = Findings()
    read_questions(text, "soal.yaml", findings, is_complete=True)
    assert [p.message for p in findings.in_order()] == ["Kunci “feedback” belum ada."]
    assert findings.problems[0].line <= feedback + 1


def test_a_question_alone_needs_no_course():
    said = "objective", "level", "source", "checked_on"
    text = "".join(
        line
        for line in block_of("ordering").splitlines(keepends=True)
        if not line.strip().startswith(said)
    )
    (content,) = read(text)
    assert (content.objective_key, content.level, content.checked_on) == ("", "", None)
    findings = Findings()
    read_questions(text, "soal.yaml", findings, is_complete=True)
    assert len(findings.problems) == len(said)


# --- what counts when papers are composed -------------------------------------------
def pair(first: str = "", second: str = "") -> str:
    """Return a file of two questions with these lines more."""
    one = block_of("single_choice").replace(
        "    expected: {untrained: 40, trained: 82}\n", ""
    )
    other = one.removeprefix("questions:\n").replace("contoh-pilihan", "contoh-dua")
    return f"{one}{first}{other}{second}"


def test_expected_difficulty_and_enemies_come_back_as_they_were():
    (one, other) = read(
        pair(
            "    expected: {untrained: 0, trained: 100}\n    enemies: [contoh-dua]\n",
            "    expected: {untrained: 40, trained: 40}\n",
        ),
        is_complete=True,
    )
    assert one.composition == Composition(Expected(0, 100), ("contoh-dua",))
    assert other.composition == Composition(Expected(40, 40), ("contoh-pilihan",))
    assert read(render_questions([one, other]), is_complete=True) == [one, other]


def test_enemies_count_both_ways_whoever_names_whom():
    papers = [
        [question.composition for question in read(text, is_complete=True)]
        for text in (
            pair("    enemies: [contoh-dua]\n"),
            pair("", "    enemies: [contoh-pilihan]\n"),
            pair("    enemies: [contoh-dua]\n", "    enemies: [contoh-pilihan]\n"),
        )
    ]
    assert papers[0] == papers[1] == papers[2]
    assert [one.enemies for one in papers[0]] == [("contoh-dua",), ("contoh-pilihan",)]


def test_an_enemy_named_twice_is_told_on_its_line():
    findings = Findings()
    text = pair("    enemies:\n      - contoh-dua\n      - contoh-dua\n")
    read_questions(text, "soal.yaml", findings, is_complete=True)
    (problem,) = findings.in_order()
    assert problem.message == "“contoh-dua” disebut dua kali di enemies."
    assert text.splitlines()[problem.line - 1] == "      - contoh-dua"


def test_a_loose_file_may_name_questions_of_its_bank():
    (one, _other) = read(pair("    enemies: [di-bank]\n"))
    assert one.composition.enemies == ("di-bank",)


def test_what_counts_when_papers_are_composed_is_no_new_wording():
    (one, _other) = read(pair("    enemies: [contoh-dua]\n"))
    bare = replace(one, composition=Composition())
    assert one.digest() == bare.digest()
