"""Repairs never hurt, in any order; pure."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import RepairKind
from quizzes.marking.attempt import (
    AnsweredItem,
    AttemptMark,
    RepairView,
    mark_attempt,
)
from quizzes.questions.types import OptionView, QuestionView

OPTIONS = "abcd"


def key(right: str) -> QuestionView:
    """Return a single choice whose key is `right`."""
    return QuestionView(
        type="single_choice",
        options=[
            OptionView(key=option, fraction=Decimal(option == right), text=option)
            for option in OPTIONS
        ],
    )


def paper(*said: str | None, worth: int = 1) -> list[AnsweredItem]:
    """Return a paper whose keys are all "a", with what was said to each."""
    return [
        AnsweredItem(version, key("a"), value, Decimal(worth))
        for version, value in enumerate(said, 1)
    ]


def score(mark: AttemptMark) -> tuple[Fraction, Decimal]:
    """Return points and maximum."""
    return mark.points, mark.max_points


def percent(mark: AttemptMark) -> Fraction:
    """Return the exact share."""
    return Fraction(mark.points) / Fraction(mark.max_points)


# --- one repair --------------------------------------------------------------------
def test_without_repairs_a_paper_is_the_sum_of_its_items():
    assert score(mark_attempt(paper("a", "b", None, "a"))) == (2, 4)


def test_a_corrected_key_counts_beside_the_old_one():
    repair = RepairView(1, RepairKind.CORRECTED, key("b"))

    assert score(mark_attempt(paper("b", "a"), [repair])) == (2, 2)
    assert score(mark_attempt(paper("a", "a"), [repair])) == (2, 2)
    assert score(mark_attempt(paper("c", "a"), [repair])) == (1, 2)
    assert score(mark_attempt(paper(None, "a"), [repair])) == (1, 2)
    # Another item with the same answers is not touched.
    assert score(mark_attempt(paper("a", "b"), [repair])) == (1, 2)


def test_an_option_the_correction_lacks_earns_what_it_did():
    shorter = QuestionView(
        type="single_choice",
        options=[option for option in key("b").options if option.key != "a"],
    )

    found = mark_attempt(
        paper("a", "c"), [RepairView(1, RepairKind.CORRECTED, shorter)]
    )

    assert score(found) == (1, 2)


def test_all_right_gives_everybody_the_item_answered_or_not():
    repair = RepairView(2, RepairKind.ALL_RIGHT)

    for said in ("a", "c", None):
        assert score(mark_attempt(paper("a", said), [repair])) == (2, 2)


def test_a_disregarded_item_leaves_the_sum():
    found = mark_attempt(paper("a", "b", "b"), [RepairView(2, RepairKind.DISREGARDED)])

    assert score(found) == (1, 2)
    assert [item.left_out for item in found.items] == [False, True, False]


def test_whoever_had_a_disregarded_item_right_keeps_it():
    found = mark_attempt(paper("a", "b", "b"), [RepairView(1, RepairKind.DISREGARDED)])

    assert score(found) == (1, 3)
    assert not any(item.left_out for item in found.items)


def test_nothing_is_left_out_where_it_makes_no_difference():
    for said in (("a", "a"), ("b", "b")):
        found = mark_attempt(paper(*said), [RepairView(1, RepairKind.DISREGARDED)])
        assert not any(item.left_out for item in found.items)


def test_something_always_counts():
    repairs = [RepairView(version, RepairKind.DISREGARDED) for version in (1, 2)]

    assert score(mark_attempt(paper("b", "b"), repairs)) == (0, 2)
    assert score(mark_attempt(paper("a", "b"), repairs)) == (1, 1)


# --- every repair ------------------------------------------------------------------
answers = st.lists(st.sampled_from([*OPTIONS, None]), min_size=1, max_size=6)
weights = st.lists(st.integers(1, 4), min_size=6, max_size=6)
some_repairs = st.lists(
    st.builds(
        lambda version, kind, right: RepairView(
            version, kind, key(right) if kind == RepairKind.CORRECTED else None
        ),
        st.integers(1, 6),
        st.sampled_from(
            [RepairKind.CORRECTED, RepairKind.DISREGARDED, RepairKind.ALL_RIGHT]
        ),
        st.sampled_from(OPTIONS),
    ),
    max_size=6,
)


def weighed(said: list[str | None], worth: list[int]) -> list[AnsweredItem]:
    """Return a paper whose items are worth different points."""
    return [
        AnsweredItem(version, key("a"), value, Decimal(worth[version - 1]))
        for version, value in enumerate(said, 1)
    ]


@given(answers, weights, some_repairs, some_repairs)
def test_one_more_repair_never_lowers(said, worth, repairs, more):
    items = weighed(said, worth)

    before, after = mark_attempt(items, repairs), mark_attempt(items, [*repairs, *more])

    assert percent(after) >= percent(before)
    assert not before.is_better_than(after.points, after.max_points)


@given(answers, weights, some_repairs)
def test_twice_is_once(said, worth, repairs):
    items = weighed(said, worth)

    assert mark_attempt(items, [*repairs, *repairs]) == mark_attempt(items, repairs)


@given(answers, weights, some_repairs, st.randoms(use_true_random=False))
def test_the_order_of_repairs_does_not_matter(said, worth, repairs, chance):
    items = weighed(said, worth)
    turned = list(repairs)
    chance.shuffle(turned)

    assert mark_attempt(items, turned) == mark_attempt(items, repairs)


@given(answers, weights, st.sets(st.integers(1, 6)))
def test_leaving_out_is_the_best_there_is(said, worth, disregarded):
    items = weighed(said, worth)
    repairs = [RepairView(version, RepairKind.DISREGARDED) for version in disregarded]
    plain = mark_attempt(items)
    may_go = [n for n, item in enumerate(items) if item.version in disregarded]

    shares = []
    for size in range(len(may_go) + 1):
        for gone in combinations(may_go, size):
            kept = [m for n, m in enumerate(plain.items) if n not in gone]
            if kept:
                shares.append(percent(AttemptMark(kept)))

    assert percent(mark_attempt(items, repairs)) == max(shares)


@given(answers, weights, some_repairs)
def test_a_score_stays_within_its_bounds(said, worth, repairs):
    found = mark_attempt(weighed(said, worth), repairs)

    assert 0 <= found.points <= found.max_points
    assert found.max_points > 0
    assert all(0 <= item.points <= item.max_points for item in found.items)
