"""What may be told of small groups, so that nobody can be worked out. Plain Python.

A whole is shown beside its parts, and who subtracts the parts she sees from the whole
gets what the hidden ones have in common. So hidden parts must together be as many as
a group that may be shown (complementary suppression; Willenborg and de Waal 2001,
*Elements of Statistical Disclosure Control*).
"""

from collections.abc import Mapping, Sequence

from lib.paths import SEGMENT_LENGTH, is_within
from quizzes.kinds import FEWEST_PEOPLE


def hidden_parts(people: Mapping[str, int]) -> frozenset[str]:
    """Return which parts of a whole must not be shown; of empty ones there is none.

    Small parts are hidden, and then the smallest of the others until those hidden
    hold `FEWEST_PEOPLE` together. The same counts always hide the same parts.
    """
    by_size = sorted((n, part) for part, n in people.items() if n)
    hidden = {part for n, part in by_size if n < FEWEST_PEOPLE}
    for _n, part in by_size:
        together = sum(people[one] for one in hidden)
        if not hidden or together >= FEWEST_PEOPLE:
            break
        hidden.add(part)
    return frozenset(hidden)


def parts_at(
    people: Mapping[str, int], whole: str, tops: Sequence[str]
) -> dict[str, int]:
    """Return the people of each part of the unit at `whole`, by the part's path.

    `people` are those of each unit itself. The parts are the units directly below,
    with everything below them, and the unit's own people under its own path. The
    whole of everything, "", has `tops` as parts.
    """
    parts: dict[str, int] = {}
    for path, n in people.items():
        part = part_of(path, whole, tops)
        if part is not None:
            parts[part] = parts.get(part, 0) + n
    return parts


def part_of(path: str, whole: str, tops: Sequence[str]) -> str | None:
    """Return the part of `whole` that the unit at `path` is in; None outside."""
    if not whole:
        return next((top for top in tops if is_within(path, top)), None)
    if not is_within(path, whole):
        return None
    return path[: len(whole) + SEGMENT_LENGTH]


def may_be_shown(people: Mapping[str, int], unit: str, tops: Sequence[str]) -> bool:
    """Say whether the unit at `unit`, with everything below, may be shown as a whole.

    It is large enough, and neither it nor a unit above it, up to the tops of what the
    reader sees, is hidden among its neighbours: with all parts of a hidden unit in
    view their sum would give it away. "" is the whole of everything.
    """
    if not unit:
        return sum(people.values()) >= FEWEST_PEOPLE
    below = sum(n for path, n in people.items() if is_within(path, unit))
    return below >= FEWEST_PEOPLE and not any(
        part in hidden_parts(parts_at(people, whole, tops))
        for whole, part in _way_down(unit, tops)
    )


def _way_down(unit: str, tops: Sequence[str]) -> list[tuple[str, str]]:
    """Return (whole, part) for every step from the tops to the unit."""
    top = next((one for one in tops if is_within(unit, one)), unit)
    ends = range(len(top), len(unit), SEGMENT_LENGTH)
    return [("", top), *((unit[:end], unit[: end + SEGMENT_LENGTH]) for end in ends)]


def parts_to_show(
    people: Mapping[str, int], whole: str, tops: Sequence[str]
) -> frozenset[str]:
    """Return the paths of the parts of `whole` that may be shown beside it."""
    if whole and not may_be_shown(people, whole, tops):
        return frozenset()
    parts = parts_at(people, whole, tops)
    hidden = hidden_parts(parts)
    return frozenset(part for part, n in parts.items() if n and part not in hidden)
