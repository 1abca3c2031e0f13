"""Filling places: as many as can be, no two enemies, and as few dear things."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.filling import fill
from tests.examples import some

THINGS = st.integers(0, 7)
places_of_things = st.lists(st.lists(THINGS, max_size=8, unique=True), max_size=5)
pairs_of_things = st.lists(
    st.tuples(THINGS, THINGS).filter(lambda pair: pair[0] != pair[1]), max_size=9
)
# Groups in which everybody is everybody's enemy.
cliques = st.lists(st.sets(THINGS, min_size=2, max_size=4), max_size=3).map(
    lambda groups: [
        (one, other)
        for group in groups
        for one in group
        for other in group
        if one < other
    ]
)


def best_cost(places, pairs, dear, taken=frozenset()) -> tuple[int, int]:
    """Return the fewest empty places, and with them the fewest dear things.

    By trying everything, so that it can judge the real thing.
    """
    if not places:
        return 0, 0
    empty, costly = best_cost(places[1:], pairs, dear, taken)
    best = empty + 1, costly
    for thing in places[0]:
        is_barred = thing in taken or any(
            frozenset((thing, one)) in pairs for one in taken
        )
        if not is_barred:
            empty, costly = best_cost(places[1:], pairs, dear, taken | {thing})
            best = min(best, (empty, costly + (thing in dear)))
    return best


@settings(max_examples=some(600))
@given(places_of_things, st.one_of(pairs_of_things, cliques), st.frozensets(THINGS))
def test_as_many_places_as_can_be_with_as_few_dear_things(places, enemies, dear):
    pairs = {frozenset(pair) for pair in enemies}
    filled = fill(places, enemies=enemies, dear=dear)

    taken = [thing for thing in filled if thing is not None]
    assert len(filled) == len(places)
    assert len(set(taken)) == len(taken)
    assert all(
        thing is None or thing in things
        for thing, things in zip(filled, places, strict=True)
    )
    assert not any(frozenset((a, b)) in pairs for a in taken for b in taken)
    empty, costly = best_cost(places, pairs, dear)
    assert filled.count(None) == empty
    assert empty or sum(thing in dear for thing in taken) == costly


@given(places_of_things, pairs_of_things, st.frozensets(THINGS))
def test_the_same_arguments_give_the_same_filling(places, enemies, dear):
    turned = [(other, one) for one, other in reversed(enemies)]
    assert fill(places, enemies=enemies, dear=dear) == fill(
        places, enemies=turned, dear=dear
    )


def test_chance_is_in_the_order_and_enemies_hardly_change_it():
    """Twelve things, three taken, two of them enemies: nobody is left behind.

    Of 3,000 fillings each free thing is in about 760, each of the two in about 630:
    of the papers that hold both, neither kind is left.
    """
    chance = Random(1)
    counted: Counter[int | None] = Counter()
    for _ in range(3_000):
        things = list(range(12))
        chance.shuffle(things)
        places = [chance.sample(things, 12) for _ in range(3)]
        counted.update(fill(places, enemies=[(0, 1)]))
    assert all(680 < counted[thing] < 840 for thing in range(2, 12))
    assert all(540 < counted[thing] < 720 for thing in (0, 1))


def test_rings_of_enemies_take_a_few_tries():
    """No group in which everybody is everybody's enemy says how many go together."""
    rings = [
        (5 * ring + at, 5 * ring + (at + 1) % 5) for ring in range(3) for at in range(5)
    ]
    assert fill([range(15)] * 6, enemies=rings).count(None) == 0
    assert fill([range(15)] * 7, enemies=rings).count(None) == 1


def test_a_hundred_questions_of_which_each_knows_the_next_are_no_trouble():
    chain = [(thing, thing + 1) for thing in range(99)]
    assert fill([range(100)] * 50, enemies=chain).count(None) == 0
    assert fill([range(100)] * 51, enemies=chain).count(None) == 1
