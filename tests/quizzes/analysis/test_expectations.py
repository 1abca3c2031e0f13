"""Expected beside observed: told apart by points and by chance."""

import pytest

from quizzes.analysis.expectations import FAR_APART, Expectation, expectation
from quizzes.kinds import Purpose, Selection
from quizzes.questions.composition import Expected

EXPECTED = Expected(untrained=40, trained=80)


def compared(**over):
    said = {
        "purpose": "posttest",
        "selection": "first",
        "n": 400,
        "facility": 75.0,
        "sd": 43.0,
    }
    return expectation(EXPECTED, **{**said, **over})


def test_a_pretest_is_compared_with_untrained_and_a_posttest_with_trained_people():
    assert compared() == Expectation(80, -5.0, is_far=False)
    assert compared(purpose="pretest") == Expectation(40, 35.0, is_far=True)


@pytest.mark.parametrize(
    ("purpose", "selection"),
    [
        *((purpose, "first") for purpose in ("practice", "assessment")),
        *(("posttest", one.value) for one in Selection if one != Selection.FIRST),
    ],
)
def test_nothing_else_was_estimated(purpose, selection):
    assert Purpose(purpose)
    assert compared(purpose=purpose, selection=selection) is None


def test_without_an_estimate_there_is_nothing_to_compare():
    assert (
        expectation(
            None, purpose="pretest", selection="first", n=99, facility=50, sd=50
        )
        is None
    )


@pytest.mark.parametrize(
    ("facility", "is_far"),
    [
        (80 - FAR_APART + 0.01, False),
        (80 - FAR_APART, True),
        (99.9, False),
        (100, True),
    ],
)
def test_far_apart_is_told_at_its_threshold(facility, is_far):
    assert compared(facility=facility).is_far is is_far


@pytest.mark.parametrize(("n", "is_far"), [(30, False), (60, True)])
def test_few_answers_that_scatter_widely_say_little(n, is_far):
    """A gap of 21 points: the 95 % interval is ±21.5 of 30 answers, ±15.2 of 60."""
    assert compared(n=n, facility=59.0, sd=60.0).is_far is is_far


def test_below_thirty_answers_the_estimate_stands_alone():
    assert compared(n=29) == Expectation(80, None, is_far=False)
    assert compared(facility=None, sd=None) == Expectation(80, None, is_far=False)
