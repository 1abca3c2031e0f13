"""What is explained of an answer, before any page shows it."""

from dataclasses import replace

from lib.markdown import render_inline
from quizzes.questions.content import QuestionContent
from quizzes.questions.explanation import Explanation, explain
from quizzes.questions.rendering import settings_with_html, stem_html
from quizzes.questions.types import TYPES
from quizzes.questions.wording import Wording
from tests.every_case import every_case
from tests.quizzes.exercises import ANSWERS
from tests.quizzes.questions.examples import ALL, EXAMPLES


def wording(content: QuestionContent) -> Wording:
    """Return a question rendered as it is stored."""
    scenes = settings_with_html(content).get("scenes", ())
    return Wording(
        question=content.view(),
        stem=stem_html(content),
        texts={o.key: render_inline(o.text) for o in content.options},
        feedback={o.key: render_inline(o.feedback) for o in content.options},
        scenes={scene["key"]: scene["html"] for scene in scenes},
    )


def told(content: QuestionContent, fields) -> Explanation:
    """Return the explanation of what a form says."""
    value = TYPES[content.type].parse(content.view(), fields)
    return explain(wording(content), value)


@every_case("type_", EXAMPLES)
def test_a_right_answer_is_right_at_every_place_that_was_shown(type_):
    explanation = told(EXAMPLES[type_], ANSWERS[type_].right)

    shown = [place for place in explanation.places if place.is_shown]
    assert explanation.state == "right"
    assert {place.state for place in shown} == {"right"}
    assert not explanation.is_blank


@every_case("content", ALL, ids=lambda content: content.key)
def test_every_place_knows_what_is_right(content):
    explanation = explain(wording(content), None)

    assert explanation.is_blank
    for place in explanation.places:
        assert place.state == ""
        assert not place.chosen
        is_key_shown = place.right or (place.none and place.none.is_right)
        # A scene that only a poor reply leads to need not hold a perfect one.
        assert is_key_shown or (content.type, place.key) == ("dialogue", "kesal")


def test_what_was_never_reached_in_a_conversation_is_not_shown():
    explanation = told(EXAMPLES["dialogue"], ANSWERS["dialogue"].right)

    assert [place.key for place in explanation.places if place.is_shown] == [
        "awal",
        "reda",
    ]


def test_none_is_right_where_nothing_else_is():
    content = next(c for c in ALL if c.key == "boleh-dibagikan")

    explanation = told(content, {"answer": ["-"]})

    assert (explanation.state, explanation.place.none.is_chosen) == ("right", True)
    assert explanation.place.none.is_right
    assert not explanation.place.right


def test_weights_are_told_in_percent_and_points_out_of_five():
    weighed = next(c for c in ALL if c.scoring == "fractions")
    options = told(weighed, {"answer": ["nik"]}).place.choices
    assert [o.worth for o in options] == ["50%", "25%", "25%", "-50%", "-25%"]

    replies = told(EXAMPLES["situational"], {"answer": ["grup"]}).place.choices
    assert [reply.worth for reply in replies] == [
        f"{points} dari 5 poin" for points in (5, 4, 2, 0)
    ]


def test_what_was_typed_is_told_as_typed_with_the_words_for_it():
    explanation = told(EXAMPLES["numeric"], {"answer": ["48"]})

    assert (explanation.place.typed, explanation.place.state) == ("48", "wrong")
    assert explanation.place.feedback == "Itu jumlahnya. Bagi dengan 5 hari."
    assert [choice.html for choice in explanation.place.accepted] == [
        "9,6",
        "9,6 ± 0,5",
    ]


def test_a_choice_that_only_shares_its_key_with_an_option_keeps_its_own_words():
    content = EXAMPLES["true_false_set"]
    renamed = replace(content.options[0], key="benar", text="Pernyataan")
    odd = replace(content, options=[renamed, *content.options[1:]])

    explanation = explain(wording(odd), None)

    assert [choice.html for choice in explanation.places[1].choices] == [
        "Benar",
        "Salah",
    ]
    assert explanation.places[0].html == "Pernyataan"
