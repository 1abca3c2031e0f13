"""Near duplicates: the pairs that comparing all with all finds, in less time."""

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.near_duplicates import ALIKE, likeness, words_of
from quizzes.questions.near_duplicates import find_near_duplicates as near_duplicates
from tests.patience import processor_time

WORDS = [
    "arsip",
    "berkas",
    "cuti",
    "data",
    "etika",
    "foto",
    "grup",
    "izin",
    "jalan",
    "kunci",
    "loket",
    "menu",
]
stems = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=9)


@given(stems)
def test_the_same_pairs_as_all_with_all(said):
    found = near_duplicates(dict(enumerate(said)))
    pairs = {(a, b) for a, others in found.items() for b in others if a < b}
    expected = {
        (a, b)
        for a, b in combinations(range(len(said)), 2)
        if likeness(words_of(said[a]), words_of(said[b])) >= ALIKE
    }
    assert pairs == expected
    assert all(a in found[b] for a, others in found.items() for b in others)


def test_case_marks_and_order_make_no_difference():
    found = near_duplicates(
        {
            "a": "Apa yang **Anda** lakukan?",
            "b": "apa yang anda lakukan",
            "c": "Kapan suratnya dikirim?",
            "d": "Lakukan yang apa, Anda?",
        }
    )
    assert found == {"a": ["b", "d"], "b": ["a", "d"], "d": ["a", "b"]}


def test_the_most_alike_stands_first():
    nine = " ".join(WORDS[:9])
    found = near_duplicates({1: nine, 2: f"{nine} {WORDS[9]}", 3: nine})
    assert found[1] == [3, 2]


def test_empty_stems_are_like_nothing():
    assert near_duplicates({1: "", 2: "…", 3: "?"}) == {}


def test_two_thousand_questions_take_a_moment():
    chance = random.Random(7)
    words = [f"kata{n}" for n in range(800)]
    weights = [1 / (n + 1) for n in range(800)]
    said = {n: " ".join(chance.choices(words, weights, k=25)) for n in range(2000)}
    said[2000] = said[0]
    with processor_time(5):
        found = near_duplicates(said)
    assert found[2000] == [0]
