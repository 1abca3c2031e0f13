"""Questions of every type as they are stored: gaps by number, scenes with HTML."""

from dataclasses import replace

import pytest

from quizzes import actions
from quizzes.bank.rows import question_view
from quizzes.exceptions import QuestionNotUsable
from quizzes.models import QuestionBank, QuestionVersion
from quizzes.questions.types import gaps
from quizzes.questions.types.scenes import as_written
from tests.factories import make_question
from tests.quizzes.questions import examples


@pytest.fixture
def bank(world, course, now) -> QuestionBank:
    """An empty bank of the course."""
    return actions.open_bank(
        key="contoh-baru",
        title="Baru",
        use=QuestionBank.Use.GRADED,
        course=course,
        unit=world.agency,
        now=now,
    )


@pytest.mark.parametrize("content", examples.ALL, ids=lambda row: row.key)
def test_a_question_of_any_type_is_stored_as_it_was_written(bank, now, content):
    version = actions.write_question(bank=bank, content=content, by=None, now=now)
    version = QuestionVersion.objects.get(pk=version.pk)

    stored = question_view(version)
    assert list(stored.options) == list(content.view().options)
    assert as_written(stored.settings) == content.settings
    again = actions.write_question(
        bank=bank, content=replace(content, settings=version.settings), by=None, now=now
    )
    assert again == version


@pytest.mark.parametrize("type", ["gap_select", "mark_text"])
def test_the_html_of_a_stem_holds_gaps_by_number_only(bank, now, type):
    content = examples.EXAMPLES[type]
    version = actions.write_question(bank=bank, content=content, by=None, now=now)

    keys = gaps.keys_in(content.stem)
    assert version.stem == content.stem
    assert gaps.are_whole(version.stem_html, len(keys))
    assert not any(f"[[{key}]]" in version.stem_html for key in keys)


def test_brackets_in_the_stem_of_another_type_are_words(bank, now):
    content = make_question("soal-1", stem="Apa itu [[kode]]?")
    version = actions.write_question(bank=bank, content=content, by=None, now=now)

    assert "[[kode]]" in version.stem_html


def test_scenes_are_stored_with_their_html_and_nobody_elses(bank, now):
    content = examples.EXAMPLES["dialogue"]
    scenes = [
        {**scene, "text": "Ini *penting*.", "html": "<script>"}
        for scene in content.settings["scenes"]
    ]
    version = actions.write_question(
        bank=bank,
        content=replace(content, settings={"scenes": scenes}),
        by=None,
        now=now,
    )

    assert {scene["html"] for scene in version.settings["scenes"]} == {
        "<p>Ini <em>penting</em>.</p>"
    }
    assert (
        version.content_hash
        == replace(content, settings=as_written({"scenes": scenes})).digest()
    )


def test_a_gap_inside_a_link_is_refused_with_its_remedy(bank, now):
    content = examples.EXAMPLES["gap_select"]
    stem = f'{content.stem} [Baca](https://contoh.go.id/ "[[ppid]]")'

    with pytest.raises(QuestionNotUsable, match="bad_question") as refused:
        actions.write_question(
            bank=bank, content=replace(content, stem=stem), by=None, now=now
        )

    assert "Pindahkan" in refused.value.message
