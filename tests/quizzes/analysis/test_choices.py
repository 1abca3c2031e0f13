"""The distractor table of every type, and what guessing earns."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.analysis.choices import (
    BLANK,
    OTHER,
    AttemptGroup,
    choice_table,
    random_guess_score,
)
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.examples import some
from tests.quizzes.questions.examples import ALL, EXAMPLES

BY_KEY = {content.key: content for content in ALL}


def group_of(*standings):
    """Return a group of attempts, each a quarter and a percent."""
    group = AttemptGroup()
    for quartile, percent in standings:
        group.add(quartile, percent)
    return group


def table_of(content, everybody, said):
    view = content.view()
    rows = choice_table(TYPES[view.type], view, everybody=everybody, said=said)
    return {(row.place, row.choice): row for row in rows}


def test_a_table_done_by_hand():
    everybody = group_of((0, 10), (1, 40), (2, 60), (3, 90))
    said = [
        ("telepon", group_of((3, 90), (2, 60))),
        ("kirim", group_of((0, 10))),
    ]
    rows = table_of(EXAMPLES["single_choice"], everybody, said)

    key, wrong = rows["", "telepon"], rows["", "kirim"]
    assert (key.n, key.share, key.mean, key.fraction) == (2, 50, 75, 1)
    assert key.quartiles == (0, 0, 100, 100)
    assert (wrong.n, wrong.share, wrong.mean, wrong.fraction) == (1, 25, 10, 0)
    nobody = rows["", "diam"]
    assert (nobody.n, nobody.share, nobody.mean) == (0, 0, None)
    blank = rows["", BLANK]
    assert (blank.n, blank.mean, blank.fraction) == (1, 40, None)
    assert blank.quartiles == (0, 100, 0, 0)


def test_an_empty_quarter_has_no_share():
    rows = table_of(EXAMPLES["single_choice"], group_of((3, 100)), [])

    assert rows["", BLANK].quartiles == (None, None, None, 100)


def test_none_is_right_is_an_answer_and_not_a_blank():
    everybody = group_of((0, 0), (3, 100))
    rows = table_of(EXAMPLES["multiple_response"], everybody, [([], group_of((0, 0)))])

    assert rows["", "-"].n == 1
    assert rows["", BLANK].n == 1


def test_several_choices_stand_in_several_rows():
    everybody = group_of((0, 0), (3, 100))
    said = [(["nik", "telepon"], everybody)]
    rows = table_of(EXAMPLES["multiple_response"], everybody, said)

    assert (rows["", "nik"].share, rows["", "telepon"].share) == (100, 100)
    assert rows["", BLANK].n == 0


def test_typed_text_that_nothing_accepts_is_counted_apart():
    content = EXAMPLES["short_text"]
    everybody = group_of((0, 0), (3, 100), (3, 100))
    said = [
        (content.options[0].text, group_of((3, 100))),
        ("sesuatu yang lain sama sekali", group_of((0, 0))),
    ]
    rows = table_of(content, everybody, said)

    assert rows["", content.options[0].key].n == 1
    assert rows["", OTHER].n == 1
    assert rows["", BLANK].n == 1


@pytest.mark.parametrize("content", ALL, ids=lambda content: content.key)
@settings(max_examples=some(25))
@given(data=st.data())
def test_every_type_accounts_for_everybody_at_every_place(content, data):
    """Whatever people said: at each place rows add up to those who got it."""
    view = content.view()
    question_type = TYPES[view.type]
    places = question_type.places(view)
    values = []
    for _ in range(data.draw(st.integers(0, 5))):
        posted = {}
        for place in places:
            keys = ["ngawur"] if place.free else [c.key for c in place.choices]
            posted[place.field] = data.draw(st.lists(st.sampled_from(keys), max_size=1))
        values.append(question_type.parse(view, posted))
    everybody = AttemptGroup()
    said = []
    for value in values:
        standing = (data.draw(st.integers(0, 3)), data.draw(st.integers(0, 100)))
        everybody.add(*standing)
        if value is not None:
            said.append((value, group_of(standing)))

    rows = choice_table(question_type, view, everybody=everybody, said=said)

    assert len(rows) == len({(row.place, row.choice) for row in rows})
    counted = Counter()
    for row in rows:
        assert row.n >= 0
        counted[row.place] += row.n
    for place in places:
        if not place.many:
            assert counted[place.key] == everybody.n
    assert {row.place for row in rows} == {place.key for place in places}


@every_case(
    ("key", "percent"),
    [
        ("pesan-dari-atasan", 25),
        # Right or wrong at each of four statements.
        ("sandi-yang-kuat", 50),
        ("sandi-yang-kuat-utuh", 100 / 16),
        # One way of 16 for all four, four ways for one error, worth a half.
        ("sandi-yang-kuat-kprim", 100 * (1 + 4 / 2) / 16),
    ],
)
def test_what_guessing_earns(key, percent):
    view = BY_KEY[key].view()

    assert random_guess_score(TYPES[view.type], view) == pytest.approx(percent)


@every_case("content", ALL, ids=lambda content: content.key)
def test_guessing_is_defined_for_independent_places_only(content):
    view = content.view()
    percent = random_guess_score(TYPES[view.type], view)

    if view.type in {"multiple_response", "mark_text", "ordering", "dialogue"}:
        assert percent is None
    elif view.type in {"short_text", "numeric"}:
        assert percent == 0
    else:
        assert 0 < percent < 100
