"""Every rule speaks at its threshold, and not before."""

from dataclasses import replace

from quizzes.analysis.choices import BLANK, ChoiceFigures
from quizzes.analysis.figures import ItemFigures, Quartile
from quizzes.analysis.suspects import Sign, suspicions
from tests.every_case import every_case

FINE = ItemFigures(
    n=40,
    facility=60,
    sd=49,
    discrimination=40,
    efficiency=60,
    quartiles=(Quartile(10, 60),) * 4,
)


def row(choice, fraction, *, share=30, best=30, place=""):
    return ChoiceFigures(
        place=place,
        choice=choice,
        fraction=fraction,
        n=10,
        share=share,
        mean=50,
        quartiles=(10, 10, 10, best),
    )


GOOD_CHOICES = [row("a", 1, best=80), row("b", 0, best=10), row("c", 0, best=10)]


def signs(figures=FINE, choices=(), **over):
    return [one.sign for one in suspicions(figures, choices, **over)]


def test_a_good_question_is_not_suspected():
    assert signs(choices=GOOD_CHOICES, guess=33) == []


@every_case(
    ("changes", "expected"),
    [
        ({"discrimination": -0.1, "efficiency": -0.2}, [Sign.NEGATIVE]),
        ({"discrimination": 0}, [Sign.WEAK]),
        ({"discrimination": 19.9}, [Sign.WEAK]),
        ({"discrimination": 20}, []),
        ({"efficiency": 14.9}, [Sign.POOR_EFFICIENCY]),
        ({"efficiency": 15}, [Sign.LOW_EFFICIENCY]),
        ({"efficiency": 29.9}, [Sign.LOW_EFFICIENCY]),
        ({"efficiency": 30}, []),
        ({"facility": 95}, [Sign.TOO_EASY]),
        ({"facility": 94.9}, []),
        ({"facility": 20}, [Sign.TOO_HARD]),
        ({"facility": 20.1}, []),
        ({"facility": None, "discrimination": None, "efficiency": None}, []),
    ],
)
def test_thresholds(changes, expected):
    assert signs(replace(FINE, **changes)) == expected


def test_below_guessing_is_worse_than_hard():
    hard = replace(FINE, facility=19)

    assert signs(hard, guess=25) == [Sign.BELOW_GUESSING]
    assert signs(hard, guess=19) == [Sign.TOO_HARD]
    assert signs(hard, guess=None) == [Sign.TOO_HARD]


def test_the_best_quarter_prefers_a_distractor():
    choices = [row("a", 1, best=30), row("b", 0, best=31), row("c", 0, best=30)]
    first = suspicions(FINE, choices)[0]

    assert first.sign == Sign.WRONG_KEY
    assert first.choices == (("", "b"),)


@every_case(("n", "expected"), [(6, []), (7, [Sign.WRONG_KEY])])
def test_a_best_quarter_of_few_accuses_no_key(n, expected):
    few = replace(FINE, quartiles=(*FINE.quartiles[:3], Quartile(n, 50)))
    choices = [row("a", 1, best=0), row("b", 0, best=100)]

    assert signs(few, choices) == expected


def test_of_several_keys_the_most_chosen_one_is_compared():
    choices = [row("a", 1, best=10), row("b", 1, best=90), row("c", 0, best=50)]

    assert signs(choices=choices) == []


def test_a_part_of_the_points_is_no_distractor():
    choices = [row("a", 1, best=30), row("b", 0.8, best=60), row("c", 0, best=5)]

    assert signs(choices=choices) == []


def test_the_key_is_what_earns_most_even_if_it_earns_not_all():
    choices = [row("a", 0.5, best=30), row("b", 0, best=60)]

    assert signs(choices=choices) == [Sign.WRONG_KEY]


def test_a_question_whose_answers_earn_nothing_has_no_key_to_doubt():
    assert signs(choices=[row("a", 0, best=60), row("b", 0, best=40)]) == []


def test_blanks_are_no_distractor():
    blank = replace(row(BLANK, None, best=99, share=1))

    assert signs(choices=[*GOOD_CHOICES, blank]) == []


@every_case(("share", "expected"), [(4.9, [("", "b")]), (5, [])])
def test_a_distractor_that_nobody_falls_for(share, expected):
    choices = [row("a", 1, best=90), row("b", 0, share=share), row("c", 0)]
    found = suspicions(FINE, choices)

    assert [pair for one in found for pair in one.choices] == expected


def test_rows_and_gaps_have_no_idle_distractors():
    choices = [row("a", 1, best=90, place="r1"), row("b", 0, share=0, place="r1")]

    assert signs(choices=choices) == []


def test_the_worst_comes_first():
    figures = replace(FINE, facility=96, discrimination=-5)
    choices = [row("a", 1, best=1), row("b", 0, best=60, share=2)]

    assert signs(figures, choices) == [
        Sign.WRONG_KEY,
        Sign.NEGATIVE,
        Sign.TOO_EASY,
        Sign.IDLE_DISTRACTOR,
    ]
