"""The text of a lesson: parts, and keys for headings that have none."""

import pytest

from lib.markdown import MarkdownProblem
from studio.lessons.text import add_missing_keys, join_parts, split_lesson

TEXT = "Pembuka.\n\n## Satu {#satu}\n\nIsi.\n\n### Kecil\n\n## Dua {#dua}\n\nAkhir.\n"


def test_splitting_and_joining_give_the_same_text():
    parts = split_lesson(TEXT)
    assert [part.key for part in parts] == ["pembuka", "satu", "dua"]
    assert [part.title for part in parts] == ["", "Satu", "Dua"]
    assert parts[1].source == "## Satu {#satu}\n\nIsi.\n\n### Kecil"
    assert join_parts([part.source for part in parts]) == TEXT


def test_a_lesson_may_begin_with_a_part():
    assert [part.key for part in split_lesson("## Satu {#satu}\nIsi.")] == ["satu"]


def test_a_text_that_cannot_be_split_says_where():
    with pytest.raises(MarkdownProblem) as problem:
        split_lesson("Pembuka.\n\n/// kasus | Judul\nIsi.")
    assert problem.value.line == 3


def test_headings_without_a_key_get_one_from_their_words():
    text = "## Apa yang berubah?\n\n## Apa yang berubah?\n\n## Sudah {#sudah}\n"
    assert add_missing_keys(text, {}) == (
        "## Apa yang berubah? {#apa-yang-berubah}\n\n"
        "## Apa yang berubah? {#apa-yang-berubah-2}\n\n## Sudah {#sudah}\n"
    )


def test_keys_that_are_there_stay_and_a_second_run_changes_nothing():
    once = add_missing_keys("## Judul\n\n## Lain {#judul}\n", {})
    assert once == "## Judul {#judul-2}\n\n## Lain {#judul}\n"
    assert add_missing_keys(once, {}) == once


def test_a_heading_whose_key_was_deleted_gets_it_back():
    known = {"Apa yang berubah?": "perubahan"}
    assert add_missing_keys("## Apa yang *berubah*?\n", known) == (
        "## Apa yang *berubah*? {#perubahan}\n"
    )


@pytest.mark.parametrize(
    ("heading", "key"),
    [("## Pembuka", "pembuka-2"), ("## 你好", "bagian"), ("## a_b", "a-b")],
)
def test_every_heading_gets_a_key_that_may_be_used(heading, key):
    assert add_missing_keys(heading, {}) == f"{heading} {{#{key}}}"


@pytest.mark.parametrize(
    "text", ["`## x`\n", "```\n## kode\n```\n", "### Kecil\n", "##\n"]
)
def test_what_is_no_part_heading_is_left_alone(text):
    assert add_missing_keys(text, {}) == text
