"""Planning reminders: one statement writes what is due, whatever the number of people.

From the orders outwards. A row per order, person,
deadline and step comes first, then the one mail per person and day; both say the same
thing twice without doing it twice. Whoever got her mail of the day already is planned
tomorrow, so that no step is used up in silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import News, tell_many
from accounts.models import NoticeKind
from accounts.models.unit import IndonesianZone
from courses.actions.orders import UNDO
from courses.assigning import concern
from courses.assigning.steps import DAYS_BEFORE, WEEK
from courses.models import ReminderMail
from lib.transactions import atomic_with_retry

_AT_ONCE = 2_000
# It is another day in each of the zones.
_TODAY = """CASE time_zone WHEN %s THEN {day} WHEN %s THEN {day} ELSE {day} END"""
_DAY = {"postgresql": "CAST(%s AS date)", "sqlite": "%s"}
_DAYS_LEFT = {
    "postgresql": "(due_on - day)",
    "sqlite": "CAST(julianday(due_on) - julianday(day) AS integer)",
}
# `steps.step_of` in SQL; a test compares them.
_STEP = """CASE WHEN left_days < 0
      THEN -1 - (-left_days - 1) / {week} * {week}
      WHEN left_days <= {last} THEN {last} ELSE {first} END"""

# Apart, so that the database knows how many there are before it compares them.
_FIND = """CREATE TEMPORARY TABLE courses_due_now AS
SELECT order_id, course_id, person_id, due_on, day, {step} AS step FROM (
  SELECT days.*, {left} AS left_days FROM (
    SELECT hers.*, {today} AS day FROM ({everybody}) hers) days) days
WHERE left_days <= {first}"""
_FORGET = "DROP TABLE IF EXISTS courses_due_now"

# What is there already is left to the constraints, and no NOT EXISTS looks into a table
# while it is filled: without statistics that is a walk through it for every row.
_REMINDERS = """INSERT INTO courses_reminder (order_id, person_id, due_on, step, day)
SELECT order_id, person_id, due_on, step, day FROM courses_due_now hers
WHERE NOT EXISTS (SELECT 1 FROM courses_enrollment e
    WHERE e.person_id = hers.person_id AND e.course_id = hers.course_id
      AND e.completed_at IS NOT NULL)
  AND (person_id, day) NOT IN (
    SELECT person_id, day FROM courses_remindermail WHERE day IN ({days}))
ON CONFLICT DO NOTHING"""

_MAILS = """INSERT INTO courses_remindermail
  (person_id, day, state, tries, next_try_at, problem)
SELECT DISTINCT r.person_id, r.day, 'pending', 0, %s, ''
FROM courses_reminder r WHERE r.day IN ({days})
ON CONFLICT DO NOTHING"""


@dataclass(frozen=True)
class Planned:
    """How many reminders and mails were written."""

    reminders: int
    mails: int


@atomic_with_retry
def plan_reminders(*, now: datetime) -> Planned:
    """Write what is to be said today, where it is that day; again changes nothing."""
    zones = {
        zone: now.astimezone(ZoneInfo(zone)).date() for zone in IndonesianZone.values
    }
    find, params = _find(zones, now)
    days = sorted({_adapted(day) for day in zones.values()})
    marks = ", ".join(["%s"] * len(days))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Compiling these statements takes longer than running them.
            cursor.execute("SET LOCAL jit = off")
        cursor.execute(_FORGET)
        cursor.execute(find, params)
        cursor.execute("ANALYZE courses_due_now")
        cursor.execute(_REMINDERS.format(days=marks), days)
        reminders = cursor.rowcount
        cursor.execute(_FORGET)
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(_MAILS.format(days=marks), (moment, *days))
        planned = Planned(reminders, cursor.rowcount)
    if planned.mails:
        tell_many(_news(now), now=now)
    return planned


def _news(now: datetime) -> Iterator[News]:
    """Say the same on the list of each person: also to whom no mail can be sent."""
    mails = ReminderMail.objects.filter(next_try_at=now, tries=0)
    text = _("Tenggat kursus Anda sudah dekat atau terlewat. Lihat apa yang menunggu.")
    for person_id, day in mails.values_list("person_id", "day").iterator(_AT_ONCE):
        yield News(
            person_id=person_id,
            kind=NoticeKind.DEADLINE,
            key=f"deadline:{person_id}:{day}",
            text=text,
            url=reverse("my_courses"),
            is_mailed_apart=True,
        )


def _find(zones: Mapping[str, date], now: datetime) -> concern.SqlPiece:
    """Return the statement that finds whose deadline has reached a step."""
    first, last = max(DAYS_BEFORE), min(DAYS_BEFORE)
    # Orders that may still be taken back remind nobody yet; who wants her data to rest
    # is not reminded.
    condition = (
        "u.restricted_at IS NULL"
        " AND a.created_at < %s AND (a.due_on IS NULL OR a.due_on <= %s)"
    )
    soon = _adapted(max(zones.values()) + timedelta(days=first))
    given = connection.ops.adapt_datetimefield_value(now - UNDO)
    hers, params = concern.everybody(condition, (given, soon))
    text = _FIND.format(
        step=_STEP.format(week=WEEK, first=first, last=last),
        left=_DAYS_LEFT[connection.vendor],
        today=_TODAY.format(day=_DAY[connection.vendor]),
        everybody=hers,
        first=first,
    )
    wit, wita, wib = IndonesianZone.WIT, IndonesianZone.WITA, IndonesianZone.WIB
    todays = (wit.value, zones[wit], wita.value, zones[wita], zones[wib])
    told = [_adapted(one) if isinstance(one, date) else one for one in todays]
    return text, (*told, *params)


def _adapted(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
