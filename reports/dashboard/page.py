"""What the dashboard shows: how far the people of a unit are, part by part."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from accounts.models import Unit
from reports.dashboard.chart import Chart, share_chart
from reports.dashboard.figures import LatePerson
from reports.dashboard.numbers import people_below, snapshot_of
from reports.dashboard.parts import PartRow, parts_of
from reports.exports.rows import ExportRow, export_row
from reports.listings.deadlines import DEADLINES, LATE
from reports.listings.definition import Listing
from reports.listings.jp import JP_PEOPLE, REACHED, jp_target
from reports.listings.page import listing_url
from reports.models import ExportJob
from reports.units.reach import reach_of
from reports.units.tree import TreeNode, unit_tree


@dataclass(frozen=True)
class Month:
    """A month of the year: people who have reached the JP target by its end."""

    last_day: date
    people: int
    percent: float


@dataclass(frozen=True)
class AxisMonth:
    """A name under the chart: every other month has room for one."""

    x: str
    day: date


@dataclass(frozen=True)
class LateRow:
    """Somebody whose deadline has passed, and for how many days."""

    name: str
    unit: str
    days: int
    courses: int
    url: str


@dataclass(frozen=True)
class DashboardPage:
    """Everything on the dashboard; its figures are those of `taken_at`.

    `is_old`: newer ones are being counted.

    `percent` and `average_jp` are None where there is nothing to measure.
    """

    taken_at: datetime
    is_old: bool
    now: datetime
    unit: Unit | None
    tree: TreeNode
    jp_target: int
    people: int
    reached: int
    average_jp: float | None
    percent: float | None
    late: int
    has_orders: bool
    parts: list[PartRow]
    late_people: list[LateRow]
    months: list[Month]
    chart: Chart | None
    axis: list[AxisMonth]
    completion_url: str
    late_url: str
    reached_url: str
    jp_url: str
    orders_url: str
    parameters: dict[str, str]
    export: ExportRow | None


def dashboard_page(user: Any, *, unit: Unit | None, now: datetime) -> DashboardPage:
    """Return the dashboard of `unit` and below, or of everything `user` may see.

    The number of queries is the same for every unit.
    """
    whole = reach_of(user, now=now)
    reach = reach_of(user, unit=unit, now=now)
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    people = people_below(whole)
    ends = month_ends(today)
    snapshot = snapshot_of(reach, ends=ends, target=jp_target())
    total = snapshot.total
    everybody = total.people[""]
    months = [
        Month(end, reached, 100 * reached / everybody if everybody else 0)
        for end, reached in zip(ends, snapshot.reached, strict=True)
    ]
    chart = _chart(months)
    return DashboardPage(
        taken_at=snapshot.taken_at,
        is_old=snapshot.is_old,
        now=now,
        unit=unit,
        tree=unit_tree(roots=whole.paths, chosen=unit, people=people),
        jp_target=jp_target(),
        people=everybody,
        reached=months[-1].people,
        average_jp=total.average_jp(""),
        percent=total.percent(""),
        late=total.late[""],
        has_orders=total.expected[""] > 0,
        parts=parts_of(reach, unit, snapshot.parts),
        late_people=[_late_row(late, today) for late in snapshot.late_people],
        months=months,
        chart=chart,
        axis=_axis(chart, today.year),
        completion_url=completion_url(unit),
        late_url=_listing_url(DEADLINES, unit, status=LATE),
        reached_url=_listing_url(JP_PEOPLE, unit, status=REACHED),
        jp_url=_listing_url(JP_PEOPLE, unit),
        orders_url=_listing_url(DEADLINES, unit),
        parameters={"unit": unit.code} if unit else {},
        export=_latest_export(user, now),
    )


def completion_url(unit: Unit | None, **filters: str) -> str:
    """Return the address of the completion report of a unit."""
    query = {"unit": unit.code, **filters} if unit else filters
    address = reverse("reports:completion")
    return f"{address}?{urlencode(query)}" if query else address


def _listing_url(listing: Listing, unit: Unit | None, **filters: str) -> str:
    return listing_url(listing, unit=unit.code if unit else "", **filters)


def month_ends(today: date) -> list[date]:
    """Return the last days of the year's months, this month's included."""
    return [
        date(today.year, month, monthrange(today.year, month)[1])
        for month in range(1, today.month + 1)
    ]


def _chart(months: list[Month]) -> Chart | None:
    if not months[-1].people:
        return None
    goal = settings.ELEARNING_JP_SHARE_TARGET
    return share_chart([month.percent for month in months], goal=goal)


def _latest_export(user: Any, now: datetime) -> ExportRow | None:
    export = ExportJob.objects.of(user).current(now).first()
    return export_row(export) if export else None


def _axis(chart: Chart | None, year: int) -> list[AxisMonth]:
    months = enumerate(chart.month_x, start=1) if chart else ()
    return [AxisMonth(x, date(year, month, 1)) for month, x in months if month % 2]


def _late_row(late: LatePerson, today: date) -> LateRow:
    return LateRow(
        late.name,
        late.unit,
        (today - late.due_on).days,
        late.courses,
        reverse("reports:why", args=[late.key]),
    )
