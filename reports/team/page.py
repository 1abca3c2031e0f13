"""The page of a superior: what her own people are to do, and what they have done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, DateField, Q, Sum

from accounts.models import User
from courses.models import Enrollment, JpEntry
from reports.listings.asking import ListingFilters, ask
from reports.listings.deadlines import DEADLINES, LATE, OPEN
from reports.listings.jp import jp_target
from reports.sql import Sql, composed, fetch, typed

VIEW_TEAM = "reports.view_team"
PEOPLE_PER_PAGE = 50

# Of the few people of a page; the arm is that of the report on deadlines.
_DUE = """SELECT told.k3, told.course, told.due_on, told.status
FROM ({arm}) told WHERE told.k3 IN ({people}) AND told.status IN ('{open}', '{late}')
ORDER BY told.due_on, told.k4"""


@dataclass(frozen=True)
class DueCourse:
    """A course that somebody is to complete by a day."""

    title: str
    due_on: date
    is_late: bool


@dataclass
class TeamRow:
    """One of her people. `score` is None where scores are not hers to see."""

    name: str
    jabatan: str
    unit: str
    due: list[DueCourse] = field(default_factory=list)
    done: int = 0
    jp: int = 0
    score: Decimal | None = None

    @property
    def late(self) -> int:
        """How many courses are late."""
        return sum(course.is_late for course in self.due)

    @property
    def open(self) -> int:
        """How many courses are to be done yet."""
        return len(self.due) - self.late


@dataclass(frozen=True)
class TeamPage:
    """A page of her people, in the order of their units."""

    rows: list[TeamRow]
    people: Page[Any]
    year: int
    jp_target: int
    sees_scores: bool


def team_page(user: Any, *, number: str, now: datetime) -> TeamPage:
    """Return a page of the people `user` is the superior of, herself left out.

    The number of queries does not grow with them.
    """
    team = User.objects.visible_to(user, VIEW_TEAM).active().exclude(pk=user.pk)
    ordered = team.select_related("unit").order_by("unit__path", "name_key", "pk")
    people = Paginator(ordered, PEOPLE_PER_PAGE).get_page(number)
    year = now.astimezone(ZoneInfo(user.time_zone)).year
    rows = {person.pk: _row(person) for person in people.object_list}
    if rows:
        _add_due(rows, user, now)
        _add_done(rows, user, year)
    return TeamPage(
        rows=list(rows.values()),
        people=people,
        year=year,
        jp_target=jp_target(),
        sees_scores=settings.ELEARNING_TEAM_SEES_SCORES,
    )


def _row(person: User) -> TeamRow:
    unit = person.unit.name if person.unit else ""
    return TeamRow(person.full_name, person.jabatan, unit)


def _add_due(rows: Mapping[int, TeamRow], user: Any, now: datetime) -> None:
    asked = ask(ListingFilters(), user=user, now=now, capability=VIEW_TEAM)
    places = ", ".join(["%s"] * len(rows))
    sql = composed(
        _DUE,
        arm=DEADLINES.arm(asked),
        people=Sql(places, tuple(rows)),
        open=Sql(OPEN),
        late=Sql(LATE),
    )
    found = fetch(asked.reach.ask(sql.text, sql.params))
    for person_id, title, due_on, status in typed(found, {2: DateField()}):
        rows[person_id].due.append(DueCourse(title, due_on, status == LATE))


def _add_done(rows: Mapping[int, TeamRow], user: Any, year: int) -> None:
    zone = ZoneInfo(user.time_zone)
    start, end = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    done = Q(completed_at__gte=start, completed_at__lt=end)
    places = Enrollment.objects.filter(done, person__in=rows).order_by()
    figures = places.values("person").annotate(
        count=Count("course", distinct=True), score=Avg("final_percent")
    )
    for told in figures:
        row = rows[told["person"]]
        row.done = told["count"]
        if settings.ELEARNING_TEAM_SEES_SCORES:
            row.score = told["score"]
    entries = JpEntry.objects.filter(person__in=rows, year=year).order_by()
    for person_id, jp in entries.values_list("person").annotate(Sum("jp")):
        rows[person_id].jp = jp
