"""The order in which options are shown, plain Python."""

import random
from collections.abc import Sequence


def order_of(keys: Sequence[str], *, seed: int, hides_order: bool) -> tuple[str, ...]:
    """Return keys shuffled; with `hides_order` never as they were."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    return shuffled(keys, chance, hides_order=hides_order)


def shuffled(
    keys: Sequence[str], chance: random.Random, *, hides_order: bool
) -> tuple[str, ...]:
    """Return keys as `chance` shuffles them; with `hides_order` never as they were."""
    order = list(keys)
    chance.shuffle(order)
    if hides_order and order == list(keys):
        order = [*order[1:], *order[:1]]
    return tuple(order)
