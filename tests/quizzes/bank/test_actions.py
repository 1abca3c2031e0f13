"""Writing questions: drafts change, ready wordings never do."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import AuditRecord
from lib.markdown import MarkdownProblem
from quizzes import actions
from quizzes.exceptions import QuestionNotUsable
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions.content import OptionContent
from tests.factories import make_question


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


def write(bank, now, **over) -> QuestionVersion:
    """Write a wording of one question."""
    return actions.write_question(
        bank=bank, content=make_question("soal-1", **over), by=None, now=now
    )


def ready(bank, now) -> int:
    """Make the drafts of the bank's course ready."""
    return actions.make_ready(course=bank.course, by=None, now=now)


def test_a_bank_is_opened_once_per_key(bank, world, now):
    again = actions.open_bank(
        key="contoh-baru",
        title="Lain",
        use=QuestionBank.Use.PRACTICE,
        course=None,
        unit=world.other_agency,
        now=now,
    )

    assert (again, again.title, again.use) == (bank, "Baru", "graded")


def test_a_question_is_written_as_a_draft_with_its_html(bank, now):
    version = write(bank, now, stem="Apa *itu*?")

    assert (version.number, version.state) == (1, QuestionVersion.State.DRAFT)
    assert "<em>itu</em>" in version.stem_html
    assert [option.key for option in version.options.all()] == ["a", "b", "c"]


def test_the_same_words_change_nothing(bank, now):
    assert write(bank, now) == write(bank, now)
    assert QuestionVersion.objects.filter(question__bank=bank).count() == 1


def test_an_open_draft_is_replaced(bank, now):
    write(bank, now)

    second = write(bank, now, stem="Lebih baik?")

    assert second.number == 1
    assert second.question.versions.get() == second


def test_a_ready_wording_stays_and_a_change_becomes_the_next_number(bank, now):
    first = write(bank, now)
    assert ready(bank, now) == 1

    second = write(bank, now, stem="Lebih baik?")

    first.refresh_from_db()
    assert (first.number, first.stem) == (1, "Pertanyaan soal-1?")
    assert (second.number, second.state) == (2, QuestionVersion.State.DRAFT)
    assert list(QuestionVersion.objects.filter(question__bank=bank).drawable()) == [
        first
    ]

    ready(bank, now)
    assert list(QuestionVersion.objects.filter(question__bank=bank).drawable()) == [
        QuestionVersion.objects.get(pk=second.pk)
    ]


def test_making_ready_twice_changes_nothing(bank, now):
    write(bank, now)

    assert (ready(bank, now), ready(bank, now)) == (1, 0)
    assert Question.objects.get(bank=bank).state == Question.State.READY


def test_writing_back_the_first_words_does_not_bring_them_back_as_draft(bank, now):
    write(bank, now)
    ready(bank, now)
    write(bank, now, stem="Lebih baik?")
    ready(bank, now)

    third = write(bank, now)

    assert third.number == 3


def test_a_retired_question_is_never_drawn_and_stays_retired(bank, now):
    version = write(bank, now)
    ready(bank, now)

    for _ in range(2):
        actions.retire_question(question_id=version.question_id, by=None, now=now)
    write(bank, now, stem="Lebih baik?")
    ready(bank, now)

    assert not QuestionVersion.objects.filter(question__bank=bank).drawable().exists()


def test_a_withdrawn_question_comes_back_as_it_was(bank, now):
    version = write(bank, now)
    ready(bank, now)
    unpublished = actions.write_question(
        bank=bank, content=make_question("baru"), by=None, now=now
    )
    for found in (version, unpublished):
        actions.retire_question(question_id=found.question_id, by=None, now=now)
        for _ in range(2):
            actions.restore_question(question_id=found.question_id, by=None, now=now)

    assert QuestionVersion.objects.filter(question__bank=bank).drawable().get() == (
        version
    )
    assert Question.objects.get(key="baru").state == "draft"
    verbs = AuditRecord.objects.filter(object_id=version.question_id)
    assert verbs.filter(verb="quizzes.question.restored").count() == 1


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"type": "essay"}, "unknown_type"),
        ({"stem": "  \n"}, "no_stem"),
        ({"options": []}, "bad_question"),
        ({"options": [OptionContent("a", "Satu", Decimal(1))]}, "bad_question"),
        (
            {"options": [OptionContent("a", "Satu"), OptionContent("b", "Dua")]},
            "bad_question",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_its_remedy(
    bank, now, over, code
):
    with pytest.raises(QuestionNotUsable, match=code) as refused:
        write(bank, now, **over)

    assert refused.value.message
    assert not Question.objects.filter(bank=bank).exists()


def test_a_stem_that_cannot_be_rendered_leaves_nothing(bank, now):
    with pytest.raises(MarkdownProblem):
        write(bank, now, stem="# Judul besar")

    assert not Question.objects.filter(bank=bank).exists()


def test_any_change_of_a_word_changes_the_digest():
    content = make_question("soal-1")
    option = content.options[0]

    changed = [
        replace(content, stem="Lain?"),
        replace(content, level="C3"),
        replace(
            content, options=[replace(option, feedback="Lain."), *content.options[1:]]
        ),
        replace(content, options=content.options[::-1]),
    ]

    assert len({row.digest() for row in [content, *changed]}) == 5
    assert content.digest() == make_question("soal-1").digest()
