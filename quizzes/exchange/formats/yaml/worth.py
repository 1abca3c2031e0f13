"""What an option is worth, as authors write it: true or false, points, or percent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lib.yaml_entries import Entry
from quizzes.questions.types.shares import MOST_POINTS, stored_share

CORRECT, POINTS, PERCENT = "correct", "points", "percent"


def worth_of_entry(
    row: Entry, names: Sequence[str], *, default: Decimal = Decimal(0)
) -> Decimal:
    """Return the fraction that a row says in one of these ways; -1 to 1."""
    said = [name for name in names if name in row]
    if not said:
        return default
    if len(said) > 1:
        row.report(
            said[1],
            f"“{said[0]}” dan “{said[1]}” tidak dipakai bersama.",
            "Hapus salah satu.",
        )
    if said[0] == CORRECT:
        return Decimal(row.flag(CORRECT))
    if said[0] == POINTS:
        return stored_share(Decimal(row.whole(POINTS, 0, MOST_POINTS)) / MOST_POINTS)
    return stored_share(row.decimal(PERCENT, -100, 100) / 100)


def require_worth(row: Entry, names: Sequence[str]) -> None:
    """Report a row that does not say what it is worth."""
    if not any(name in row for name in names):
        row.report(
            names[0],
            f"Kunci “{names[0]}” belum ada.",
            f"Tambahkan “{names[0]}: {_EXAMPLES[names[0]]}”.",
        )


_EXAMPLES: Mapping[str, str] = {CORRECT: "true", POINTS: "3", PERCENT: "50"}


def written_worth(fraction: Decimal, names: Sequence[str]) -> dict[str, Any]:
    """Return the first way of these that can say the fraction exactly."""
    points = fraction * MOST_POINTS
    if CORRECT in names and fraction in {0, 1}:
        return {CORRECT: fraction == 1}
    if POINTS in names and points == int(points) and points >= 0:
        return {POINTS: int(points)}
    return {PERCENT: (fraction * 100).normalize()}
