"""What counts when papers are composed: how hard a question is, and its enemies.

It is no part of the wording: changing it starts no new version and no new statistics
(docs/decisions/0030-enemies-and-expected-difficulty.md). Plain Python.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Expected:
    """The percent of people expected to be right, before the course and after it."""

    untrained: int
    trained: int


@dataclass(frozen=True)
class Composition:
    """What holds for a question whenever a paper is composed.

    `enemies` are keys of the same bank: questions that answer or repeat this one and
    never stand beside it.
    """

    expected: Expected | None = None
    enemies: Sequence[str] = ()

    def joined(self, before: "Composition") -> "Composition":
        """Return this, with what `before` says and this does not."""
        enemies = tuple(sorted({*before.enemies, *self.enemies}))
        return Composition(self.expected or before.expected, enemies)


NOTHING_SAID = Composition()


def expected_problem(untrained: int, trained: int) -> str:
    """Return what is wrong with an expected difficulty, with its remedy; else ""."""
    if not (0 <= untrained <= 100 and 0 <= trained <= 100):
        return "Taksiran berada di luar 0 sampai 100. Tulis persen bulat."
    if untrained > trained:
        return (
            f"Taksiran sebelum kursus ({untrained}%) melebihi sesudahnya ({trained}%). "
            "Tulis angka sesudah kursus yang sama atau lebih tinggi."
        )
    return ""


def composition_problem(key: str, composition: Composition) -> str:
    """Return what keeps this from counting of the question `key`; else ""."""
    if composition.expected:
        problem = expected_problem(
            composition.expected.untrained, composition.expected.trained
        )
        if problem:
            return problem
    if key in composition.enemies:
        return "Soal ini menyebut dirinya sendiri di enemies. Sebut soal lain."
    return ""


def with_enemies_both_ways(
    compositions: Mapping[str, Composition],
) -> dict[str, Composition]:
    """Return them so that whoever is named names back, unknown keys as they are."""
    enemies: dict[str, set[str]] = defaultdict(set)
    for one, other in enemy_pairs(compositions):
        enemies[one].add(other)
        enemies[other].add(one)
    return {
        key: replace(composition, enemies=tuple(sorted(enemies[key])))
        for key, composition in compositions.items()
    }


def without_others(
    compositions: Mapping[str, Composition], keys: Collection[str]
) -> dict[str, Composition]:
    """Return those of `keys`, with no enemy that is not among them."""
    return {
        key: replace(
            compositions[key],
            enemies=tuple(one for one in compositions[key].enemies if one in keys),
        )
        for key in keys
    }


def enemy_pairs(
    compositions: Mapping[str, Composition],
) -> Iterable[tuple[str, str]]:
    """Return every pair of enemies once, both keys in order."""
    return sorted(
        {
            (min(key, other), max(key, other))
            for key, composition in compositions.items()
            for other in composition.enemies
        }
    )
