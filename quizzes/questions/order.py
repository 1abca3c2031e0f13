"""The order in which options are shown, plain Python."""

import random
from collections.abc import Sequence


def order_of(keys: Sequence[str], *, seed: int, hides_order: bool) -> tuple[str, ...]:
    """Return keys shuffled; with `hides_order` never as they were."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    return _shuffled(keys, hides_order, chance)


def _shuffled(
    keys: Sequence[str], hides_order: bool, chance: random.Random
) -> tuple[str, ...]:
    shuffled = list(keys)
    chance.shuffle(shuffled)
    if hides_order and shuffled == list(keys):
        shuffled = [*shuffled[1:], *shuffled[:1]]
    return tuple(shuffled)
