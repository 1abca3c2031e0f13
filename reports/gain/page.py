"""What people gained between pre-test and post-test, of a unit on a course.

A page never tells of fewer than five people, nor anything from which so few could be
worked out (`reports.gain.disclosure`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Unit
from courses.models import Course, CourseVersion, Objective
from courses.models.catalogue import Pillar
from lib.bar_chart import BarChart, bar_chart
from lib.folding import fold
from quizzes.selectors import GroupGain, group_gain
from reports.gain.disclosure import may_be_shown, parts_to_show
from reports.gain.figures import GainFigures, gain_figures
from reports.gain.sql import OBJECTIVE, PILLAR, WHOLE
from reports.units.reach import reach_of


@dataclass(frozen=True)
class GainRow:
    """A line of a table; `gain` None where it must not be told.

    `path` is that of the unit, "" where the line is about no single one.
    """

    label: str
    gain: GroupGain | None
    url: str = ""
    is_own: bool = False
    path: str = ""


@dataclass(frozen=True)
class GainPage:
    """The report of one unit (None: all of the reader's) and one course."""

    taken_at: datetime
    course: Course
    title: str
    unit: Unit | None
    whole: GroupGain | None
    objectives: list[GainRow]
    pillars: list[GainRow]
    parts: list[GainRow]
    chart: BarChart | None
    parameters: dict[str, str]


def gain_page(
    user: Any, *, course: Course, unit: Unit | None, now: datetime
) -> GainPage:
    """Return the report; the number of queries is the same for every unit."""
    told = Told.by(user, course=course, unit=unit, now=now)
    objectives = told.objectives()
    shown = [row.gain for row in objectives if row.gain]
    parameters = {"kursus": course.key, **({"unit": unit.code} if unit else {})}
    return GainPage(
        taken_at=told.figures.taken_at,
        course=course,
        title=told.title,
        unit=unit,
        whole=told.whole(),
        objectives=objectives,
        pillars=told.pillars(),
        parts=told.parts(),
        chart=_chart(shown) if shown and len(shown) == len(objectives) else None,
        parameters=parameters,
    )


def gain_url(course: Course, unit: Unit | None) -> str:
    """Return the address of the report of a unit on a course."""
    query = {"kursus": course.key, **({"unit": unit.code} if unit else {})}
    return f"{reverse('reports:gain')}?{urlencode(query)}"


@dataclass(frozen=True)
class Told:
    """What may be told to a reader of a unit; every number passes through here."""

    figures: GainFigures
    course: Course
    unit: Unit | None
    tops: Sequence[str]

    @classmethod
    def by(
        cls, user: Any, *, course: Course, unit: Unit | None, now: datetime
    ) -> "Told":
        """Return what `user` may be told of her units."""
        reach = reach_of(user, now=now)
        return cls(gain_figures(reach, course.pk), course, unit, reach.paths)

    @property
    def path(self) -> str:
        """The unit's path; empty for all of the reader's units."""
        return (self.unit.path or "") if self.unit else ""

    @property
    def title(self) -> str:
        """The course's title as it is published now."""
        version = self.course.current_version
        return version.title if version else self.course.key

    @cached_property
    def objective_texts(self) -> list[tuple[str, str]]:
        """Return key and newest text of every objective that was ever taught.

        Those of the present version come first; people of an earlier cycle were
        tested on others too.
        """
        taught = Objective.objects.filter(
            version__course=self.course, version__state=CourseVersion.State.PUBLISHED
        ).order_by("-version__number", "position")
        texts: dict[str, str] = {}
        for key, text in taught.values_list("key", "text"):
            texts.setdefault(key, text)
        return list(texts.items())

    def whole(self, about: str = WHOLE) -> GroupGain | None:
        """Return the gain of the unit; None where it must not be told."""
        if not may_be_shown(self.figures.people(about), self.path, self.tops):
            return None
        return group_gain(self.figures.of(self.path, about))

    def objectives(self) -> list[GainRow]:
        """Return a row for each objective of the course that was tested."""
        known = {f"{OBJECTIVE}{key}": text for key, text in self.objective_texts}
        return [
            GainRow(text, self.whole(about))
            for about, text in known.items()
            if about in self.figures.sums
        ]

    def pillars(self) -> list[GainRow]:
        """Return a row for each pillar, where the course tests more than one."""
        known = {f"{PILLAR}{pillar.value}": str(pillar.label) for pillar in Pillar}
        rows = [
            GainRow(text, self.whole(about))
            for about, text in known.items()
            if about in self.figures.sums
        ]
        return rows if len(rows) > 1 else []

    def parts(self, about: str = WHOLE) -> list[GainRow]:
        """Return a row for each part of the unit where somebody was tested."""
        sums = self.figures.by_part(self.path, self.tops, about)
        people = self.figures.people(about)
        shown = parts_to_show(people, self.path, self.tops)
        if set(sums) <= {self.path}:
            return []
        units = Unit.objects.filter(path__in=[part for part in sums if sums[part].n])
        rows = [
            GainRow(
                label=_("Langsung di %(unit)s") % {"unit": one.name}
                if one.path == self.path
                else one.name,
                gain=group_gain(sums[one.path or ""]) if one.path in shown else None,
                url="" if one.path == self.path else gain_url(self.course, one),
                is_own=one.path == self.path,
                path=one.path or "",
            )
            for one in units
        ]
        return sorted(rows, key=lambda row: (row.is_own, fold(row.label)))

    def abouts(self) -> Iterator[tuple[str, str]]:
        """Yield what rows are about, with words for it."""
        yield WHOLE, _("Semua soal")
        for key, text in self.objective_texts:
            if f"{OBJECTIVE}{key}" in self.figures.sums:
                yield f"{OBJECTIVE}{key}", text
        for pillar in Pillar:
            if f"{PILLAR}{pillar.value}" in self.figures.sums:
                yield f"{PILLAR}{pillar.value}", str(pillar.label)


def _chart(gains: Sequence[GroupGain]) -> BarChart:
    """Return bars before and after for each objective, numbered as in the table."""
    return bar_chart(
        [str(number) for number, _gain in enumerate(gains, 1)],
        [[gain.before, gain.after] for gain in gains],
        highest=100,
    )
