"""Whether tests can tell who knows: other types, estimates, and equal difficulty."""

from dataclasses import replace

import pytest

from quizzes.questions.composition import Composition, Expected
from studio.folders.checks.course import Draw
from studio.folders.checks.measuring import check, measured
from tests.studio.folders.checks.test_enemies import course_of, item

OTHER = ("numeric", "ordering")


def question(key, use, untrained=40, trained=80, enemies=()):
    one = item(key, f"Apa isi {key}?", use=use)
    expected = None if untrained is None else Expected(untrained, trained)
    return replace(
        one, content=replace(one.content, composition=Composition(expected, enemies))
    )


def draw(count, types=(), line=30):
    return Draw("t1", ("C1",), count, line, types)


PAPER = (draw(65), draw(35, OTHER))


def course(*items, draws=PAPER):
    return replace(course_of(), items=items, draws=tuple(draws))


SOUND = (question("a", "pretest"), question("b", "graded"))


def told(*items, **over) -> list[str]:
    return [problem.message for problem in check(course(*(items or SOUND), **over))]


def test_a_course_that_measures_has_nothing_to_tell():
    assert told() == []


@pytest.mark.parametrize(
    ("draws", "message"),
    [
        ((draw(10),), "0 dari 10 soal"),
        ((draw(66), draw(34, OTHER)), "34 dari 100 soal"),
        # What may be a single choice does not count.
        ((draw(5), draw(5, ("single_choice", "numeric"))), "0 dari 10 soal"),
    ],
)
def test_papers_that_may_be_single_choices_are_told(draws, message):
    (problem,) = check(course(*SOUND, draws=draws))
    assert problem.message.startswith(f"{message} di lembar post-test")
    assert problem.line == 30


def test_a_test_that_asks_everything_is_counted_by_its_questions():
    assert told(draws=())[0].startswith("0 dari 1 soal")
    other = replace(SOUND[1], content=replace(SOUND[1].content, type="numeric"))
    assert told(SOUND[0], other, draws=()) == []


def test_questions_that_nobody_estimated_are_told_bank_by_bank():
    unsaid = [question(f"u{n}", "graded", None) for n in range(7)]
    (problem,) = check(course(*SOUND, *unsaid))
    assert problem.message == "7 soal post-test belum ditaksir."
    assert problem.remedy == "Tulis expected pada u0, u1, u2, u3, u4 …."


@pytest.mark.parametrize(
    ("untrained", "trained", "wrong"),
    [
        (30, 75, None),
        (55, 90, None),
        (29, 80, "29% benar sebelum"),
        (56, 80, "56% benar sebelum"),
        (40, 74, "74% benar sesudah"),
        (40, 91, "91% benar sesudah"),
    ],
)
def test_the_mean_of_a_test_lies_where_a_gain_can_be_seen(untrained, trained, wrong):
    both = [question(use, use, untrained, trained) for use in ("pretest", "graded")]
    messages = told(*both)
    assert len(messages) == (2 if wrong else 0)
    assert all(wrong in message for message in messages)


@pytest.mark.parametrize(("untrained", "is_told"), [(50, False), (51, True)])
def test_both_tests_are_equally_hard(untrained, is_told):
    messages = told(SOUND[0], question("b", "graded", untrained))
    assert bool(messages) is is_told
    assert not is_told or "40% dan 51% benar sebelum" in messages[0]


def test_the_table_tells_papers_estimates_and_enemies():
    found = measured(
        course(
            question("a", "graded", 30, 70, ("b",)),
            question("b", "graded", 50, 90, ("a",)),
            question("c", "graded", None),
        ),
        "graded",
    )
    assert (found.drawn, found.others, found.share) == (100, 35, 35.0)
    assert (found.untrained, found.trained) == (40, 80)
    assert ([one.content.key for one in found.unsaid], found.pairs) == (["c"], 1)
