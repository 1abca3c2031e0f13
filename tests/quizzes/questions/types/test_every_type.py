"""What holds for every question type; pure."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions import marking
from quizzes.questions.types import TYPES, QuestionView, UnreadableResponse
from quizzes.questions.types.reading import LONGEST_TEXT
from tests.every_case import every_case
from tests.examples import some
from tests.quizzes.questions import examples
from tests.quizzes.questions.answers import blank_form, right_form
from tests.quizzes.questions.strategies import answers, questions

every_type = pytest.mark.parametrize("name", sorted(TYPES))
every_example = every_case("content", examples.ALL, ids=lambda content: content.key)
# Every property runs for eleven types.
fewer = settings(max_examples=some(40))
any_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def drawn(data, name: str) -> QuestionView:
    """Return a valid question of a type."""
    return data.draw(questions(name)).view()


def form_of(question: QuestionView, value) -> dict[str, list[str]]:
    """Return the form that says what a value says."""
    question_type = TYPES[question.type]
    said = question_type.said(question, value)
    return {
        place.field: list(said[place.key])
        for place in question_type.places(question)
        if place.key in said
    }


# --- the registry and the examples -------------------------------------------------
def test_there_are_eleven_types_with_an_example_each():
    assert set(TYPES) == set(examples.EXAMPLES)
    assert len(TYPES) == 11
    assert all(TYPES[name].name == name for name in TYPES)


def test_every_marking_rule_has_an_example():
    shown = {(content.type, content.scoring) for content in examples.ALL}

    for name, question_type in TYPES.items():
        default, *others = question_type.scorings or [""]
        assert {(name, ""), (name, default)} & shown, default
        assert {(name, scoring) for scoring in others} <= shown


@every_example
def test_an_example_is_faultless_and_explains_its_rule(content):
    question_type = TYPES[content.type]

    assert question_type.problems(content.view()) == []
    assert question_type.rule(content.view()).endswith(".")
    assert "!" not in question_type.rule(content.view())
    assert all(o.feedback for o in content.options if o.group != "choice")


@every_example
def test_a_right_answer_to_an_example_earns_everything(content):
    question = content.view()
    value = TYPES[content.type].parse(question, right_form(question))

    assert marking.mark_response(question, value).fraction == 1


@every_example
def test_a_blank_form_is_no_answer_and_earns_nothing(content):
    question = content.view()

    for form in ({}, blank_form(question)):
        assert TYPES[content.type].parse(question, form) is None
    assert TYPES[content.type].mark(question, None).fraction == 0
    assert TYPES[content.type].said(question, None) == {}
    assert TYPES[content.type].classify(question, None) == {}


@every_example
def test_a_rule_that_is_not_the_types_is_a_problem(content):
    found = TYPES[content.type].problems(replace(content.view(), scoring="sesuka"))

    assert any("sesuka" in problem for problem in found)


@every_example
def test_two_options_with_one_key_are_a_problem(content):
    question = content.view()
    first, *others = question.options
    faulty = replace(question, options=[first, *others, replace(first, text="Lain")])

    assert any(
        f"Kode “{first.key}” dipakai dua kali" in problem
        for problem in TYPES[content.type].problems(faulty)
    )


@every_example
@every_case(
    ("over", "said"),
    [
        ({"text": " "}, "kosong"),
        ({"key": "-"}, "tidak dapat dipakai"),
        ({"key": ""}, "tidak dapat dipakai"),
        ({"key": "a b"}, "tidak dapat dipakai"),
        ({"key": "k" * 41}, "tidak dapat dipakai"),
        ({"match": "k" * 41}, "terlalu panjang"),
        ({"fraction": Decimal("1.5")}, "di luar batas"),
        ({"fraction": Decimal("-1.5")}, "di luar batas"),
        ({"fraction": Decimal("0.1234567")}, "di luar batas"),
        ({"fraction": Decimal("NaN")}, "di luar batas"),
        ({"fraction": Decimal("Infinity")}, "di luar batas"),
    ],
)
def test_an_option_that_cannot_be_stored_is_a_problem(content, over, said):
    question = content.view()
    first, *others = question.options
    faulty = replace(question, options=[replace(first, **over), *others])
    found = TYPES[content.type].problems(faulty)

    assert any(said in problem for problem in found)
    assert all(". " in problem for problem in found), "What is wrong, and what to do."


@every_example
def test_more_options_than_a_device_can_save_are_a_problem(content):
    question = content.view()
    first = question.options[0]
    more = [replace(first, key=f"{first.key}{n}", text=f"Teks {n}") for n in range(40)]
    crowded = replace(question, options=[*question.options, *more])

    assert "Ada lebih dari 40" in TYPES[content.type].problems(crowded)[0]


@every_example
def test_a_question_without_options_is_a_problem_and_harmless(content):
    empty = replace(content.view(), options=[], settings={}, stem="")

    assert TYPES[content.type].problems(empty)
    assert TYPES[content.type].mark(empty, ["a"]).fraction == 0
    TYPES[content.type].places(empty)


# --- properties --------------------------------------------------------------------
@every_type
@fewer
@given(data=st.data())
def test_drawn_questions_are_faultless(name, data):
    question = drawn(data, name)

    assert TYPES[name].problems(question) == []


@every_type
@fewer
@given(data=st.data())
def test_a_right_answer_earns_everything(name, data):
    question = drawn(data, name)
    value = TYPES[name].parse(question, right_form(question))

    assert TYPES[name].mark(question, value).fraction == 1


@every_type
@fewer
@given(data=st.data())
def test_a_mark_lies_between_nothing_and_everything(name, data):
    question = drawn(data, name)
    _form, value = data.draw(answers(question))
    mark = marking.mark_response(question, value)

    assert 0 <= mark.fraction <= 1
    assert mark.arithmetic == "" or mark.arithmetic.endswith(".")


@every_type
@fewer
@given(data=st.data())
def test_what_a_value_says_is_read_back_as_the_value(name, data):
    question = drawn(data, name)
    _form, value = data.draw(answers(question))

    assert TYPES[name].parse(question, form_of(question, value)) == value


@every_type
@fewer
@given(data=st.data())
def test_a_value_is_classified_under_choices_of_its_places(name, data):
    question = drawn(data, name)
    _form, value = data.draw(answers(question))
    places = {place.key: place for place in TYPES[name].places(question)}

    for key, classes in TYPES[name].classify(question, value).items():
        known = {choice.key for choice in places[key].choices}
        assert set(classes) <= (known | {""} if places[key].free else known)
        assert places[key].many or len(classes) == 1


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"ordering"}))
@fewer
@given(data=st.data())
def test_the_stored_order_of_options_changes_no_mark(name, data):
    question = drawn(data, name)
    form, value = data.draw(answers(question))
    turned = replace(question, options=data.draw(st.permutations(question.options)))
    mark = TYPES[name].mark(turned, TYPES[name].parse(turned, form))

    assert mark.fraction == TYPES[name].mark(question, value).fraction


@every_type
@fewer
@given(data=st.data())
def test_a_choice_that_is_not_offered_is_unreadable(name, data):
    question = drawn(data, name)
    place = data.draw(st.sampled_from(TYPES[name].places(question)))
    known = {choice.key for choice in place.choices}
    foreign = data.draw(st.text(min_size=1).filter(str.strip))
    if place.free:
        foreign = "a" * (LONGEST_TEXT + 1)
    elif foreign in known:
        foreign += "x" * 41

    with pytest.raises(UnreadableResponse):
        TYPES[name].parse(question, {place.field: [foreign]})


@every_type
@fewer
@given(data=st.data(), text=st.text())
def test_garbage_is_read_or_unreadable_and_nothing_else(name, data, text):
    question = drawn(data, name)
    fields = [place.field for place in TYPES[name].places(question)]
    form = data.draw(
        st.dictionaries(
            st.sampled_from([*fields, "answer", "answer-", "answer-x"]),
            st.lists(st.just(text) | st.text() | st.sampled_from(["-", "1", "benar"])),
        )
    )
    try:
        value = TYPES[name].parse(question, form)
    except UnreadableResponse:
        return

    assert 0 <= TYPES[name].mark(question, value).fraction <= 1


@every_type
@fewer
@given(data=st.data(), value=any_value)
def test_a_value_of_another_time_earns_between_nothing_and_everything(
    name, data, value
):
    question = drawn(data, name)

    assert 0 <= TYPES[name].mark(question, value).fraction <= 1


@every_type
@fewer
@given(data=st.data())
def test_every_place_offers_something_right_and_every_choice_once(name, data):
    question = drawn(data, name)

    for place in TYPES[name].places(question):
        keys = [choice.key for choice in place.choices]
        assert keys
        assert len(keys) == len(set(keys))
        if name not in ("dialogue", "multiple_response"):
            assert any(choice.fraction == 1 for choice in place.choices)
