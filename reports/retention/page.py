"""Daya ingat: what is still known thirty and ninety days after a course."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.access import roots
from accounts.models import Unit
from courses.models import Course
from lib.paths import is_within
from lib.scores import shown
from quizzes.kinds import FEWEST_PEOPLE, FOLLOW_UP_DAYS
from quizzes.selectors import Kept, kept_by_unit
from reports.filters.choices import unit_choices
from reports.filters.forms import Choice
from reports.gain.disclosure import may_be_shown
from reports.units.reach import CAPABILITY, outermost


@dataclass(frozen=True)
class RetentionRow:
    """A course on one day; the figures are None where the group is too small.

    `final` is the mean final grade of the people who answered, `kept` the mean share
    of points they still got, both in percent; `change` is the difference in points.
    """

    course: str
    day: int
    people: int | None
    final: Decimal | None = None
    kept: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """Return by how many points what is known differs from the final grade."""
        if self.kept is None or self.final is None:
            return None
        return self.kept - self.final

    @property
    def change_in_points(self) -> str:
        """Return the sign of the change, which a number may lack."""
        if not self.change:
            return ""
        return "+" if self.change > 0 else "−"

    @property
    def size_of_change(self) -> Decimal | None:
        """Return the change without its sign."""
        return None if self.change is None else abs(self.change)


@dataclass(frozen=True)
class RetentionPage:
    """The page of `unit` and below, or of everything the person may see."""

    unit: Unit | None
    units: list[Choice]
    rows: list[RetentionRow]
    least: int


def retention_page(user: Any, *, unit: Unit | None) -> RetentionPage:
    """Return the page in a number of queries that does not grow with the people."""
    kept = kept_by_unit(user, CAPABILITY)
    tops = outermost(roots(user, CAPABILITY))
    return RetentionPage(
        unit=unit,
        units=unit_choices(user, unit),
        rows=_rows(kept, tops=tops, top=unit.path or "" if unit else ""),
        least=FEWEST_PEOPLE,
    )


def _rows(kept: Iterable[Kept], *, tops: Sequence[str], top: str) -> list[RetentionRow]:
    groups: dict[tuple[int, int], list[Kept]] = defaultdict(list)
    for figures in kept:
        groups[figures.course_id, figures.day].append(figures)
    courses = Course.objects.filter(pk__in={course for course, _day in groups})
    titles = courses.values_list("pk", "code", "current_version__title")
    return [
        _row(f"{code} · {title}", day, groups[pk, day], tops=tops, top=top)
        for pk, code, title in titles
        for day in FOLLOW_UP_DAYS
        if _is_about(groups.get((pk, day), ()), top)
    ]


def _is_about(figures: Iterable[Kept], top: str) -> bool:
    return any(not top or is_within(one.path, top) for one in figures)


def _row(
    course: str, day: int, figures: Sequence[Kept], *, tops: Sequence[str], top: str
) -> RetentionRow:
    """Add up the units below `top`, if that may be shown."""
    if not may_be_shown({one.path: one.people for one in figures}, top, tops):
        return RetentionRow(course, day, None)
    within = [one for one in figures if not top or is_within(one.path, top)]
    answers = sum(one.answers for one in within)
    return RetentionRow(
        course=course,
        day=day,
        people=sum(one.people for one in within),
        final=shown(sum(Fraction(one.final) for one in within) / Fraction(answers)),
        kept=shown(sum(Fraction(one.kept) for one in within) / Fraction(answers)),
    )
