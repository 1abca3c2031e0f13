"""Which units may be one and the same although their codes differ.

A sheet loses the zeros of `01.02`, writes a code in capitals or under another parent,
and people mistype names; a unit that comes about that way divides an office in two. The
rules find more than is wrong, on purpose: what they find is asked, not refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lib.folding import fold

_LOOKALIKES = str.maketrans("oil", "011")
_EMPTY_WORDS = frozenset({"dan"})
# Words this short, such as numerals, are what tells sections apart.
_SHORTEST_MISTYPED = 4
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit by code and name; `parent` is its parent's code, "" at the top."""

    code: str
    name: str
    parent: str


@dataclass(slots=True)
class KnownUnits:
    """Units that a new one is compared with, found by their keys."""

    _by_code: dict[str, list[KnownUnit]] = field(default_factory=dict)
    _by_tail: dict[str, list[KnownUnit]] = field(default_factory=dict)
    _by_name: dict[str, list[KnownUnit]] = field(default_factory=dict)
    _by_parent: dict[str, list[KnownUnit]] = field(default_factory=dict)

    def add(self, unit: KnownUnit) -> None:
        """Let later units be compared with this one."""
        for key in code_keys(unit.code):
            self._by_code.setdefault(key, []).append(unit)
        for tail in _tails(unit.code):
            self._by_tail.setdefault(tail, []).append(unit)
        self._by_name.setdefault(name_key(unit.name), []).append(unit)
        self._by_parent.setdefault(unit.parent, []).append(unit)

    def like(self, unit: KnownUnit) -> tuple[KnownUnit, ...]:
        """Return the known units that this one may be, never one of the same code."""
        found = {
            known.code: known
            for known in (*self.like_code(unit), *self._like_name(unit))
            if known.code != unit.code
        }
        return tuple(found[code] for code in sorted(found))

    def like_code(self, unit: KnownUnit) -> Iterator[KnownUnit]:
        """Yield the known units that this one may be by its code; some twice."""
        for key in code_keys(unit.code):
            yield from self._by_code.get(key, ())
            yield from self._by_tail.get(key, ())
        for tail in _tails(unit.code):
            yield from self._by_code.get(tail, ())

    def _like_name(self, unit: KnownUnit) -> Iterator[KnownUnit]:
        yield from self._by_name.get(name_key(unit.name), ())
        for known in self._by_parent.get(unit.parent, ()):
            if is_mistyped(known.name, unit.name):
                yield known


def code_keys(code: str) -> Iterable[str]:
    """Return the keys of a code; two codes that share one may mean one unit.

    Capitals, separators, letters like digits and zeros in front do not count; a number
    with one separator also loses the zeros behind it, as a spreadsheet's number does.
    """
    parts = _parts(code)
    keys = {".".join(parts)}
    if any(not part.isdigit() for part in parts):
        keys.add("".join(parts))
    written = re.findall(r"[0-9]+", code)
    if len(parts) == len(written) == 2:
        keys.add(f"{parts[0]}:{written[1].rstrip('0')}")
    return keys


def name_key(name: str) -> str:
    """Return the key of a name: its letters, without *dan* and spaces."""
    return "".join(word for word in fold(name).split() if word not in _EMPTY_WORDS)


def is_mistyped(one: str, other: str) -> bool:
    """Say whether two names differ by slips within long words only."""
    words, others = fold(one).split(), fold(other).split()
    return len(words) == len(others) and all(map(_is_slip, words, others))


def _is_slip(one: str, other: str) -> bool:
    """Say whether two words are one; numbers and short words have no slips."""
    if one == other:
        return True
    is_long = min(len(one), len(other)) >= _SHORTEST_MISTYPED
    if not is_long or not (one.isalpha() and other.isalpha()):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def is_other_name(old: str, new: str) -> bool:
    """Say whether two names of a person have no word in common."""
    words = set(fold(old).split())
    return bool(words) and not words & set(fold(new).split())


def may_be_one_name(one: str, other: str) -> bool:
    """Say whether one name may be the other: a part of it, or with slips."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return words <= others or others <= words or is_mistyped(one, other)


def _parts(code: str) -> list[str]:
    return [_part(word) for word in fold(code).replace("_", " ").split()]


def _part(word: str) -> str:
    plain = word.translate(_LOOKALIKES)
    return str(int(plain)) if re.fullmatch("[0-9]+", plain) else plain


def _tails(code: str) -> Iterator[str]:
    """Yield the ends of a code with letters that are a code of two parts or more."""
    parts = _parts(code)
    if any(not part.isdigit() for part in parts):
        for start in range(1, len(parts) - 1):
            yield ".".join(parts[start:])
