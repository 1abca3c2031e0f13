"""Drawing a paper: pure, with a given seed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions.order import order_of
from quizzes.taking.drawing import DrawCandidate, Drawn, EmptyPool, Slot, draw
from tests.every_case import every_case
from tests.examples import some

BANK = 1
OPTIONS = ("a", "b", "c", "d")


def question(
    number: int,
    objective: str = "t1",
    level: str = "C1",
    type: str = "single_choice",
) -> DrawCandidate:
    """Return a question of the bank."""
    return DrawCandidate(
        version_id=1000 + number,
        question_id=number,
        bank_id=BANK,
        objective=objective,
        level=level,
        type=type,
        option_keys=OPTIONS,
    )


def retired(number: int) -> DrawCandidate:
    """Return a question that was withdrawn."""
    return replace(question(number), is_drawable=False)


def slot(key: str, objective: str = "", *levels: str) -> Slot:
    """Return a place that is filled by a draw."""
    return Slot(key=key, bank_id=BANK, objective=objective, levels=levels)


def fixed(key: str, number: int) -> Slot:
    """Return a place for one certain question."""
    return Slot(key=key, bank_id=BANK, question_id=number)


def numbers(paper: list[Drawn]) -> set[int]:
    """Return the questions on a paper."""
    return {drawn.version_id - 1000 for drawn in paper}


POOL = [question(number) for number in range(1, 11)]
SLOTS = [slot(f"s{number}") for number in range(4)]


# --- chance ------------------------------------------------------------------------
def test_the_same_seed_gives_the_same_paper():
    assert draw(SLOTS, POOL, seed=7) == draw(SLOTS, POOL, seed=7)


def test_the_order_of_the_pool_does_not_matter():
    assert draw(SLOTS, POOL, seed=7) == draw(SLOTS, POOL[::-1], seed=7)


def test_seeds_differ():
    papers = {tuple(sorted(numbers(draw(SLOTS, POOL, seed=n)))) for n in range(50)}

    assert len(papers) > 10


def test_every_question_has_its_chance():
    drawn = [n for seed in range(400) for n in numbers(draw(SLOTS, POOL, seed=seed))]

    # 1600 draws over 10 questions: 160 each, and never far from it.
    assert all(110 < drawn.count(number) < 210 for number in range(1, 11))


# --- order -------------------------------------------------------------------------
def test_without_shuffling_the_paper_keeps_the_order_of_the_slots():
    paper = draw(SLOTS, POOL, seed=3, shuffle_questions=False, shuffle_options=False)

    assert [drawn.slot_key for drawn in paper] == ["s0", "s1", "s2", "s3"]
    assert all(drawn.option_order == OPTIONS for drawn in paper)


def test_options_are_shuffled_per_question():
    orders = {drawn.option_order for drawn in draw(SLOTS, POOL, seed=3)}

    assert len(orders) > 1


# --- what fits ---------------------------------------------------------------------
def test_a_withdrawn_question_is_asked_only_where_a_slot_names_it():
    pool = [retired(1), question(2)]

    assert numbers(draw([fixed("s1", 1), slot("s2")], pool, seed=1)) == {1, 2}
    with pytest.raises(EmptyPool):
        draw([slot("s1"), slot("s2")], pool, seed=1)


def test_a_fixed_question_is_never_taken_by_a_draw():
    for seed in range(30):
        paper = draw([slot("s1"), fixed("s2", 1)], POOL[:2], seed=seed)
        by_slot = {drawn.slot_key: drawn.version_id - 1000 for drawn in paper}
        assert by_slot == {"s1": 2, "s2": 1}


@every_case(
    ("slots", "pool"),
    [
        ([slot("s1")], []),
        ([slot("s1"), slot("s2")], [question(1)]),
        ([slot("s1", "t2")], [question(1, "t1")]),
        ([slot("s1", "t1", "C2")], [question(1, "t1", "C1")]),
        ([fixed("s1", 99)], POOL),
        ([fixed("s1", 1), fixed("s2", 1)], POOL),
        ([Slot("s1", bank_id=2)], POOL),
    ],
)
def test_a_slot_that_cannot_be_filled_is_named(slots, pool):
    with pytest.raises(EmptyPool) as refused:
        draw(slots, pool, seed=1)

    assert refused.value.slot in slots


def test_a_wide_slot_leaves_a_narrow_one_what_it_needs():
    slots = [slot("wide", "t1", "C1", "C2"), slot("narrow", "t1", "C1")]
    pool = [question(1, "t1", "C1"), question(2, "t1", "C2")]

    for seed in range(30):
        paper = draw(slots, pool, seed=seed)
        by_slot = {drawn.slot_key: drawn.version_id - 1000 for drawn in paper}
        assert by_slot == {"wide": 2, "narrow": 1}


# --- seen before -------------------------------------------------------------------
def test_unseen_questions_come_first():
    for seed in range(30):
        assert numbers(draw(SLOTS, POOL, seed=seed, seen={1, 2, 3, 4, 5, 6})) == {
            7,
            8,
            9,
            10,
        }


def test_seen_questions_fill_up_only_what_is_missing():
    for seed in range(30):
        drawn = numbers(draw(SLOTS, POOL, seed=seed, seen=range(1, 9)))
        assert drawn >= {9, 10}
        assert len(drawn) == 4


def test_everything_seen_before_can_be_drawn_again():
    assert len(numbers(draw(SLOTS, POOL, seed=1, seen=range(1, 11)))) == 4


def test_a_wide_slot_leaves_a_narrow_one_its_unseen_question():
    slots = [slot("wide", "t1", "C1", "C2"), slot("narrow", "t1", "C1")]
    pool = [question(1, level="C1"), question(2, level="C2"), question(3, level="C1")]

    for seed in range(30):
        assert numbers(draw(slots, pool, seed=seed, seen={3})) == {1, 2}


# --- properties --------------------------------------------------------------------
OBJECTIVES, LEVELS = ("t1", "t2"), ("C1", "C2", "C3")
pools = st.lists(
    st.tuples(st.sampled_from(OBJECTIVES), st.sampled_from(LEVELS)), max_size=12
).map(lambda kinds: [question(n, *kind) for n, kind in enumerate(kinds, 1)])
blueprints = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(("", *OBJECTIVES)),
            st.lists(st.sampled_from(LEVELS), max_size=2, unique=True),
        ),
        st.integers(1, 12),
    ),
    max_size=6,
).map(
    lambda rows: [
        fixed(f"s{n}", row) if isinstance(row, int) else slot(f"s{n}", row[0], *row[1])
        for n, row in enumerate(rows)
    ]
)


def fits(candidate: DrawCandidate, place: Slot) -> bool:
    """Say by the words of the blueprint whether a question fits a slot."""
    if place.question_id is not None:
        return candidate.question_id == place.question_id
    return (place.objective in ("", candidate.objective)) and (
        not place.levels or candidate.level in place.levels
    )


def best_unseen(slots, pool, seen) -> int | None:
    """Return the most unseen questions any filling can have; None: no filling.

    By trying everything, so that it can judge the real thing.
    """
    if not slots:
        return 0
    best = None
    for index, candidate in enumerate(pool):
        if fits(candidate, slots[0]):
            rest = best_unseen(slots[1:], pool[:index] + pool[index + 1 :], seen)
            if rest is not None:
                count = rest + (candidate.question_id not in seen)
                best = count if best is None else max(best, count)
    return best


@given(blueprints, pools, st.integers(), st.frozensets(st.integers(1, 12)))
def test_a_paper_keeps_the_blueprint_and_repeats_nothing(slots, pool, seed, seen):
    by_version = {candidate.version_id: candidate for candidate in pool}
    by_key = {place.key: place for place in slots}
    try:
        paper = draw(slots, pool, seed=seed, seen=seen)
    except EmptyPool:
        return

    assert sorted(drawn.slot_key for drawn in paper) == sorted(by_key)
    assert len({drawn.version_id for drawn in paper}) == len(slots)
    for drawn in paper:
        assert fits(by_version[drawn.version_id], by_key[drawn.slot_key])
        assert sorted(drawn.option_order) == sorted(OPTIONS)


@settings(max_examples=some(400))
@given(
    blueprints.map(lambda slots: slots[:4]),
    pools.map(lambda pool: pool[:6]),
    st.integers(),
    st.frozensets(st.integers(1, 6)),
)
def test_a_draw_finds_a_paper_whenever_there_is_one_and_the_freshest(
    slots, pool, seed, seen
):
    best = best_unseen(slots, pool, seen)
    try:
        paper = draw(slots, pool, seed=seed, seen=seen)
    except EmptyPool:
        assert best is None
        return

    assert len(numbers(paper) - seen) == best


# --- orders that are the key -------------------------------------------------------
@every_case("shuffles", [True, False])
def test_an_order_that_is_the_key_is_never_shown(shuffles):
    paper = [replace(question(1), option_keys=("a", "b"), hides_order=True)]

    for seed in range(50):
        (drawn,) = draw([fixed("s", 1)], paper, seed=seed, shuffle_options=shuffles)
        assert drawn.option_order == ("b", "a")


@given(
    keys=st.lists(st.text(min_size=1), min_size=2, max_size=8, unique=True),
    seed=st.integers(),
)
def test_a_hidden_order_is_another_order_of_the_same_keys(keys, seed):
    shown = order_of(keys, seed=seed, hides_order=True)

    assert sorted(shown) == sorted(keys)
    assert list(shown) != keys
    assert shown == order_of(keys, seed=seed, hides_order=True)


# --- types -------------------------------------------------------------------------
def test_a_slot_takes_only_the_types_it_names():
    pool = [question(1), question(2, type="numeric"), question(3, type="ordering")]
    place = replace(slot("s"), types=("numeric", "ordering"))

    found = {
        number
        for seed in range(30)
        for number in numbers(draw([place], pool, seed=seed))
    }

    assert found == {2, 3}
    with pytest.raises(EmptyPool):
        draw([place], pool[:1], seed=1)


# --- enemies -----------------------------------------------------------------------
pairs_of_enemies = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda p: p[0] != p[1]),
    max_size=8,
)
groups_of_enemies = st.sets(st.integers(1, 12), min_size=2, max_size=5).map(
    lambda group: [(one, other) for one in group for other in group if one < other]
)


def has_paper(slots, pool, pairs, taken=frozenset()) -> bool:
    """Say by trying everything whether there is a paper without enemies."""
    if not slots:
        return True
    return any(
        has_paper(slots[1:], pool, pairs, taken | {candidate.question_id})
        for candidate in pool
        if fits(candidate, slots[0])
        and candidate.question_id not in taken
        and not any(frozenset((candidate.question_id, one)) in pairs for one in taken)
    )


@settings(max_examples=some(400))
@given(
    blueprints.map(lambda slots: slots[:5]),
    pools.map(lambda pool: pool[:8]),
    st.one_of(pairs_of_enemies, groups_of_enemies),
    st.integers(),
    st.frozensets(st.integers(1, 8)),
)
def test_no_two_enemies_stand_on_a_paper_and_one_is_found_whenever_there_is_one(
    slots, pool, enemies, seed, seen
):
    named = {place.question_id for place in slots}
    pairs = {frozenset(pair) for pair in enemies if not named.issuperset(pair)}
    try:
        paper = draw(slots, pool, seed=seed, enemies=enemies, seen=seen)
    except EmptyPool:
        assert not has_paper(slots, pool, pairs)
        return

    drawn = numbers(paper)
    assert len(drawn) == len(slots)
    assert not any(frozenset((a, b)) in pairs for a in drawn for b in drawn)
    assert paper == draw(slots, pool[::-1], seed=seed, enemies=enemies, seen=seen)


def test_the_smallest_pool_with_enemies_gives_the_one_paper_there_is():
    slots = [slot("wide", "t1"), slot("narrow", "t1", "C2"), slot("other", "t2")]
    pool = [
        question(1, "t1", "C1"),
        question(2, "t1", "C2"),
        question(3, "t1", "C2"),
        question(4, "t2"),
    ]
    for seed in range(30):
        paper = draw(slots, pool, seed=seed, enemies=[(2, 3), (3, 4)])
        assert numbers(paper) == {1, 2, 4}


def test_a_quiz_that_names_two_enemies_keeps_both():
    """Publishing refuses such a quiz; an older one is not taken away from anybody."""
    slots = [fixed("s1", 1), fixed("s2", 2), slot("s3")]

    assert numbers(draw(slots, POOL[:4], seed=1, enemies=[(1, 2), (2, 3)])) == {1, 2, 4}


def test_enemies_have_nearly_the_chance_of_everybody():
    drawn = [
        number
        for seed in range(400)
        for number in numbers(draw(SLOTS, POOL, seed=seed, enemies=[(1, 2)]))
    ]

    # 1,600 draws: 133 of each enemy and 167 of everybody else, were it all by lot.
    assert all(125 < drawn.count(number) < 215 for number in range(3, 11))
    assert all(95 < drawn.count(number) < 175 for number in (1, 2))
