"""True or false, matching, gaps and order: one choice at each place; pure."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quizzes.questions.types import TYPES, OptionView, QuestionView, UnreadableResponse

ZERO, ONE = Decimal(0), Decimal(1)


def statements(fractions: str, scoring: str = "") -> QuestionView:
    """Return statements a, b, c …; "1" is true."""
    return QuestionView(
        "true_false_set",
        [
            OptionView(key, Decimal(fraction), text=f"Pernyataan {key}")
            for key, fraction in zip("abcdef", fractions, strict=False)
        ],
        scoring,
    )


def judged(said: str) -> dict[str, str]:
    """Return a value: "bs-b" says true, false, nothing, true."""
    words = {"b": "benar", "s": "salah"}
    return {
        key: words[sign]
        for key, sign in zip("abcdef", said, strict=False)
        if sign in words
    }


# --- true or false -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "parts", "whole", "kprim"),
    [
        ("bsbs", "1", 1, "1"),
        ("bsbb", "0.75", 0, "0.5"),
        ("bsb-", "0.75", 0, "0.5"),
        ("bsss", "0.75", 0, "0.5"),
        ("bbbb", "0.5", 0, "0"),
        ("sbsb", "0", 0, "0"),
        ("----", "0", 0, "0"),
    ],
)
def test_statements_are_marked_by_the_rule(said, parts, whole, kprim):
    value = judged(said)

    for scoring, worth in (
        ("parts", parts),
        ("all_or_nothing", whole),
        ("kprim", kprim),
    ):
        view = statements("1010", scoring)
        assert TYPES[view.type].mark(view, value).fraction == Decimal(worth)


def test_kprim_needs_more_statements_than_a_coin():
    found = TYPES["true_false_set"].problems(statements("10", "kprim"))

    assert found == [
        "Aturan Kprim butuh sedikitnya tiga pernyataan. "
        "Tambahkan pernyataan atau pilih aturan lain."
    ]
    assert TYPES["true_false_set"].problems(statements("10")) == []
    assert TYPES["true_false_set"].problems(statements("1"))


# --- matching ----------------------------------------------------------------------
def pairs(*matches: str, choices: str = "xyz") -> QuestionView:
    """Return rows a, b, c … that belong with these choices."""
    rows = [
        OptionView(key, ZERO, "row", match, f"Baris {key}")
        for key, match in zip("abcdef", matches, strict=False)
    ]
    offered = [OptionView(key, ZERO, "choice", "", f"Isi {key}") for key in choices]
    return QuestionView("matching", [*rows, *offered])


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        ({"a": "x", "b": "x", "c": "y"}, 1),
        ({"a": "x", "b": "x"}, Fraction(2, 3)),
        ({"a": "x", "b": "y", "c": "y"}, Fraction(2, 3)),
        ({"a": "z", "b": "z", "c": "z"}, 0),
        ({"a": "a", "q": "x"}, 0),
    ],
)
def test_every_right_row_earns_its_share(value, worth):
    view = pairs("x", "x", "y")
    mark = TYPES["matching"].mark(view, value)

    assert mark.fraction == worth


def test_a_row_is_no_choice():
    view = pairs("x", "y")

    with pytest.raises(UnreadableResponse):
        TYPES["matching"].parse(view, {"answer-a": ["b"]})
    assert TYPES["matching"].parse(view, {"answer-x": ["x"]}) is None


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (pairs("x", ""), "belum punya pasangan"),
        (pairs("x", "q"), "tidak ada: “q”"),
        (pairs("x", "a"), "tidak ada: “a”"),
        (pairs("x"), "sedikitnya dua baris"),
        (pairs("x", "x", choices="x"), "sedikitnya dua baris dan dua pilihan"),
    ],
)
def test_rows_that_cannot_be_matched_are_a_problem(view, said):
    (found,) = TYPES["matching"].problems(view)

    assert said in found


def test_an_option_of_no_group_is_a_problem():
    view = pairs("x", "y")
    stray = OptionView("s", ZERO, "", "", "Lepas")
    found = TYPES["matching"].problems(QuestionView("matching", [*view.options, stray]))

    assert "bukan baris dan bukan pilihan" in found[0]


# --- ordering ----------------------------------------------------------------------
def items(count: int = 4, scoring: str = "") -> QuestionView:
    """Return items a, b, c … in the right order."""
    options = [OptionView(key, ZERO, text=f"Langkah {key}") for key in "abcdef"[:count]]
    return QuestionView("ordering", options, scoring)


@pytest.mark.parametrize(
    ("order", "relative", "absolute", "whole"),
    [
        ("abcd", "12/12", "4/4", 1),
        ("bacd", "10/12", "2/4", 0),
        ("badc", "8/12", "0/4", 0),
        ("dcba", "4/12", "0/4", 0),
        ("bcda", "6/12", "0/4", 0),
        ("dbca", "6/12", "2/4", 0),
    ],
)
def test_an_order_is_marked_by_the_rule(order, relative, absolute, whole):
    value = {key: place for place, key in enumerate(order, 1)}
    for scoring, worth in (
        ("relative_to_correct", relative),
        ("absolute", absolute),
        ("all_or_nothing", f"{whole}/1"),
    ):
        earned, most = map(Fraction, worth.split("/"))
        mark = TYPES["ordering"].mark(items(scoring=scoring), value)
        assert mark.fraction == earned / most


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        ({"a": 1, "b": 1, "c": 3, "d": 4}, "6/12"),
        ({"a": 1, "b": 2}, "6/12"),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, "0/12"),
        ({"a": 4}, "0/12"),
        ({"a": "1"}, "0/12"),
        ({}, "0/12"),
    ],
)
def test_an_item_without_a_place_of_its_own_earns_nothing(value, worth):
    earned, most = map(Fraction, worth.split("/"))

    assert TYPES["ordering"].mark(items(), value).fraction == earned / most


@pytest.mark.parametrize("place", ["0", "5", "-1", "satu", "1.0", "01", "-"])
def test_a_place_outside_the_list_is_unreadable(place):
    with pytest.raises(UnreadableResponse):
        TYPES["ordering"].parse(items(), {"answer-a": [place]})


def test_a_place_says_what_it_earns_of_its_share():
    first = TYPES["ordering"].places(items())[0]

    worths = [Decimal(share) / 3 for share in (3, 2, 1, 0)]
    assert [choice.fraction for choice in first.choices] == worths
    assert (first.key, first.label, first.option) == ("a", "Langkah a", "a")


def test_the_distance_is_said_in_words():
    said = TYPES["ordering"].mark(items(), {"a": 2, "b": 1, "c": 3, "d": 4}).arithmetic

    assert said == (
        "Tiap butir bernilai 3 di tempatnya dan berkurang 1 tiap langkah; "
        "jumlahnya 10 dari 12: nilai 0,83 dari 1."
    )


# --- gaps --------------------------------------------------------------------------
def gapped(stem: str, **groups: str) -> QuestionView:
    """Return a question with one option per letter of each group."""
    options = [
        OptionView(key, ZERO, group, "", f"Isi {key}")
        for group, keys in groups.items()
        for key in keys
    ]
    return QuestionView("gap_select", options, stem=stem)


def test_gaps_are_places_by_number_and_offer_their_group():
    view = gapped("[[b]] lalu [[x]] lalu [[b]]", satu="abc", dua="xy")
    places = TYPES["gap_select"].places(view)

    assert [place.key for place in places] == ["1", "2", "3"]
    assert [[c.key for c in place.choices] for place in places] == [
        ["a", "b", "c"],
        ["x", "y"],
        ["a", "b", "c"],
    ]
    assert not any(place.option or place.label for place in places)


def test_every_right_gap_earns_its_share():
    view = gapped("[[b]] lalu [[x]] lalu [[b]]", satu="abc", dua="xy")
    mark = TYPES["gap_select"].mark(view, {"1": "b", "2": "y", "3": "a"})

    assert mark.fraction == Fraction(1, 3)
    assert mark.arithmetic == "1 dari 3 celah tepat: nilai 0,33 dari 1."


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (gapped("Tanpa celah", satu="ab"), "belum punya celah"),
        (gapped("[[a]] " * 41, satu="ab"), "lebih dari 40 celah"),
        (gapped("[[a]] dan [[q]]", satu="ab"), "[[q]] tidak menunjuk"),
        (gapped("[[a]] dan [[x]]", satu="ab", dua="x"), "hanya menawarkan satu"),
        (gapped("[[a]]", satu="ab", dua="xy"), "“x” tidak ditawarkan"),
        (gapped("[[a]] dan [[b c]]", satu="ab"), "tidak terbaca sebagai celah"),
        (gapped("[[a]](http://x)", satu="ab"), "langsung diikuti"),
    ],
)
def test_gaps_that_cannot_be_filled_are_a_problem(view, said):
    assert said in TYPES["gap_select"].problems(view)[0]


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("[[a]] [[a]] [[b]]", "“a” ada lebih dari sekali"),
        ("[[a]]", "“b” tidak ada di pertanyaan"),
        ("[[a]] [[b]] [[c]]", "[[c]] tidak menunjuk bagian"),
        ("", "belum punya bagian"),
    ],
)
def test_passages_and_the_stem_must_agree(stem, said):
    options = [OptionView(key, ONE, text=f"Kata {key}") for key in "ab"]
    view = QuestionView("mark_text", options, stem=stem)

    assert any(said in problem for problem in TYPES["mark_text"].problems(view))
