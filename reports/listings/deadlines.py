"""Deadlines and lateness: a row per person and course she was ordered to take.

Which orders concern a person is `Reach`'s answer, here as everywhere: those of her
unit (``due``) and those that are hers (``hers``), of one course the earlier.
"""

from datetime import date

from django.db.models import DateField
from django.utils.translation import gettext_lazy as _

from reports.listings.asking import Asked
from reports.listings.definition import Listing, ListingColumn, Raw, Values
from reports.listings.people import JOB_COLUMNS, NAMED_COLUMNS, person_values
from reports.sql import Sql, composed, conjunction, local_day

OPEN, LATE, IN_TIME, DONE_LATE = "berjalan", "terlambat", "tepat", "selesai-terlambat"

_ARM = """SELECT k1, k2, k3, k4, k5, unit_name, course, due_on, done_on, zone, status
FROM (SELECT dated.*, CASE WHEN done_on IS NULL AND is_past THEN '{late}'
      WHEN done_on IS NULL THEN '{open}' WHEN done_on > due_on THEN '{done_late}'
      ELSE '{in_time}' END AS status
  FROM (SELECT wanted.*, COALESCE(v.title, c.code) AS course, {done_on} AS done_on
    FROM ({of_unit}
      UNION ALL
      {of_her}) wanted
    JOIN courses_course c ON c.id = wanted.k4
    LEFT JOIN courses_courseversion v ON v.id = c.current_version_id
    WHERE {conditions}) dated) told
WHERE {has_status}"""
# Of the whole unit, or sooner where that is hers; and what is hers alone. Joins, not
# subqueries behind an OR: those are asked anew for each of a million people.
_OF_UNIT = """SELECT place.path AS k1, u.name_key AS k2, u.id AS k3,
        due.course_id AS k4, 0 AS k5, place.name AS unit_name, place.time_zone AS zone,
        CASE WHEN hers.due_on < due.due_on THEN hers.due_on
          ELSE due.due_on END AS due_on,
        CASE WHEN hers.due_on < due.due_on THEN hers.is_past
          ELSE due.is_past END AS is_past
      FROM place {members}
      JOIN due ON due.unit_id = place.unit_id
      LEFT JOIN hers ON hers.person_id = u.id AND hers.unit_id = place.unit_id
        AND hers.course_id = due.course_id"""
_OF_HER = """SELECT place.path, u.name_key, u.id, hers.course_id, 0, place.name,
        place.time_zone, hers.due_on, hers.is_past
      FROM place {members}
      JOIN hers ON hers.person_id = u.id AND hers.unit_id = place.unit_id
      LEFT JOIN due ON due.unit_id = hers.unit_id AND due.course_id = hers.course_id
      WHERE due.course_id IS NULL"""
_DONE = """(SELECT MIN(e.completed_at) FROM courses_enrollment e
    WHERE e.person_id = wanted.k3 AND e.course_id = wanted.k4
      AND e.completed_at IS NOT NULL{known})"""


def _arm(asked: Asked) -> Sql:
    filters = asked.filters
    conditions = []
    if filters.course:
        conditions.append(Sql("c.key = %s", (filters.course,)))
    if filters.since:
        conditions.append(Sql("wanted.due_on >= %s", (filters.since,)))
    if filters.until:
        conditions.append(Sql("wanted.due_on <= %s", (filters.until,)))
    is_past_day = asked.known_until is not None
    done = _DONE.format(known=" AND e.completed_at < %s" if is_past_day else "")
    has_status = Sql("told.status = %s", (filters.status,))
    return composed(
        _ARM,
        late=Sql(LATE),
        open=Sql(OPEN),
        done_late=Sql(DONE_LATE),
        in_time=Sql(IN_TIME),
        done_on=Sql(
            local_day(done, "wanted.zone"),
            (asked.known_until,) if is_past_day else (),
        ),
        of_unit=composed(_OF_UNIT, members=asked.reach.members()),
        of_her=composed(_OF_HER, members=asked.reach.members()),
        conditions=conjunction(conditions),
        has_status=has_status if filters.status else Sql("TRUE"),
    )


def _shape(asked: Asked, raw: Raw) -> Values:
    course, due_on, done_on, zone, status = raw.own
    return {
        **person_values(raw),
        "kursus": course,
        "tenggat": due_on,
        "selesai": done_on,
        "status": DEADLINES.status_label(status),
        "hari": _days_late(due_on, done_on or asked.reach.today(zone)),
    }


def _days_late(due_on: date, day: date) -> int | None:
    late = (day - due_on).days
    return late if late > 0 else None


DEADLINES: Listing = Listing(
    key="deadlines",
    slug="tenggat",
    title=_("Tenggat dan keterlambatan"),
    sheet=_("Tenggat"),
    lead=_("Siapa wajib menyelesaikan apa sampai kapan, dan berapa hari lewatnya."),
    empty=_("Belum ada kursus wajib untuk unit Anda."),
    columns=(
        *NAMED_COLUMNS,
        ListingColumn(
            _("Kursus"), "text", 36, _("Judul kursus yang terbit."), key="kursus"
        ),
        ListingColumn(
            _("Tenggat"), "date", 13, _("Tenggat paling awal."), key="tenggat"
        ),
        ListingColumn(
            _("Selesai"),
            "date",
            13,
            _("Hari pertama kali selesai, menurut zona waktu unit."),
            key="selesai",
        ),
        ListingColumn(
            _("Status"), "text", 20, _("Keadaan terhadap tenggat."), key="status"
        ),
        ListingColumn(
            _("Hari terlambat"),
            "integer",
            10,
            _("Hari dari tenggat sampai selesai, atau sampai tanggal keadaan."),
            key="hari",
        ),
        *JOB_COLUMNS,
    ),
    arm=_arm,
    shape=_shape,
    own={
        "course": None,
        "due_on": DateField(),
        "done_on": DateField(),
        "zone": None,
        "status": None,
    },
    filters=frozenset({"course", "status", "days"}),
    statuses=(
        (LATE, _("Terlambat")),
        (OPEN, _("Belum jatuh tempo")),
        (IN_TIME, _("Selesai tepat waktu")),
        (DONE_LATE, _("Selesai terlambat")),
    ),
    days_label=_("Tenggat"),
)
