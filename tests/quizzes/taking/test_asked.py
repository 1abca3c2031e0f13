"""A question filled into its sheet is the question as it would be drawn."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from quizzes.bank.known import KnownQuestion
from quizzes.marking.saves import Save
from quizzes.questions.content import OptionContent
from quizzes.questions.rendering import written_wording
from quizzes.taking import asked
from quizzes.taking.asked import AskedQuestion
from tests.quizzes.questions.examples import ALL

SHUFFLES = 12
NOW = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)


def known(content) -> KnownQuestion:
    """Return a question as a process knows it, nothing drawn yet."""
    return KnownQuestion(
        version_id=1,
        question_id=1,
        objective_key=content.objective_key,
        level=content.level,
        pillar="",
        wording=written_wording(content),
    )


def orders_of(content) -> list[list[str]]:
    """Return some orders of a question's options, the author's own first."""
    chance = random.Random(content.key)
    keys = [option.key for option in content.options]
    return [keys, *(chance.sample(keys, len(keys)) for _ in range(SHUFFLES))]


def ask(question, order, *, position=3, total=15, save=None) -> AskedQuestion:
    """Return a question as an attempt asks it."""
    return AskedQuestion(
        position=position, total=total, known=question, order=order, save=save
    )


def drawn(question) -> str:
    """Return the fieldset as the template draws it."""
    saved = asked._time(question.saved_at)
    place = asked.SheetPlace(str(question.position), question.number, saved)
    return asked._drawn(question.known.wording, question.value, question.order, place)


@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
def test_every_order_is_as_it_would_be_drawn(content):
    question = known(content)

    for position, order in enumerate(orders_of(content), 1):
        shown = ask(question, order, position=position, total=1_300)

        assert shown.html == drawn(shown)


def test_most_types_are_drawn_once(monkeypatch):
    contents = [one for one in ALL if one.type not in asked._NEVER_A_SHEET]
    assert {"single_choice", "multiple_response"} <= {one.type for one in contents}
    questions = [known(content) for content in contents]
    for question, content in zip(questions, contents, strict=True):
        assert ask(question, orders_of(content)[0]).html
    monkeypatch.setattr(asked, "render_to_string", None)

    for question, content in zip(questions, contents, strict=True):
        assert all(ask(question, order).html for order in orders_of(content))


def test_an_order_with_other_options_is_drawn():
    content = next(one for one in ALL if one.type == "single_choice")
    question, keys = known(content), [option.key for option in content.options]
    assert ask(question, keys).html

    for order in (keys[:-1], [*keys, "lain"], []):
        shown = ask(question, order)

        assert shown.html == drawn(shown)


def some_answers(content, chance: random.Random) -> list[object]:
    """Return what might be stored as the answer: nothing, an option, several, text."""
    keys = [option.key for option in content.options]
    some = chance.sample(keys, chance.randint(0, len(keys))) if keys else []
    words = [chance.choice(keys), "kata"] if keys else ["kata"]
    return [None, some, *words, dict.fromkeys(some, "benar")]


def is_readable(question, value) -> bool:
    """Say whether a control takes this for an answer of its type."""
    try:
        return bool(ask(question, [], save=saved(value)).control)
    except (TypeError, AttributeError, ValueError, KeyError):
        return False


def saved(value) -> Save:
    """Return a save of this value."""
    return Save(1, UUID(int=1), 1, 1, value, received_at=NOW)


@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
def test_every_answer_is_as_it_would_be_drawn(content):
    question, chance = known(content), random.Random(content.key)

    for order in orders_of(content):
        for value in some_answers(content, chance):
            if is_readable(question, value):
                shown = ask(question, order, save=saved(value))
                assert shown.html == drawn(shown)


def test_sheets_of_a_question_have_an_end(monkeypatch):
    monkeypatch.setattr(asked, "_MOST_SHEETS", 2)
    content = next(one for one in ALL if one.type == "single_choice")
    question, keys = known(content), [option.key for option in content.options]

    for key in keys:
        shown = ask(question, keys, save=saved(key))
        assert shown.html == drawn(shown)

    assert len(question.sheets) == 2


def test_what_was_answered_is_drawn_as_answered():
    content = next(one for one in ALL if one.type == "single_choice")
    question, keys = known(content), [option.key for option in content.options]
    assert "checked" not in ask(question, keys).html

    shown = ask(question, keys, save=saved(keys[1]))

    assert shown.html == drawn(shown)
    assert shown.html.count("checked") == 1


def test_a_sheet_that_is_not_right_for_every_order_is_not_kept(monkeypatch):
    monkeypatch.setattr(asked, "_NEVER_A_SHEET", frozenset())

    for content in ALL:
        question = known(content)
        for order in orders_of(content)[1:]:
            assert ask(question, order).html == drawn(ask(question, order))


@pytest.mark.parametrize("sign", sorted(asked._MARKS))
def test_a_text_with_a_mark_of_ours_gets_no_sheet(sign):
    content = next(one for one in ALL if one.type == "single_choice")
    odd = OptionContent("aneh", f"Kata {sign}0{sign} aneh")
    question = known(replace(content, options=[*content.options, odd]))
    keys = [option.key for option in question.view.options]

    for order in (keys, keys[::-1]):
        shown = ask(question, order)

        assert shown.html == drawn(shown)
