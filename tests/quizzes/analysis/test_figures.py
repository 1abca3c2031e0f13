"""Item analysis: small tables done by hand, and the same formulas written plainly."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis.figures import ScoredItem, analyse, arrangement, quartiles

ONE = 1000


def papers_of(*columns, most=ONE):
    """Return papers from the marks of each slot, in whole points."""
    return [
        [
            ScoredItem(f"s{place}", place, round(mark * ONE), most)
            for place, mark in enumerate(row)
        ]
        for row in zip(*columns, strict=True)
    ]


# Five people, three questions: X = 3 2 2 1 0.
TABLE = papers_of((1, 1, 1, 0, 0), (1, 1, 0, 1, 0), (1, 0, 1, 0, 0))


def test_a_table_done_by_hand():
    found = analyse(TABLE)
    first = found.versions[0]

    # x = 1 1 1 0 0, mean 0.6, var = 5·0.24/4 = 0.3.
    assert first.n == 5
    assert first.facility == 60
    assert first.sd == pytest.approx(100 * math.sqrt(0.3))
    # X − x = 2 1 1 1 0, mean 1, var 0.5; cov = (0.4 − 0 + 0 − 0 + 0.6)/4 = 0.25.
    assert first.discrimination == pytest.approx(25 / math.sqrt(0.3 * 0.5))
    # Sorted: 0 0 1 1 1 and 0 1 1 1 2: cov_max = (0.6 + 0.4)/4 = 0.25 as well.
    assert first.efficiency == 100
    # var X = Σ(1.4² + 0.4² + 0.4² + 0.6² + 1.6²)/4 = 1.3; Σ var x = 0.9.
    assert found.quiz.cic == pytest.approx(100 * 1.5 * (1 - 0.9 / 1.3))
    assert found.quiz.mean == pytest.approx(100 * 1.6 / 3)
    assert found.quiz.median == pytest.approx(100 * 2 / 3)
    assert found.quiz.sd == pytest.approx(100 * math.sqrt(1.3) / 3)
    error_ratio = 100 * math.sqrt(1 - found.quiz.cic / 100)
    assert found.quiz.error_ratio == pytest.approx(error_ratio)
    assert found.quiz.standard_error == pytest.approx(error_ratio * found.quiz.sd / 100)


def test_weights_of_the_table_done_by_hand():
    slots = analyse(TABLE).slots

    # cov(x, X): Σ x·X − 5·x̄·X̄, over 4: (7 − 4.8, 6 − 4.8, 5 − 3.2)/4.
    roots = [math.sqrt(cov / 4) for cov in (2.2, 1.2, 1.8)]
    assert [slots[f"s{n}"].intended_weight for n in range(3)] == [
        pytest.approx(100 / 3)
    ] * 3
    assert [slots[f"s{n}"].effective_weight for n in range(3)] == [
        pytest.approx(100 * root / sum(roots)) for root in roots
    ]


def test_skewness_and_kurtosis_by_k_statistics():
    # X = 0 0 0 4: mean 1, Σd² = 12, Σd³ = 24, Σd⁴ = 84.
    quiz = analyse(papers_of((0, 0, 0, 4), most=4 * ONE)).quiz

    k2, k3 = 12 / 3, 4 * 24 / (3 * 2)
    m2, m4 = 12 / 4, 84 / 4
    k4 = 16 * (5 * m4 - 9 * m2 * m2) / (3 * 2 * 1)
    assert quiz.skewness == pytest.approx(k3 / k2**1.5)
    assert quiz.kurtosis == pytest.approx(k4 / k2**2)
    assert (quiz.skewness, quiz.kurtosis) == (pytest.approx(2), pytest.approx(4))


# --- the null cases of FEATURES §1.2.4 ------------------------------------------------
def test_of_nobody_there_is_nothing():
    quiz = analyse([]).quiz

    assert quiz.n == 0
    assert (quiz.mean, quiz.median, quiz.sd, quiz.cic) == (None,) * 4


def test_one_attempt_has_a_mean_and_nothing_else():
    found = analyse(papers_of((1,), (0,)))

    assert found.quiz.mean == 50
    assert (found.quiz.sd, found.quiz.cic, found.quiz.skewness) == (None,) * 3
    one = found.versions[0]
    assert (one.facility, one.sd) == (100, None)
    assert (one.discrimination, one.efficiency) == (None, None)
    assert found.slots["s0"].effective_weight is None


@pytest.mark.parametrize(
    ("people", "has_skewness", "has_kurtosis"),
    [
        (2, False, False),
        (3, True, False),
        (4, True, True),
    ],
)
def test_moments_begin_at_three_and_four_attempts(people, has_skewness, has_kurtosis):
    quiz = analyse(papers_of(range(people), [0] * people, most=9 * ONE)).quiz

    assert (quiz.skewness is not None) is has_skewness
    assert (quiz.kurtosis is not None) is has_kurtosis
    assert (quiz.cic is not None) is has_skewness


def test_a_quiz_of_one_question_has_no_consistency():
    quiz = analyse(papers_of((0, 1, 1, 0))).quiz

    assert quiz.skewness is not None
    assert (quiz.cic, quiz.error_ratio, quiz.standard_error) == (None, None, None)


def test_without_any_spread_nothing_is_divided_by_it():
    found = analyse(papers_of((1, 0, 1, 0), (0, 1, 0, 1)))

    assert found.quiz.sd == 0
    assert (found.quiz.skewness, found.quiz.kurtosis, found.quiz.cic) == (None,) * 3


def test_a_question_that_everybody_gets_right_says_nothing_about_people():
    always = analyse(papers_of((1, 1, 1, 1), (1, 0, 1, 0))).versions[0]

    assert (always.facility, always.sd) == (100, 0)
    assert (always.discrimination, always.efficiency) == (None, None)


def test_a_slot_without_covariance_weighs_nothing_but_is_not_null():
    slots = analyse(papers_of((1, 1, 1, 1), (1, 0, 1, 0))).slots

    assert slots["s0"].effective_weight == 0
    assert slots["s1"].effective_weight == 100


def test_a_slot_against_the_total_has_no_weight_and_is_left_out_of_the_sum():
    against = (0, 0, 1, 1)
    slots = analyse(papers_of(against, (3, 3, 0, 0), (3, 3, 0, 0), most=3 * ONE)).slots

    assert slots["s0"].effective_weight is None
    assert slots["s1"].effective_weight == 50
    assert slots["s2"].effective_weight == 50


def test_items_that_agree_fully_are_fully_consistent():
    quiz = analyse(papers_of(*[(0.333, 0.667, 1, 0)] * 3)).quiz

    assert quiz.cic == 100
    assert (quiz.error_ratio, quiz.standard_error) == (0, 0)


def test_items_that_contradict_each_other_are_less_than_not_consistent():
    quiz = analyse(papers_of((1, 0, 1, 0), (0, 1, 0, 0.5))).quiz

    assert quiz.cic < 0
    assert quiz.error_ratio > 100


# --- draws ----------------------------------------------------------------------------
def test_the_rest_of_a_drawn_question_is_the_whole_total():
    fixed, drawn = analyse(TABLE), analyse(TABLE, drawn={"s0"})

    # cov(x, X) = 2.2/4, var x = 0.3, var X = 1.3.
    expected = 100 * (2.2 / 4) / math.sqrt(0.3 * 1.3)
    assert drawn.versions[0].discrimination == pytest.approx(expected)
    assert drawn.versions[1] == fixed.versions[1]
    # The slot itself is looked at as any other.
    assert drawn.slots == fixed.slots


def test_a_drawn_question_is_followed_through_every_slot_it_fills():
    papers = [
        [ScoredItem("s1", 7, ONE, ONE), ScoredItem("s2", 8, 0, ONE)],
        [ScoredItem("s1", 8, ONE, ONE), ScoredItem("s2", 7, 0, ONE)],
    ]
    versions = analyse(papers, drawn={"s1", "s2"}).versions

    assert (versions[7].n, versions[7].facility) == (2, 50)


def test_papers_that_cannot_be_compared_are_refused():
    with pytest.raises(ValueError, match="different slots"):
        analyse([[ScoredItem("s1", 1, 0, ONE)], [ScoredItem("s2", 1, 0, ONE)]])

    assert arrangement([ScoredItem("s1", 1, 0, ONE)]) != arrangement(
        [ScoredItem("s1", 1, 0, 2)]
    )


# --- quarters -------------------------------------------------------------------------
def test_quarters_keep_equal_totals_together():
    assert quartiles([0, 1, 2, 3]) == [0, 1, 2, 3]
    assert quartiles([5, 5, 5, 5]) == [2, 2, 2, 2]
    assert quartiles([0, 0, 0, 9]) == [1, 1, 1, 3]
    assert quartiles([]) == []


def test_the_picture_has_the_mean_of_each_quarter():
    found = analyse(papers_of((0, 0, 1, 1), (0, 0, 0, 1), (0, 1, 1, 1)))

    assert [(q.n, q.percent) for q in found.versions[0].quartiles] == [
        (1, 0),
        (1, 0),
        (1, 100),
        (1, 100),
    ]


def test_an_empty_quarter_has_no_percent():
    found = analyse(papers_of((1, 1), (1, 1)))

    assert [(q.n, q.percent) for q in found.versions[0].quartiles] == [
        (0, None),
        (0, None),
        (2, 100),
        (0, None),
    ]


def test_full_marks_stand_in_the_last_bar():
    quiz = analyse(papers_of((0, 0.1, 0.95, 1))).quiz

    assert quiz.histogram == (1, 1, 0, 0, 0, 0, 0, 0, 0, 2)


# --- the same, written plainly --------------------------------------------------------
def plain_covariance(xs, ys):
    if len(xs) < 2:
        return None
    return statistics.covariance(xs, ys)


def plainly(papers):
    """Moodle's definitions word for word, with the standard library's statistics."""
    totals = [sum(item.points for item in paper) for paper in papers]
    slots = {}
    for place in range(len(papers[0])):
        xs = [paper[place].points for paper in papers]
        rest = [total - x for total, x in zip(totals, xs, strict=True)]
        var_x, var_rest = statistics.variance(xs), statistics.variance(rest)
        highest = plain_covariance(sorted(xs), sorted(rest))
        cov = plain_covariance(xs, rest)
        slots[f"s{place}"] = {
            "facility": 100 * statistics.fmean(xs) / papers[0][place].max_points,
            "sd": 100 * statistics.stdev(xs) / papers[0][place].max_points,
            "discrimination": 100 * cov / math.sqrt(var_x * var_rest)
            if var_x and var_rest
            else None,
            "efficiency": 100 * cov / highest if abs(highest) > 1e-9 else None,
            "weight": plain_covariance(xs, totals),
        }
    k2, p = statistics.variance(totals), len(slots)
    varied = sum(
        statistics.variance([paper[place].points for paper in papers])
        for place in range(p)
    )
    cic = 100 * p / (p - 1) * (1 - varied / k2) if k2 and p > 1 else None
    return slots, cic


marks = st.integers(0, 4).map(lambda quarter: quarter * 250)
tables = (
    st.integers(2, 5)
    .flatmap(
        lambda places: st.lists(
            st.lists(marks, min_size=places, max_size=places), min_size=3, max_size=20
        )
    )
    .map(
        lambda rows: [
            [
                ScoredItem(f"s{place}", place, mark, ONE)
                for place, mark in enumerate(row)
            ]
            for row in rows
        ]
    )
)


@given(tables)
def test_it_agrees_with_the_plain_way(papers):
    found = analyse(papers)
    slots, cic = plainly(papers)

    assert found.quiz.cic == pytest.approx(cic, abs=1e-6)
    roots = sum(math.sqrt(one["weight"]) for one in slots.values() if one["weight"] > 0)
    for key, expected in slots.items():
        slot, version = found.slots[key], found.versions[int(key[1:])]
        for name in ("facility", "sd", "discrimination", "efficiency"):
            assert getattr(slot, name) == pytest.approx(expected[name], abs=1e-6)
            assert getattr(version, name) == getattr(slot, name)
        if roots and expected["weight"] > 1e-6:
            weight = 100 * math.sqrt(expected["weight"]) / roots
            assert slot.effective_weight == pytest.approx(weight, abs=1e-6)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_attempts_changes_nothing(papers, chance: random.Random):
    shuffled = list(papers)
    chance.shuffle(shuffled)

    assert analyse(shuffled) == analyse(papers)


@given(tables, st.integers(2, 5))
def test_the_worth_of_a_point_changes_no_share(papers, times):
    dearer = [
        [
            item._replace(
                points=item.points * times, max_points=item.max_points * times
            )
            for item in paper
        ]
        for paper in papers
    ]
    before, after = analyse(papers), analyse(dearer)

    for key, slot in before.slots.items():
        for name in ("facility", "sd", "discrimination", "effective_weight"):
            value = getattr(slot, name)
            assert getattr(after.slots[key], name) == pytest.approx(value)
    assert after.quiz.cic == pytest.approx(before.quiz.cic)


@given(tables)
def test_figures_stay_within_their_bounds(papers):
    found = analyse(papers)

    assert sum(found.quiz.histogram) == len(papers)
    for slot in found.slots.values():
        assert 0 <= slot.facility <= 100
        assert slot.discrimination is None or -100.001 <= slot.discrimination <= 100.001
        assert slot.efficiency is None or slot.efficiency <= 100.001
        assert sum(quarter.n for quarter in slot.quartiles) == len(papers)
    weights = [
        slot.effective_weight
        for slot in found.slots.values()
        if slot.effective_weight is not None
    ]
    assert not weights or sum(weights) == pytest.approx(100)
