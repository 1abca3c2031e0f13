"""Figures about few people are not shown, nor what would give them away.

A figure of a unit speaks of the unit and everything below it. Whoever sees the figure
of a unit and of all its parts but one can subtract. Where a part has fewer than
`LEAST` people, other parts are therefore hidden with it, the smallest first, until
what can be reached by subtraction is a group of `LEAST` again (complementary
suppression; L. Willenborg and T. de Waal, "Elements of Statistical Disclosure
Control", 2001, ch. 6).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from lib.paths import SEGMENT_LENGTH, is_within

LEAST = 5
_ALL = ""
# Ends the key of a unit's own people: a part like the units below it.
_OWN = "."


def shown_paths(counts: Mapping[str, int], tops: Collection[str]) -> frozenset[str]:
    """Return the paths whose figure may be shown; "" stands for all tops together.

    `counts` holds how many people each unit itself has. What lies below a hidden unit
    is hidden as well.
    """
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    for path, number in counts.items():
        top = next((top for top in tops if is_within(path, top)), None)
        if top is not None and number:
            _count(path, number, top, parts)
    if sum(parts[_ALL].values()) < LEAST:
        return frozenset()
    shown = {_ALL}
    waiting = [_ALL]
    while waiting:
        for part in _shown_together(parts[waiting.pop()]):
            if not part.endswith(_OWN):
                shown.add(part)
                waiting.append(part)
    return frozenset(shown)


def _count(path: str, number: int, top: str, parts: dict[str, dict[str, int]]) -> None:
    """Count the people of a unit as part of everything above it, up to the top."""
    ends = range(len(top), len(path) + 1, SEGMENT_LENGTH)
    way = [*(path[:end] for end in ends), path + _OWN]
    for above, part in zip([_ALL, *way], way, strict=False):
        parts[above][part] = parts[above].get(part, 0) + number


def _shown_together(parts: Mapping[str, int]) -> set[str]:
    """Return the parts that may be shown beside each other."""
    by_size = sorted(parts, key=lambda key: (parts[key], key))
    hidden = [key for key in by_size if parts[key] < LEAST]
    for key in by_size[len(hidden) :]:
        if not hidden or sum(parts[one] for one in hidden) >= LEAST:
            break
        hidden.append(key)
    return set(parts) - set(hidden)
