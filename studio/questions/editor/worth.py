"""The value of a row as authors type it, and as the database keeps it."""

from decimal import Decimal

from quizzes.questions import MOST_POINTS, read_share
from studio.questions.editor.columns import FALSE, PERCENT, POINTS, TRUE, TRUTH

# What a full row is called in each unit.
_FULL = {PERCENT: 100, POINTS: MOST_POINTS}
_LEAST = {PERCENT: -1, POINTS: 0}


def read_worth(text: str, unit: str) -> Decimal | None:
    """Return the fraction that a typed value stands for, None when it is none."""
    if unit == TRUTH:
        return {TRUE: Decimal(1), FALSE: Decimal(0)}.get(text)
    fraction = read_share(text.strip().removesuffix("%"), _FULL[unit])
    if fraction is None or not _LEAST[unit] <= fraction <= 1:
        return None
    return fraction


def typed_worth(fraction: Decimal, unit: str) -> str:
    """Return a fraction as it is typed: "50", "33,3333", "benar"."""
    if unit == TRUTH:
        return TRUE if fraction == 1 else FALSE
    return format((fraction * _FULL[unit]).normalize(), "f").replace(".", ",")


REMEDIES = {
    TRUTH: "Tentukan dulu: benar atau salah.",
    PERCENT: "Nilai ini belum tepat. Tulis persen dari -100 sampai 100, misalnya 50.",
    POINTS: "Poin ini belum tepat. Tulis 0 sampai 5.",
}
