"""Can a bank fill a quiz whatever is drawn? Plain Python over keys and counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Demand(Protocol):
    """A row of a blueprint: so many questions of an objective at some of the levels."""

    @property
    def objective(self) -> str:
        """The objective's key; empty for any."""

    @property
    def levels(self) -> Collection[str]:
        """The levels; none for any."""

    @property
    def count(self) -> int:
        """How many questions."""


@dataclass(frozen=True)
class Supply:
    """A question that may be drawn."""

    key: str
    objective: str
    level: str


Row = TypeVar("Row", bound=Demand)


def shortages(rows: Sequence[Row], supplies: Iterable[Supply]) -> list[tuple[Row, int]]:
    """Return the rows that might find too few questions, and how many fit.

    Places are filled one after the other and chance decides, so a row is safe only if
    earlier rows could take every question they share with it and still leave enough
    (`quizzes.taking.drawing`).
    """
    pool = list(supplies)
    short = []
    earlier: list[tuple[frozenset[str], int]] = []
    for row in rows:
        fitting = frozenset(supply.key for supply in pool if _fits(supply, row))
        taken = sum(min(count, len(fitting & others)) for others, count in earlier)
        if len(fitting) - taken < row.count:
            short.append((row, len(fitting)))
        earlier.append((fitting, row.count))
    return short


def _fits(supply: Supply, row: Demand) -> bool:
    return (not row.objective or supply.objective == row.objective) and (
        not row.levels or supply.level in row.levels
    )
