"""Can a bank fill a quiz? Plain Python over keys and counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from lib.filling import fill
from quizzes.questions.content import QuestionContent


class Demand(Protocol):
    """A row of a blueprint: so many questions of an objective, by levels and types."""

    @property
    def objective(self) -> str:
        """The objective's key; empty for any."""

    @property
    def levels(self) -> Collection[str]:
        """The levels; none for any."""

    @property
    def types(self) -> Collection[str]:
        """The question types; none for any."""

    @property
    def count(self) -> int:
        """How many questions."""


@dataclass(frozen=True)
class Supply:
    """A question that may be drawn, and the keys of its enemies."""

    key: str
    objective: str
    level: str
    type: str
    enemies: Collection[str] = ()

    @classmethod
    def of(cls, question: QuestionContent) -> "Supply":
        """Return a question as it is written."""
        return cls(
            question.key,
            question.objective_key,
            question.level,
            question.type,
            question.composition.enemies,
        )


Row = TypeVar("Row", bound=Demand)


@dataclass(frozen=True)
class Shortage(Generic[Row]):
    """A row that finds too few questions; it is the `number`th of its blueprint.

    `fitting` questions fit it, `together` of them can stand on one paper, and `left`
    once the rows above have theirs.
    """

    row: Row
    number: int
    fitting: int
    together: int
    left: int

    @property
    def words(self) -> str:
        """What is missing, with the numbers."""
        row = self.row
        what = f"{row.count} soal {row.objective or 'dari tujuan apa pun'}"
        if row.levels:
            what = f"{what} ({', '.join(row.levels)})"
        if row.types:
            what = f"{what} jenis {', '.join(row.types)}"
        if self.fitting < row.count:
            return f"Aturan {self.number} perlu {what}, yang cocok {self.fitting}."
        if self.together < row.count:
            return (
                f"Aturan {self.number} perlu {what}, paling banyak {self.together} "
                "dapat berdiri bersama karena saling menjawab."
            )
        return (
            f"Aturan {self.number} perlu {what}, paling banyak {self.left} tersisa "
            "setelah aturan di atasnya terisi."
        )

    @property
    def remedy(self) -> str:
        """What to do."""
        if self.together < self.row.count <= self.fitting:
            return "Tambah soal yang tidak saling menjawab, atau kurangi count."
        return "Tambah soal yang cocok, atau kurangi count."


@dataclass(frozen=True)
class Balance(Generic[Row]):
    """A row beside its bank, once every row of the quiz has what it can get.

    `fitting` questions fit it, `left` of them stand on no row's place, and `lacking`
    places of its own stay empty.
    """

    row: Row
    fitting: int
    left: int
    lacking: int


def balances(rows: Sequence[Row], supplies: Iterable[Supply]) -> list[Balance[Row]]:
    """Return what each row finds, and what it leaves in the bank."""
    pool, enemies = _numbered(supplies)
    fitting = [
        [number for number, supply in enumerate(pool) if may_take(supply, row)]
        for row in rows
    ]
    places = [
        found
        for row, found in zip(rows, fitting, strict=True)
        for _ in range(row.count)
    ]
    filled = iter(fill(places, enemies=enemies))
    taken = [[next(filled) for _place in range(row.count)] for row in rows]
    used = {one for ones in taken for one in ones}
    return [
        Balance(row, len(found), len(set(found) - used), ones.count(None))
        for row, found, ones in zip(rows, fitting, taken, strict=True)
    ]


def _numbered(
    supplies: Iterable[Supply],
) -> tuple[list[Supply], list[tuple[int, int]]]:
    """Return the questions in order, and the pairs of enemies by their places there."""
    pool = sorted(supplies, key=lambda supply: supply.key)
    ids = {supply.key: number for number, supply in enumerate(pool)}
    return pool, [
        (ids[supply.key], ids[enemy])
        for supply in pool
        for enemy in supply.enemies
        if enemy in ids
    ]


def shortages(rows: Sequence[Row], supplies: Iterable[Supply]) -> list[Shortage[Row]]:
    """Return the rows for which no paper has enough questions.

    None where there is a paper: then every draw finds one (`quizzes.taking.drawing`).
    """
    pool, enemies = _numbered(supplies)
    short = []
    above: list[list[int]] = []
    empty_above = 0
    for number, row in enumerate(rows, 1):
        fitting = [at for at, supply in enumerate(pool) if may_take(supply, row)]
        places = [fitting] * row.count
        empty = fill([*above, *places], enemies=enemies).count(None)
        if empty > empty_above:
            together = row.count - fill(places, enemies=enemies).count(None)
            left = row.count - (empty - empty_above)
            short.append(Shortage(row, number, len(fitting), together, left))
        above += places
        empty_above = empty
    return short


def always_together(supplies: Iterable[Supply]) -> list[tuple[str, str]]:
    """Return the enemies that a quiz asks together that asks all of these."""
    pool = list(supplies)
    asked = {supply.key for supply in pool}
    return sorted(
        {
            (min(supply.key, enemy), max(supply.key, enemy))
            for supply in pool
            for enemy in supply.enemies
            if enemy in asked
        }
    )


def may_take(supply: Supply, row: Demand) -> bool:
    """Whether a row may take this question."""
    return (
        (not row.objective or supply.objective == row.objective)
        and (not row.levels or supply.level in row.levels)
        and (not row.types or supply.type in row.types)
    )
