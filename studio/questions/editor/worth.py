"""The value of a row as authors type it, and as the database keeps it."""

import re
from decimal import Decimal

from studio.questions.editor.columns import FALSE, PERCENT, POINTS, TRUE, TRUTH

_NUMBER = re.compile(r"-?\d{1,3}([.,]\d{1,6})?")
# What a full row is called in each unit.
_FULL = {PERCENT: 100, POINTS: 5}
_LEAST = {PERCENT: -1, POINTS: 0}
_STEP = Decimal("0.000001")


def read_worth(text: str, unit: str) -> Decimal | None:
    """Return the fraction that a typed value stands for, None when it is none."""
    if unit == TRUTH:
        return {TRUE: Decimal(1), FALSE: Decimal(0)}.get(text)
    words = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(words):
        return None
    fraction = Decimal(words.replace(",", ".")) / _FULL[unit]
    fits = _LEAST[unit] <= fraction <= 1
    return fraction.quantize(_STEP).normalize() if fits else None


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
