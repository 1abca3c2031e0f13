"""The rule of an order or a group: whom it keeps, in its stored form. Plain Python."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

_BAR = "|"

GOLONGAN_PNS = (
    *("I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d"),
    *("III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c", "IV/d", "IV/e"),
)
GOLONGAN_PPPK = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)


@dataclass(frozen=True)
class Rule:
    """Whom an order keeps of its unit; an empty list keeps everybody."""

    jabatan_kinds: tuple[str, ...] = ()
    golongans: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether it keeps everybody."""
        return not (self.jabatan_kinds or self.golongans or self.statuses)


EVERYBODY = Rule()


def stored(values: Iterable[str]) -> str:
    """Return values as one text between bars, each once and in order: |III/a|III/b|.

    Raises ValueError for a value that holds a bar.
    """
    kept = sorted(set(values))
    if any(_BAR in one for one in kept):
        raise ValueError("A value of a rule holds no bar.")
    return f"{_BAR}{_BAR.join(kept)}{_BAR}" if kept else ""


def read_list(text: str) -> tuple[str, ...]:
    """Return the values that `stored` made one text of."""
    return tuple(one for one in text.split(_BAR) if one)


def target_key(rule: Rule, people: Iterable[int], *, is_required: bool) -> str:
    """Return what tells orders to the same unit apart; empty for all of the unit.

    Two orders with one key, unit and course mean the same people.
    """
    named = sorted(set(people))
    if rule.is_open and not named and is_required:
        return ""
    said = repr(
        (
            stored(rule.jabatan_kinds),
            stored(rule.golongans),
            stored(rule.statuses),
            named,
            is_required,
        )
    )
    return hashlib.sha256(said.encode()).hexdigest()[:40]
