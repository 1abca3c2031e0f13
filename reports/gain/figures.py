"""The sums of the gain report at one moment; those of many people are kept a while."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from lib.paths import is_within
from quizzes.selectors import GainSums
from reports.gain.disclosure import part_of
from reports.gain.sql import WHOLE, gain_sums
from reports.sql import fetch
from reports.units.reach import Reach

FEW_PAIRS = 2_000
GAIN_KEPT_SECONDS = 300


@dataclass(frozen=True)
class GainFigures:
    """Sums of each unit itself, by what they are about and by the unit's path."""

    taken_at: datetime
    sums: Mapping[str, Mapping[str, GainSums]]

    @property
    def abouts(self) -> list[str]:
        """What there are sums of."""
        return sorted(self.sums)

    def people(self, about: str = WHOLE) -> dict[str, int]:
        """Return how many people each unit itself has."""
        return {path: sums.n for path, sums in self.sums.get(about, {}).items()}

    def of(self, unit: str, about: str = WHOLE) -> GainSums:
        """Return the sums of a unit and everything below it; "" is everybody."""
        total = GainSums()
        for path, sums in self.sums.get(about, {}).items():
            if not unit or is_within(path, unit):
                total += sums
        return total

    def by_part(
        self, whole: str, tops: Sequence[str], about: str = WHOLE
    ) -> dict[str, GainSums]:
        """Return the sums of the parts of `whole` (`reports.gain.disclosure`)."""
        parts: dict[str, GainSums] = {}
        for path, sums in self.sums.get(about, {}).items():
            part = part_of(path, whole, tops)
            if part is not None:
                parts[part] = parts.get(part, GainSums()) + sums
        return parts


def gain_figures(reach: Reach, course_id: int) -> GainFigures:
    """Return the figures of everybody in reach on a course; one query at most.

    Of more than `FEW_PAIRS` they may be as old as `GAIN_KEPT_SECONDS`.
    """
    paths = hashlib.sha256("-".join(reach.paths).encode()).hexdigest()
    key = f"reports.gain.{course_id}.{paths}"
    kept: GainFigures | None = cache.get(key)
    if kept is not None:
        return kept
    figures = GainFigures(reach.now, _read(reach, course_id))
    if figures.of("").n > FEW_PAIRS:
        cache.set(key, figures, GAIN_KEPT_SECONDS)
    return figures


def _read(reach: Reach, course_id: int) -> dict[str, dict[str, GainSums]]:
    found: dict[str, dict[str, GainSums]] = {}
    if reach.is_empty:
        return found
    for path, about, n, *sums in fetch(gain_sums(reach, course_id)):
        before, after, squares = map(float, sums)
        found.setdefault(about, {})[path] = GainSums(n, before, after, squares)
    return found
