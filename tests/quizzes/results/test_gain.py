"""The gain of groups: by hand, by the plain way, and whatever the grouping."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.results.gain import GainSums, group_gain, normalised, t_quantile


def sums_of(pairs):
    return GainSums(
        n=len(pairs),
        before=sum(before for before, _after in pairs),
        after=sum(after for _before, after in pairs),
        squares=sum((after - before) ** 2 for before, after in pairs),
    )


def test_a_group_done_by_hand():
    gain = group_gain(sums_of([(40, 60), (50, 80), (60, 70), (30, 70), (20, 70)]))

    assert (gain.n, gain.before, gain.after, gain.difference) == (5, 40, 70, 30)
    # Differences 20 30 10 40 50: variance 250, standard error √50, t₄ = 2.776.
    assert gain.low == pytest.approx(30 - 2.776 * math.sqrt(50), abs=0.01)
    assert gain.high == pytest.approx(30 + 2.776 * math.sqrt(50), abs=0.01)
    assert gain.normalised == 50


def test_four_people_say_nothing():
    assert group_gain(sums_of([(0, 100)] * 4)) is None
    assert group_gain(GainSums()) is None


def test_everybody_gained_the_same():
    gain = group_gain(sums_of([(33.33, 66.67)] * 7))

    assert gain.low == pytest.approx(gain.high, abs=1e-4)


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [(40, 70, 50), (40, 40, 0), (50, 25, -50), (0, 100, 100), (100, 100, None)],
)
def test_the_part_of_the_possible_gain(before, after, percent):
    assert normalised(before, after) == percent


# Fisher and Yates, Statistical Tables, table III.
@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(4, 2.776), (5, 2.571), (9, 2.262), (14, 2.145), (29, 2.045), (120, 1.980)],
)
def test_quantiles_are_those_of_the_tables(freedom, quantile):
    assert t_quantile(freedom) == pytest.approx(quantile, abs=0.0015)


def test_quantiles_of_hardly_anybody_are_refused():
    with pytest.raises(ValueError, match="3"):
        t_quantile(3)


scores = st.integers(0, 10).map(lambda tenth: tenth * 10)
people = st.lists(st.tuples(scores, scores), min_size=5, max_size=40)


@given(people)
def test_it_agrees_with_the_plain_way(pairs):
    gain = group_gain(sums_of(pairs))
    differences = [after - before for before, after in pairs]
    error = statistics.stdev(differences) / math.sqrt(len(pairs))

    assert gain.difference == pytest.approx(statistics.fmean(differences))
    width = t_quantile(len(pairs) - 1) * error
    assert gain.high - gain.low == pytest.approx(2 * width, abs=1e-4)


@given(people, people)
def test_sums_of_parts_are_the_sums_of_the_whole(some, others):
    assert sums_of(some) + sums_of(others) == sums_of(some + others)
