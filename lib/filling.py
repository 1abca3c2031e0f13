"""Filling places with different things of which some must not stand together.

Whole and fast for what people write: places want kinds of things, few things are
enemies, and enemies come in small groups. Plain Python; chance is in the order of
what is handed in.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

MOST_TRIES = 500
"""Fillings looked at before the best one found so far is taken. A group in which
everybody is everybody's enemy takes one; only tangled pairs take more.
"""

Filling = list[int | None]
Pair = tuple[int, int]


def fill(
    places: Sequence[Sequence[int]],
    *,
    enemies: Iterable[Pair] = (),
    dear: Collection[int] = (),
) -> Filling:
    """Return a thing for every place, None where there is none left for it.

    No thing stands twice, and no two `enemies` stand together. As many places as can
    be are filled; where that is all of them, with as few `dear` things as can be. What
    stands first in a place is taken first. The same arguments give the same filling.
    """
    pairs = {(min(pair), max(pair)) for pair in enemies}
    group_of = _groups(pairs)
    best: Filling = [None] * len(places)
    lowest = (len(places), 0)
    least: tuple[int, int] | None = None
    # What must not be taken; the fewer, the closer to the bound.
    todo: list[frozenset[int]] = [frozenset()]
    for _try in range(MOST_TRIES):
        if not todo or lowest == least:
            break
        barred = todo.pop()
        found = _matched(places, group_of, barred, dear)
        cost = (found.count(None), sum(one in dear for one in found))
        least = least or cost
        if cost >= lowest:
            continue
        clash = _clash(found, pairs)
        if clash is None:
            best, lowest = found, cost
        else:
            todo += [barred | {one} for one in clash]
    return best


def _groups(pairs: Collection[Pair]) -> dict[int, int]:
    """Put enemies into groups in which everybody is everybody's enemy.

    Of such a group at most one thing is taken, which needs no trying.
    """
    groups: list[list[int]] = []
    for thing in sorted({thing for pair in pairs for thing in pair}):
        for group in groups:
            if all((other, thing) in pairs for other in group):
                group.append(thing)
                break
        else:
            groups.append([thing])
    return {thing: group[0] for group in groups for thing in group}


def _clash(found: Filling, pairs: Collection[Pair]) -> Pair | None:
    """Return two enemies that stand together."""
    taken = sorted(thing for thing in found if thing is not None)
    return next((pair for pair in combinations(taken, 2) if pair in pairs), None)


def _matched(
    places: Sequence[Sequence[int]],
    group_of: Mapping[int, int],
    barred: Collection[int],
    dear: Collection[int],
) -> Filling:
    """Fill the places with one thing of a group, along cheapest augmenting paths.

    H. W. Kuhn, "The Hungarian method for the assignment problem" (1955), row by row: a
    place may take another one's group if that one finds another. Dear things cost one.
    """
    offers = [_offer(things, group_of, barred, dear) for things in places]
    holder: dict[int, int] = {}
    for place in range(len(places)):
        holder.update(_path(place, offers, holder, dear))
    found: Filling = [None] * len(places)
    for group, place in holder.items():
        found[place] = offers[place][group]
    return found


def _offer(
    things: Sequence[int],
    group_of: Mapping[int, int],
    barred: Collection[int],
    dear: Collection[int],
) -> dict[int, int]:
    """Return what a place takes of each group: the first not dear, else the first."""
    offer: dict[int, int] = {}
    for thing in things:
        group = group_of.get(thing, thing)
        is_better = group not in offer or (offer[group] in dear and thing not in dear)
        if thing not in barred and is_better:
            offer[group] = thing
    return offer


def _path(
    start: int,
    offers: Sequence[Mapping[int, int]],
    holder: Mapping[int, int],
    dear: Collection[int],
) -> dict[int, int]:
    """Return who takes which group so that `start` gets one as cheaply as can be.

    Nothing where it cannot get any.
    """
    # By group what it costs to take it, and who takes it.
    takers: dict[int, tuple[int, int]] = {}
    waiting = deque([(0, start)])
    while waiting:
        cost, place = waiting.popleft()
        for group, thing in offers[place].items():
            price = cost + (thing in dear)
            if group in takers and takers[group][0] <= price:
                continue
            takers[group] = price, place
            if (owner := holder.get(group)) is not None:
                saved = offers[owner][group] in dear
                waiting.append((price - saved, owner))
    free = [group for group in takers if group not in holder]
    if not free:
        return {}
    held = {place: group for group, place in holder.items()}
    group = min(free, key=lambda group: takers[group][0])
    steps = {}
    while True:
        _price, taker = takers[group]
        steps[group] = taker
        if taker == start:
            return steps
        group = held[taker]
