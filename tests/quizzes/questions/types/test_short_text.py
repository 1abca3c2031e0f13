"""Short text: what counts as the same, and patterns; pure."""

import fnmatch
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.types import TYPES, OptionView, QuestionView, wildcards
from tests.every_case import every_case
from tests.patience import processor_time

SHORT = TYPES["short_text"]


def accepting(*answers: tuple[str, str], scoring: str = "") -> QuestionView:
    """Return a question that accepts (text, fraction) as a, b, c …."""
    options = [
        OptionView(chr(ord("a") + n), Decimal(fraction), text=text)
        for n, (text, fraction) in enumerate(answers)
    ]
    return QuestionView("short_text", options, scoring)


RULES = ("normalized", "casefold", "exact", "wildcard")


@every_case(
    ("accepted", "typed", "right_under"),
    [
        ("Satu Data", "Satu Data", "normalized casefold exact wildcard"),
        ("Satu Data", "satu data", "normalized casefold wildcard"),
        ("Satu Data", "  Satu   Data ", "normalized casefold exact wildcard"),
        ("Satu Data", "“Satu Data”.", "normalized"),
        ("Satu Data", "(satu data)", "normalized"),
        ("Satu Data", "data satu", ""),
        ("Satu Data", "satu dataa", ""),
        ("Satu Data", "satudata", ""),
        ("tidak boleh", "boleh tidak", ""),
        ("data", "\uff24\uff21\uff34\uff21", "normalized"),
        ("caf\u00e9", "cafe\u0301", "normalized casefold exact wildcard"),
        ("da\u00adta", "data", "normalized casefold exact wildcard"),
        ("C++", "c++", "normalized casefold wildcard"),
        ("#ASN", "asn", "normalized"),
        ("verifikasi*", "Verifikasi dua langkah", "wildcard"),
        ("*langkah", "Verifikasi dua langkah", "wildcard"),
        ("v*dua*h", "verifikasi dua langkah", "wildcard"),
        ("*", "apa saja", "wildcard"),
        (r"5 \* 3", "5 * 3", "wildcard"),
        (r"5 \* 3", "5 kali 3", ""),
        ("a.c", "abc", ""),
        ("[a]", "a", "normalized"),
        ("Jum'at", "Jum’at", "normalized casefold wildcard"),
        ("Jum’at", "jum'at", "normalized casefold wildcard"),
        ("e-mail", "e‑mail", "normalized casefold wildcard"),
        ("e–mail", "E-Mail", "normalized casefold wildcard"),
        ("e-mail", "e mail", ""),
        ("e-mail", "email", ""),
        ("Jum'at", "Jumat", ""),
        ("jum'at*", "Jum’at siang", "wildcard"),
        ('kata "aman"', "kata “aman”", "normalized casefold wildcard"),
        ("Satu Data", "Satu\u2009Data", "normalized casefold exact wildcard"),
        ("Satu Data", "Satu\u202fData\u00a0", "normalized casefold exact wildcard"),
    ],
)
def test_texts_are_compared_by_the_rule(accepted, typed, right_under):
    for scoring in RULES:
        mark = SHORT.mark(accepting((accepted, "1"), scoring=scoring), typed)
        assert mark.fraction == (scoring in right_under.split()), scoring


APOSTROPHES = "'’‘‛`´ʹʻʼʽʾʿˈ′‵＇ꞌ"
HYPHENS = "-‐‑‒–—―−⁃－﹣﹘˗"


@every_case("scoring", ["normalized", "casefold", "wildcard"])
def test_no_kind_of_apostrophe_or_hyphen_is_another_answer(scoring):
    for signs, words in ((APOSTROPHES, "Jum{}at"), (HYPHENS, "e{}mail")):
        for stored in signs:
            view = accepting((words.format(stored), "1"), scoring=scoring)
            for typed in signs:
                value = SHORT.parse(view, {"answer": [words.format(typed)]})
                assert SHORT.mark(view, value).fraction == 1, (stored, typed)


@given(st.characters(categories=["Pd"]))
def test_every_dash_of_unicode_is_a_hyphen(dash):
    assert SHORT.mark(accepting(("e-mail", "1")), f"e{dash}mail").fraction == 1


