"""A million people on PostgreSQL: how long each page of reports takes for the root.

    DATABASE_URL=postgres://…/empty python -m bench.civil_service seed [PEOPLE]
    DATABASE_URL=postgres://…/empty python -m bench.civil_service [PAGE …]

`seed` fills an empty database inside the server (`generate_series`), in minutes:
people, a unit for each twenty of them in a tree of four levels, an enrolment each in
one of ten courses of which three of four are completed, two orders to each agency, and
orders by rule that concern every fifth person. Then each page is asked for by HR of the
root through the site's own views: wall time, statements, and the share of the database.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

PEOPLE = 1_000_000
PER_UNIT = 20
AGENCIES = 100
OFFICES = 20
COURSES = 10
# After one that nothing was kept for; of what is slower one is enough.
RUNS = 3
SLOW = 5
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

_UNITS = """
INSERT INTO accounts_unit (id, code, name, agency_name, time_zone, is_active, path,
    parent_id, name_key)
SELECT {first} + n, '{letter}' || n, '{name} ' || n, above.agency_name,
  above.time_zone, TRUE, above.path || segment({first} + n), above.id,
  lower('{name} ' || n)
FROM generate_series(0, {count} - 1) n JOIN accounts_unit above
  ON above.id = {above} + n % {aboves};
INSERT INTO accounts_unitplacement ({placement_columns})
SELECT {placement_values} FROM accounts_unit u WHERE u.id >= {first};
"""
_SEGMENT = """CREATE OR REPLACE FUNCTION segment(pk bigint) RETURNS text AS $$
DECLARE said text := ''; digits text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
BEGIN
  FOR i IN 1..6 LOOP
    said := substr(digits, (pk % 36)::int + 1, 1) || said; pk := pk / 36;
  END LOOP;
  RETURN said;
END $$ LANGUAGE plpgsql IMMUTABLE"""
_LEARNERS = f"""accounts_user u JOIN courses_course c
  ON c.key = 'kursus-' || u.id % {COURSES} AND u.id >= 10000"""
_LEARNING = """
INSERT INTO courses_jpentry (id, jp, earned_on, year, recorded_at, enrollment_id,
    person_id, version_id)
SELECT {jp} + e.id, CASE WHEN e.id % 3 = 0 THEN 20 ELSE 4 END, e.completed_at::date,
  2026, e.completed_at, e.id, e.person_id, e.version_id
FROM courses_enrollment e WHERE e.completed_at IS NOT NULL AND e.id >= {first};
INSERT INTO courses_unitcourserollup (unit_id, course_id, enrolled, completed)
SELECT u.unit_id, e.course_id, COUNT(*), COUNT(e.completed_at)
FROM courses_enrollment e JOIN accounts_user u ON u.id = e.person_id
GROUP BY u.unit_id, e.course_id ON CONFLICT DO NOTHING;
"""


def seed(people: int) -> None:
    """Fill an empty database; prints how long each part takes."""
    from django.db import connection

    from accounts import actions as accounts_actions
    from accounts.models import User
    from tests.factories import make_course, make_person, make_unit

    if User.objects.exists():
        raise SystemExit("This database has people already.")
    root = make_unit(name="Negara Diukur", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(_SEGMENT)
    sections = people // PER_UNIT - AGENCIES * (1 + OFFICES)
    _units(1_000, "a", "Instansi", AGENCIES, above=root.pk, aboves=1)
    _units(2_000, "d", "Dinas", AGENCIES * OFFICES, above=1_000, aboves=AGENCIES)
    _units(10_000, "s", "Seksi", sections, above=2_000, aboves=AGENCIES * OFFICES)
    courses = [
        make_course(unit=root, now=NOW, key=f"kursus-{number}")
        for number in range(COURSES)
    ]
    reader = make_person(unit=root, now=NOW, name="Pengelola Negara")
    accounts_actions.assign_role(
        person=reader,
        unit=root,
        role="hr",
        by=None,
        now=NOW - timedelta(days=300),
    )
    _people(reader, people, sections)
    _learn(courses)
    _order(courses)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _units(
    first: int, letter: str, name: str, count: int, *, above: int, aboves: int
) -> None:
    from accounts.models import UnitPlacement

    with _timed(name), _cursor() as cursor:
        cursor.execute(
            _UNITS.format(
                first=first,
                letter=letter,
                name=name,
                count=count,
                above=above,
                aboves=aboves,
                **_placement(UnitPlacement.objects.earliest("pk")),
            )
        )


def _placement(one: Any) -> dict[str, str]:
    """Return columns and values of a placement like the root's, for units as ``u``."""
    values = {
        "unit_id": "u.id",
        "parent_id": "u.parent_id",
        "path": "u.path",
        "starts_on": f"DATE '{one.starts_on}'",
        "recorded_at": f"TIMESTAMPTZ '{NOW.isoformat()}'",
    }
    return {
        "placement_columns": ", ".join(values),
        "placement_values": ", ".join(values.values()),
    }


def _people(reader: Any, count: int, sections: int) -> None:
    said = {
        "id": "10000 + n",
        "key": "gen_random_uuid()",
        "nip": "lpad((190000000000000000 + n)::text, 18, '0')",
        "email": "NULL",
        "name": "'Pegawai ' || n",
        "name_key": "'pegawai ' || n",
        "title_suffix": "'S.Sos.'",
        "employment_status": "CASE WHEN n % 5 = 0 THEN 'PPPK' ELSE 'PNS' END",
        "unit_id": f"10000 + n % {sections}",
        "has_role": "FALSE",
        "last_login": "NULL",
    }
    with _timed("people"):
        _copies(reader, said, f"generate_series(1, {count}) n")
        with _cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_unitmembership (person_id, unit_id, starts_on, "
                "recorded_at) SELECT id, unit_id, DATE '2026-01-01', %s "
                "FROM accounts_user WHERE id >= 10000",
                [NOW],
            )


