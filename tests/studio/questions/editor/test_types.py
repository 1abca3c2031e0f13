"""The editor of every question type: opened, changed, stored, and refused."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from quizzes import actions as quizzes_actions
from quizzes.bank.stored import content_of
from quizzes.models import QuestionBank, QuestionVersion
from quizzes.questions.content import QuestionContent
from quizzes.questions.types import TYPES
from studio.questions.editor.kinds import offered_types
from studio.questions.editor.preview import question_preview
from studio.questions.editor.sections import sections_of
from studio.questions.editor.typed import blank, question_content, stored
from tests.examples import some
from tests.quizzes.questions.examples import ALL, EXAMPLES
from tests.quizzes.questions.strategies import questions
from tests.studio.page_forms import form_of, formset_fields, tags_in, words_in

LIST = "/studio/kursus-kecil/soal/"
BANK = "kursus-kecil-posttest"
EVERY = pytest.mark.parametrize("name", sorted(TYPES))


@pytest.fixture
def write(course, draft, now):
    """Return a function that stores a question of the course."""

    def send(content: QuestionContent) -> str:
        bank = QuestionBank.objects.get(key=BANK)
        content = replace(content, objective_key="t1", level="C3")
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)
        return f"{LIST}{BANK}/{content.key}/"

    return send


def newest(key: str) -> QuestionContent:
    version = QuestionVersion.objects.filter(question__key=key).latest("number")
    return content_of(version)


def written(content: QuestionContent) -> QuestionContent:
    """Return a question as the database gives it back, tested and dated."""
    return replace(
        content,
        options=tuple(content.options),
        objective_key="t1",
        level="C3",
        tags=(),
        source_keys=(),
    )


@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
def test_what_is_opened_and_saved_is_the_same_question(author, write, content):
    url = write(content)
    said = form_of(author.get(url)) | {"checked_on": ["2026-11-21"], "command": "save"}
    assert author.post(url, said).status_code == 302
    assert replace(newest(content.key), checked_on=None) == written(content)


@EVERY
def test_any_question_survives_its_form(name):
    @settings(max_examples=some(30))
    @given(questions(name))
    def survives(content):
        typed = stored(content)
        again = question_content(
            typed,
            key=content.key,
            cleaned={"level": content.level},
            before=content,
        )
        assert list(again.options) == list(content.options)
        assert (again.settings, again.scoring) == (content.settings, content.scoring)

    survives()


@EVERY
def test_a_new_question_of_every_type_is_written_without_script(
    author, course, draft, name
):
    """The form that a type offers at first, filled with an example and sent."""
    url = f"{LIST}baru/{name}/"
    empty = form_of(author.get(url))
    example = EXAMPLES[name]
    said = {
        **empty,
        **_fields_of(example),
        "bank": BANK,
        "stem": example.stem,
        "objective": "t1",
        "level": "C3",
        "checked_on": "2026-11-21",
        "tags": "Kata Sandi, loket",
        "pillar": "aman",
        "command": "save",
    }
    response = author.post(url, said, follow=True)
    assert response.status_code == 200
    stored_content = newest("kk-post-01")
    assert stored_content.options == tuple(example.options)
    assert stored_content.settings == example.settings
    assert stored_content.tags == ("kata sandi", "loket")
    assert stored_content.pillar == "aman"


def _fields_of(content: QuestionContent) -> dict[str, Any]:
    typed = stored(content)
    rows = [row for section in sections_of(typed) for row in section.rows]
    return {
        "right": [row.key for row in rows if row.is_right],
        **formset_fields(
            "baris",
            **{
                name: [getattr(row, name) for row in rows]
                for name in ("key", "text", "feedback", "worth", "match", "group")
            },
        ),
        **formset_fields(
            "adegan",
            key=[scene.key for scene in typed.scenes],
            text=[scene.text for scene in typed.scenes],
        ),
        "unit": typed.unit,
    }


def test_the_types_are_offered_with_a_line_each(author, course, draft):
    page = author.get(f"{LIST}baru/?bank={BANK}")
    assert {kind.name for kind in offered_types()} == set(TYPES)
    for kind in offered_types():
        assert f"{LIST}baru/{kind.name}/?bank={BANK}" in page.text
        assert kind.explanation in page.text
    assert author.get(f"{LIST}baru/esai/").status_code == 404


@EVERY
def test_an_empty_question_is_refused_with_its_remedies(author, course, draft, name):
    url = f"{LIST}baru/{name}/"
    said = form_of(author.get(url)) | {
        "bank": BANK,
        "stem": "Apa yang tepat?",
        "objective": "t1",
        "level": "C2",
        "command": "save",
    }
    response = author.post(url, said)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not QuestionVersion.objects.filter(question__key="kk-post-01").exists()


def rows_of(response) -> list[Any]:
    return [row for s in response.context["page"].sections for row in s.rows]


@EVERY
def test_rows_move_come_and_go_by_buttons(author, write, name):
    url = write(EXAMPLES[name])
    page = author.get(url)
    said, section = form_of(page), page.context["page"].sections[0]
    first, second = (
        section.rows[:2] if len(section.rows) > 1 else (section.rows[0],) * 2
    )
    moved = author.post(url, said | {"command": f"down:{first.key}"})
    assert rows_of(moved)[0].key == second.key
    assert rows_of(
        author.post(url, form_of(moved) | {"command": f"up:{first.key}"})
    ) == (rows_of(page))
    gone = author.post(url, said | {"baris-0-DELETE": "on"})
    assert first.key not in {row.key for row in rows_of(gone)}
    more = author.post(url, said | {"command": section.add_command})
    (new,) = {row.key for row in rows_of(more)} - {row.key for row in rows_of(page)}
    assert next(row for row in rows_of(more) if row.key == new).is_blank
    assert newest(EXAMPLES[name].key).options == tuple(EXAMPLES[name].options)


def test_scenes_come_and_go_with_their_replies(author, write):
    content = EXAMPLES["dialogue"]
    url = write(content)
    page = author.get(url)
    more = author.post(url, form_of(page) | {"command": "add-scene"})
    sections = more.context["page"].sections
    assert [s.key for s in sections] == ["awal", "reda", "kesal", "s1"]
    assert len(sections[-1].rows) == 2
    fewer = author.post(url, form_of(more) | {"adegan-1-DELETE": "on"})
    assert [s.key for s in fewer.context["page"].sections] == ["awal", "kesal", "s1"]


@pytest.mark.parametrize(
    ("name", "field", "typed", "message"),
    [
        ("situational", "baris-0-worth", "6", "Poin ini belum tepat."),
        ("dialogue", "baris-0-worth", "banyak", "Poin ini belum tepat."),
        ("numeric", "baris-0-worth", "150", "Nilai ini belum tepat."),
        ("true_false_set", "baris-0-worth", "", "Tentukan dulu: benar atau salah."),
        ("dialogue", "adegan-1-text", "", "Adegan ini masih kosong."),
        ("matching", "baris-0-feedback", "", "Alasannya belum ada."),
        ("matching", "baris-0-match", "", "jodoh"),
        ("numeric", "baris-0-match", "kira-kira", "kira-kira"),
        ("gap_select", "stem", "Tanpa celah.", "belum punya celah"),
        ("mark_text", "stem", "Tanpa bagian.", "belum punya"),
    ],
)
def test_bad_input_is_told_at_its_row_and_what_was_typed_stays(
    author, write, name, field, typed, message
):
    url = write(EXAMPLES[name])
    said = form_of(author.get(url)) | {"checked_on": ["2026-11-21"], "command": "save"}
    if field.endswith("feedback"):
        # An explanation for everybody would be enough.
        said["feedback"] = [""]
    said[field] = [typed]
    response = author.post(url, said)
    assert response.status_code == 200
    assert message in response.text
    assert form_of(response)[field] == said[field]
    assert newest(EXAMPLES[name].key).options == tuple(EXAMPLES[name].options)


def test_another_marking_rule_brings_its_own_columns(author, write):
    content = EXAMPLES["multiple_response"]
    url = write(content)
    said = form_of(author.get(url)) | {"checked_on": ["2026-11-21"]}
    page = author.post(url, said | {"scoring": "fractions", "command": "rule"})
    fields = form_of(page)
    worth = [fields[f"baris-{place}-worth"] for place in range(5)]
    assert worth == [["33,3333"]] * 3 + [["-50"]] * 2
    assert "right" not in fields
    typed = enumerate(["50", "25", "25", "-50", "0"])
    fields |= {f"baris-{place}-worth": [worth] for place, worth in typed}
    fields["command"] = ["save"]
    assert author.post(url, fields).status_code == 302
    saved = newest(content.key)
    assert saved.scoring == "fractions"
    assert [option.fraction for option in saved.options] == [
        Decimal(worth) for worth in ("0.5", "0.25", "0.25", "-0.5", "0")
    ]
    back = form_of(author.get(url)) | {"scoring": "all_or_nothing", "command": "rule"}
    assert form_of(author.post(url, back))["right"] == ["nik", "telepon", "alamat"]


@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
def test_the_preview_shows_the_question_as_asked_and_its_key_below(
    author, write, content
):
    page = author.get(write(content))
    text = page.text
    assert "form" not in tags_in(text, "m-phone-frame")
    rule = TYPES[content.type].rule(content.view())
    assert rule in words_in(text, "m-phone-frame")
    assert "dd" in tags_in(text, "m-answer-key")
    # Tried there, an answer goes nowhere: its fields belong to no form.
    assert not {name for name in form_of(page) if name.startswith("answer")}


def test_the_key_says_worth_and_tolerance():
    situational, numeric = EXAMPLES["situational"], EXAMPLES["numeric"]
    (line,) = question_preview(situational).key
    assert line.answers[0].endswith("(5 poin)")
    (line,) = question_preview(numeric).key
    assert line.answers == ["9,6", "9,6 ± 0,5 (50%)"]
    (line,) = question_preview(
        next(content for content in ALL if content.key == "boleh-dibagikan")
    ).key
    assert line.answers == ["Tidak ada yang benar"]


def test_without_a_whole_question_there_is_no_preview():
    for name in TYPES:
        content = question_content(blank(name), key="", cleaned={}, before=None)
        assert question_preview(content).control is None


def test_the_preview_shows_what_was_typed_and_stores_nothing(author, write):
    content = EXAMPLES["single_choice"]
    url = write(content)
    said = form_of(author.get(url)) | {"stem": ["Bunyi baru?"], "command": "preview"}
    response = author.post(url, said)
    assert "Bunyi baru?" in words_in(response.text, "m-phone-frame")
    assert newest(content.key).stem == content.stem


def test_a_form_with_too_many_rows_is_cut_short(author, write):
    url = write(EXAMPLES["single_choice"])
    said = form_of(author.get(url))
    said |= formset_fields("baris", key=[f"k{n}" for n in range(150)])
    assert len(rows_of(author.post(url, said | {"command": "rule"}))) == 100