def test_the_same_spelling_twice_is_harmless_and_unlike_worths_are_not():
    alike = accepting(("Jum'at", "1"), ("Jum’at", "1"))
    unlike = accepting(("Jum'at", "1"), ("Jum’at", "0.5"))

    assert SHORT.problems(alike) == []
    assert ["dibaca sama" in found for found in SHORT.problems(unlike)] == [True]


def test_the_best_accepted_answer_wins():
    view = accepting(("*", "0"), ("*dua*", "0.5"), ("*dua langkah*", "1"))
    view = QuestionView("short_text", view.options, "wildcard")

    assert SHORT.mark(view, "verifikasi dua langkah").fraction == 1
    assert SHORT.mark(view, "verifikasi dua tahap").fraction == Decimal("0.5")
    assert SHORT.classify(view, "verifikasi dua langkah") == {"": ("c",)}
    assert SHORT.classify(view, "sidik jari") == {"": ("a",)}


def test_a_text_nobody_accepts_is_of_no_class():
    view = accepting(("SPBE", "1"))

    assert SHORT.classify(view, "SPBU") == {"": ("",)}
    assert SHORT.said(view, "SPBU") == {"": ("SPBU",)}


@every_case(
    ("posted", "value"),
    [
        ("  Satu   Data ", "Satu Data"),
        ("Satu\nData", "Satu Data"),
        ("Sa\x00tu", "Satu"),
        ("Sa\ud800tu", "Satu"),
        ("\u200b", None),
        ("   ", None),
        ("-", "-"),
    ],
)
def test_a_text_is_kept_as_typed_without_hidden_signs(posted, value):
    assert SHORT.parse(accepting(("SPBE", "1")), {"answer": [posted]}) == value


def test_a_part_is_said_in_words():
    view = accepting(("SPBE", "1"), ("e-gov", "0.5"))

    assert (
        SHORT.mark(view, "e-gov").arithmetic
        == "Jawaban Anda diterima sebagian: nilai 0,5 dari 1."
    )
    assert SHORT.mark(view, "spbe").arithmetic == ""


@every_case(
    ("scoring", "answers", "said"),
    [
        ("", [("SPBE", "0.5")], "bernilai penuh"),
        ("", [("SPBE", "1"), ("spbe.", "0")], "dibaca sama"),
        ("casefold", [("SPBE", "1"), ("spbe", "0")], "dibaca sama"),
        ("", [("...", "1")], "hanya berisi tanda baca"),
        ("", [("SPBE", "1"), ("x", "-0.5")], "kurang dari 0"),
        ("", [("s" * 201, "1")], "lebih panjang dari 200"),
        ("wildcard", [("*", "1")], "menerima jawaban apa saja"),
        ("wildcard", [("* *", "1")], "menerima jawaban apa saja"),
    ],
)
def test_answers_that_do_not_work_are_a_problem(scoring, answers, said):
    (found,) = SHORT.problems(accepting(*answers, scoring=scoring))

    assert said in found


def test_exact_answers_may_differ_in_case_and_a_star_may_catch_the_rest():
    exact = accepting(("SPBE", "1"), ("spbe", "0.5"), scoring="exact")
    caught = accepting(("SPBE", "1"), ("*", "0"), scoring="wildcard")

    assert SHORT.problems(exact) == SHORT.problems(caught) == []


# --- patterns ----------------------------------------------------------------------
@given(st.text("ab*", max_size=12), st.text("ab", max_size=12))
def test_patterns_match_as_in_file_names(pattern, text):
    known = re.fullmatch(fnmatch.translate(pattern), text) is not None

    assert wildcards.fits(wildcards.segments(pattern), text) == known


@every_case(
    ("pattern", "text"), [("ab*ba", "aba"), ("a*b*b*c", "abc"), ("*ab*ab*", "aab")]
)
def test_no_sign_of_a_text_counts_twice(pattern, text):
    assert not wildcards.fits(wildcards.segments(pattern), text)


def test_a_hostile_pattern_takes_no_time():
    with processor_time(3):
        parts = wildcards.segments("*a" * 5000 + "b")
        assert not wildcards.fits(parts, "a" * 20000)