def _copies(row: Any, said: dict[str, str], source: str) -> None:
    """Insert copies of a row, with the expressions `said` of a number ``n``."""
    columns = [field.column for field in row._meta.local_concrete_fields]
    values = [said.get(column, f"one.{column}") for column in columns]
    table = row._meta.db_table
    names = ", ".join(columns)
    with _cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} "
            f"FROM {source} JOIN {table} one ON one.id = {row.pk}"
        )


def _learn(courses: list[Any]) -> None:
    from tests.factories import enroll, make_person

    person = make_person(unit=courses[0].unit, now=NOW, name="Contoh Belajar")
    one = enroll(course=courses[0], person=person, now=NOW)
    version, done = "c.current_version_id", "u.id % 4 > 0"
    said = {
        "id": "u.id + 1000000",
        "person_id": "u.id",
        "course_id": "c.id",
        "version_id": version,
        "completed_version_id": f"CASE WHEN {done} THEN {version} END",
        "completed_at": f"CASE WHEN {done} THEN TIMESTAMPTZ '{NOW.isoformat()}' "
        "- (u.id % 300) * INTERVAL '1 day' END",
        "progress": f"CASE WHEN {done} THEN 100 ELSE 40 END",
        "final_percent": f"CASE WHEN {done} THEN 60 + u.id % 40 END",
        "completion_rule": f"CASE WHEN {done} THEN 1 END",
    }
    with _timed("learning"):
        _copies(one, said, _LEARNERS)
        with _cursor() as cursor:
            cursor.execute(_LEARNING.format(jp=1_000_000, first=1_000_000))


def _order(courses: list[Any]) -> None:
    """Two orders to each agency, and one by rule: to its PPPK."""
    from courses import actions as courses_actions
    from courses.models import Assignment

    courses_actions.assign_course(
        course=courses[0],
        unit=courses[0].unit,
        due_on=NOW.date() + timedelta(days=30),
        by=None,
        now=NOW,
    )
    one = Assignment.objects.get()
    for number, course in enumerate(courses[1:4], start=1):
        said = {
            "id": f"{number} * 10000 + n",
            "unit_id": "999 + n",
            "course_id": str(course.pk),
            "batch": "gen_random_uuid()",
            "due_on": f"DATE '2026-10-01' + {number} * (n % 40)::int",
        }
        if number == 3:
            said |= {"statuses": "'|PPPK|'", "is_personal": "TRUE"}
            said["target_key"] = "'rule'"
        with _timed(f"orders {number}"):
            _copies(one, said, f"generate_series(1, {AGENCIES}) n")


@contextmanager
def _cursor() -> Iterator[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        yield cursor


@contextmanager
def _timed(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{what:12} {time.perf_counter() - start:6.1f} s", flush=True)


def main(names: list[str]) -> None:
    """Print of each page how long it takes for HR of the root."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    if names[:1] == ["seed"]:
        seed(int(names[1]) if names[1:] else PEOPLE)
        return
    client = _reader_client()
    for name, url in _pages().items():
        if not names or name in names:
            _measure(client, name, url)


def _pages() -> dict[str, str]:
    from django.urls import reverse

    from accounts.models import Unit
    from reports.listings.catalogue import LISTINGS

    agency = Unit.objects.get(pk=1_000).code
    pages = {
        "dashboard": reverse("reports:dashboard"),
        "agency": f"{reverse('reports:dashboard')}?unit={agency}",
        "completion": reverse("reports:completion"),
        "late": f"{reverse('reports:completion')}?status=late",
        "page 200": f"{reverse('reports:completion')}?halaman=200",
        "reports": reverse("reports:report_list"),
        "gain": reverse("reports:gain"),
        "retention": reverse("reports:retention"),
    }
    for listing in LISTINGS.values():
        pages[listing.slug] = reverse("reports:listing", args=[listing.slug])
    return pages


def _reader_client() -> Any:
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(name="Pengelola Negara"),
        backend="accounts.backends.PersonBackend",
    )
    return client


def _measure(client: Any, name: str, url: str) -> None:
    from django.core.cache import cache
    from django.db import connection

    walls, in_database, statements = [], [], 0
    cache.clear()
    start = time.perf_counter()
    client.get(url)
    first = time.perf_counter() - start
    for _run in range(RUNS):
        spent = [0.0, 0]
        with connection.execute_wrapper(_noting(spent)):
            start = time.perf_counter()
            answer = client.get(url)
            walls.append(time.perf_counter() - start)
        in_database.append(spent[0])
        statements = int(spent[1])
        if walls[0] > SLOW:
            break
    print(
        f"{name:20} {answer.status_code} {1000 * statistics.median(walls):8.0f} ms, "
        f"database {1000 * statistics.median(in_database):8.0f} ms, "
        f"{statements} statements; first {1000 * first:8.0f} ms",
        flush=True,
    )


def _noting(spent: list[float]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            spent[0] += time.perf_counter() - start
            spent[1] += 1

    return note


if __name__ == "__main__":
    main(sys.argv[1:])
