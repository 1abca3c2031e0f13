"""Dialogue: paths through scenes; pure."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given

from quizzes.questions.types import TYPES, OptionView, QuestionView
from quizzes.questions.types.scenes import as_written, best_worth, scenes_of
from tests.quizzes.questions.examples import EXAMPLES
from tests.quizzes.questions.strategies import questions

DIALOGUE = TYPES["dialogue"]


def talk(*replies: str, scenes: str = "pqr") -> QuestionView:
    """Return a dialogue; "a:p>q=0.5" is reply a in scene p, to q, worth a half."""
    options = []
    for reply in replies:
        way, worth = reply.split("=")
        key, way = way.split(":")
        group, match = way.split(">")
        options.append(OptionView(key, Decimal(worth), group, match, f"Kata {key}"))
    rows = [{"key": key, "text": f"Ucapan {key}"} for key in scenes]
    return QuestionView("dialogue", options, settings={"scenes": rows})


# p leads to q or r, r leads to q; the long way is worth the most.
PLAY = talk("a:p>q=0.5", "b:p>r=0.2", "c:q>=1", "d:q>=0", "e:r>q=0.8", "f:r>=0.4")


@pytest.mark.parametrize(
    ("posted", "value", "worth"),
    [
        ({"answer-p": ["a"], "answer-q": ["c"]}, ["a", "c"], "1.5"),
        ({"answer-p": ["a"], "answer-q": ["d"]}, ["a", "d"], "0.5"),
        (
            {"answer-p": ["b"], "answer-q": ["c"], "answer-r": ["e"]},
            ["b", "e", "c"],
            "2",
        ),
        (
            {"answer-p": ["b"], "answer-q": ["c"], "answer-r": ["f"]},
            ["b", "f"],
            "0.6",
        ),
        (
            {"answer-p": ["a"], "answer-q": ["c"], "answer-r": ["e"]},
            ["a", "c"],
            "1.5",
        ),
        ({"answer-p": ["b"]}, ["b"], "0.2"),
        ({"answer-q": ["c"]}, None, "0"),
    ],
)
def test_the_path_is_followed_and_the_rest_dropped(posted, value, worth):
    assert DIALOGUE.parse(PLAY, posted) == value
    assert DIALOGUE.mark(PLAY, value).fraction == Decimal(worth) / 2


def test_the_sum_is_said_in_words():
    assert (
        DIALOGUE.mark(PLAY, ["a", "c"]).arithmetic
        == "Tanggapan Anda bernilai 1,5, jalan terbaik bernilai 2: nilai 0,75 dari 1."
    )


@given(questions("dialogue"))
def test_the_best_path_is_the_best_of_all_paths(content):
    view = content.view()
    scenes = scenes_of(view)
    totals = []
    for keys in product(*([r.key for r in scene.replies] for scene in scenes)):
        chosen = dict(zip([scene.key for scene in scenes], keys, strict=True))
        here, total = scenes[0].key, Decimal(0)
        while here:
            reply = next(o for o in view.options if o.key == chosen[here])
            here, total = reply.match, total + reply.fraction
        totals.append(total)

    assert best_worth(scenes) == max(totals)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (talk("a:p>q=1", "b:q>p=1", scenes="pq"), "kembali ke dirinya"),
        (talk("a:p>p=1", scenes="p"), "kembali ke dirinya"),
        (talk("a:p>x=1", scenes="p"), "menuju adegan yang tidak ada: “x”"),
        (talk("a:p>=1", "b:x>=1", scenes="p"), "adegan yang tidak ada: “x”"),
        (talk("a:p>=1", "b:q>=1", scenes="pq"), "“q” tidak pernah tercapai"),
        (talk("a:p>q=1", scenes="pq"), "“q” belum punya tanggapan"),
        (talk("a:p>=0", scenes="p"), "Tidak ada jalan yang bernilai"),
        (talk("a:p>=1", "b:p>=-1", scenes="p"), "kurang dari 0"),
        (talk("a:p>=1", scenes="pp"), "“p” dipakai dua kali"),
        (talk("a:->=1", scenes="-"), "“-” tidak dapat dipakai"),
    ],
)
def test_scenes_that_cannot_be_played_are_a_problem(view, said):
    found = DIALOGUE.problems(view)

    assert any(said in problem for problem in found), found
    assert all(problem.count(". ") == 1 for problem in found)


@pytest.mark.parametrize(
    "scenes",
    [None, "p", {}, [], [1], [{"key": "p"}], [{"key": 1, "text": "x"}], [None]],
)
def test_settings_that_hold_no_scenes_are_a_problem_and_harmless(scenes):
    view = replace(PLAY, settings={"scenes": scenes})

    assert "tidak terbaca" in DIALOGUE.problems(view)[0]
    assert DIALOGUE.mark(view, ["a"]).fraction == 0
    assert DIALOGUE.parse(view, {"answer-p": ["a"]}) is None


def test_a_circle_ends():
    circle = talk("a:p>q=1", "b:q>p=1", scenes="pq")
    value = DIALOGUE.parse(circle, {"answer-p": ["a"], "answer-q": ["b"]})

    assert value == ["a", "b"]
    assert DIALOGUE.mark(circle, value).fraction == 0


def test_two_replies_of_a_scene_that_read_the_same_are_a_problem():
    same = [
        OptionView("a", Decimal(1), "p", "", "Baik"),
        OptionView("b", Decimal(0), "p", "", "baik"),
    ]
    view = replace(talk(scenes="p"), options=same)

    assert "berbunyi sama" in DIALOGUE.problems(view)[0]


def test_settings_as_written_have_no_html():
    written = EXAMPLES["dialogue"].settings
    stored = {"scenes": [{**row, "html": "<p>…</p>"} for row in written["scenes"]]}

    assert as_written(stored) == as_written(written) == written
    assert as_written({"unit": "surat"}) == {"unit": "surat"}
