"""The word for a final score, by a table that each agency may set.

The default follows the qualification words customary in LAN training guidelines;
agencies differ, so the table is an argument everywhere.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

# (a score above this, its word), best first; below zero the last row takes all.
PredikatTable = Sequence[tuple[int, str]]

DEFAULT_TABLE: PredikatTable = (
    (90, "Sangat Memuaskan"),
    (80, "Memuaskan"),
    (70, "Baik"),
    (60, "Cukup"),
    (-1, "Kurang"),
)
_HIGHEST = 100


class PredikatTableInvalid(ValueError):
    """The table does not give exactly one word for every score."""


def predikat_for(score: Decimal, table: PredikatTable = DEFAULT_TABLE) -> str:
    """Return the word for a score from 0 to 100, not rounded first.

    A score on a bound belongs to the row below it: 90 is not above 90. Raises
    ``ValueError`` for another score, ``PredikatTableInvalid`` for a broken table.
    """
    check_table(table)
    if not 0 <= score <= _HIGHEST:
        msg = f"{score} is not a score from 0 to 100."
        raise ValueError(msg)
    return next(word for above, word in table if score > above)


def check_table(table: PredikatTable) -> None:
    """Raise ``PredikatTableInvalid`` unless the table covers every score once.

    The bounds fall from row to row, only the last one lies below zero, and every row
    has a word.
    """
    bounds = [above for above, _ in table]
    if not bounds or bounds[-1] >= 0:
        raise PredikatTableInvalid("Batas baris terakhir harus di bawah nol.")
    if any(not 0 <= above < _HIGHEST for above in bounds[:-1]):
        raise PredikatTableInvalid("Batas selain baris terakhir harus 0 sampai 99.")
    if any(upper <= lower for upper, lower in pairwise(bounds)):
        raise PredikatTableInvalid("Urutkan batas dari yang tertinggi.")
    if not all(word.strip() for _, word in table):
        raise PredikatTableInvalid("Setiap baris harus menyebut predikatnya.")
