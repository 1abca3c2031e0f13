"""The completion report of 21,000 learners: a file, a page, the dashboard.

Runs in a database of its own, made for it and dropped, beside the one that
DATABASE_URL names; without it on SQLite. On PostgreSQL the CSV is compared with a
plain COPY of the same rows, which is as fast as a database can hand them over, and
memory is measured in a process that does nothing else.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LEARNERS = 21_000
OTHERS = 42_000
DEPARTMENTS = 20
SECTIONS = 5
RUNS = 5
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


def main() -> None:
    """Print seconds, megabytes and queries."""
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner

    # Every dashboard is counted anew.
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure()
    finally:
        runner.teardown_databases(databases)


def _measure() -> None:
    from django.db import connection

    shown = _agency("Kabupaten Diukur", people=LEARNERS)
    print(f"{LEARNERS:,} learners, 1 course, on {connection.vendor}")
    _measure_files(shown)
    _measure_pages(shown, "alone")
    _agency("Kabupaten Lain", people=OTHERS)
    _measure_pages(shown, f"beside {OTHERS:,} others")


def _measure_files(reader: Any) -> None:
    from django.db import connection

    from lib.spreadsheets import Sheet, write_csv, write_xlsx
    from reports.completion import report

    folder = Path(os.environ["ELEARNING_VAR"])
    columns = [column.for_file() for column in report.COMPLETION_COLUMNS]

    def rows() -> Any:
        return report.completion_rows(report.Filters(), reader, NOW)

    def as_csv() -> None:
        with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as stream:
            write_csv(stream, columns, rows())

    def as_xlsx() -> None:
        write_xlsx(folder / "rows.xlsx", sheets=[Sheet("Baris", columns, rows())])

    with _counted_queries() as queries:
        as_csv()
    seconds = _median(as_csv)
    cpu = _median(as_csv, clock=time.process_time)
    size = (folder / "rows.csv").stat().st_size
    print(
        f"CSV   {seconds:.2f} s, of which {cpu:.2f} s CPU outside the database, "
        f"{queries[0]} queries, {size:,} bytes"
    )
    print(f"XLSX  {_median(as_xlsx):.2f} s")
    if connection.vendor == "postgresql":
        plain = _median(lambda: _copy(rows(), folder / "copy.csv"))
        print(f"COPY  {plain:.2f} s: the CSV takes {seconds / plain:.1f} times as long")
        for format in ("csv", "xlsx"):
            _run_alone(reader, format)


def _run_alone(reader: Any, format: str) -> None:
    """Make the export in a fresh process, as a worker would."""
    from django.conf import settings
    from django.db import connection

    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "bench.reports", format, str(reader.pk)]
    subprocess.run(command, env=environment, check=True)


def make_alone(format: str, reader_id: int) -> None:
    """Make one export and print by how much this process grew."""
    import django

    django.setup()
    from accounts.models import User
    from reports.exports import files
    from reports.models import ExportJob

    reader = User.objects.get(pk=reader_id)
    job = ExportJob(report="completion", format=format, filters={}, asked_by=reader)
    before = _peak_megabytes()
    made = files.make_file(job, now=NOW)
    after = _peak_megabytes()
    print(
        f"{format:5} {made.row_count:,} rows in a process of {after:.0f} MB, "
        f"of which {after - before:.0f} MB for the file",
        flush=True,
    )


def _measure_pages(reader: Any, where: str) -> None:
    from reports.completion import report
    from reports.dashboard.page import dashboard_page

    def first_page() -> None:
        rows = report.completion_rows(report.Filters(), reader, NOW)
        assert len(rows[0:50]) == 50
        rows.count()

    def dashboard() -> None:
        dashboard_page(reader, unit=None, now=NOW)

    for name, make in (("page", first_page), ("board", dashboard)):
        with _counted_queries() as queries:
            make()
        milliseconds = 1000 * _median(make)
        print(f"{name:5} {milliseconds:.0f} ms, {queries[0]} queries, {where}")


def _copy(rows: Any, path: Path) -> None:
    from django.db import connection

    from reports.completion import sql as completion_sql

    sql = completion_sql.all_rows(rows.question)
    with connection.cursor() as cursor, path.open("wb") as file:
        text = f"COPY ({sql.text}) TO STDOUT (FORMAT csv, HEADER)"
        with cursor.cursor.copy(text, sql.params) as copied:
            for block in copied:
                file.write(block)


def _agency(name: str, *, people: int) -> Any:
    """Return the HR person of a new agency of so many learners on one course."""
    from accounts import actions as accounts_actions
    from courses import actions as courses_actions
    from tests.factories import make_course, make_person, make_unit

    agency = make_unit(name=name, now=NOW)
    units = []
    for department in range(DEPARTMENTS):
        above = make_unit(name=f"{name} dinas {department}", now=NOW, parent=agency)
        units.append(above)
        for section in range(SECTIONS):
            title = f"{name} seksi {department}-{section}"
            units.append(make_unit(name=title, now=NOW, parent=above))
    course = make_course(unit=agency, now=NOW, key=f"kursus-{agency.pk}")
    _learn(course, _learners(agency, units, count=people))
    for unit in units:
        courses_actions.refresh_rollup(unit_id=unit.pk, course_id=course.pk)
    courses_actions.assign_course(
        course=course, unit=agency, due_on=date(2026, 10, 31), by=None, now=NOW
    )
    reader = make_person(unit=agency, now=NOW, name="Pengelola Contoh")
    given_at = NOW - timedelta(days=300)
    accounts_actions.assign_role(
        person=reader, unit=agency, role="hr", by=None, now=given_at
    )
    _analyse()
    return reader


def _learners(agency: Any, units: list[Any], *, count: int) -> list[Any]:
    """Return so many people, in bulk: through the action it would take minutes."""
    from accounts.models import UnitMembership, User

    learners = User.objects.bulk_create(
        User(
            nip=f"{agency.pk:04}{number:014}",
            name=f"Pegawai {number:05} Contoh",
            title_suffix="S.Sos.",
            employment_status="PNS",
            unit=units[number % len(units)],
        )
        for number in range(count)
    )
    UnitMembership.objects.bulk_create(
        UnitMembership(
            person=person,
            unit_id=person.unit_id,
            starts_on=date(2026, 1, 1),
            recorded_at=NOW,
        )
        for person in learners
    )
    return list(learners)


def _learn(course: Any, learners: list[Any]) -> None:
    """Enrol everybody; five of six have finished."""
    from courses.models import Enrollment, JpEntry

    places = Enrollment.objects.bulk_create(
        Enrollment(
            person=person,
            course=course,
            version=course.current_version,
            started_at=NOW - timedelta(days=200),
            last_seen_at=NOW,
            progress=100 if number % 6 else 40,
            completed_at=NOW - timedelta(days=number % 150) if number % 6 else None,
            completed_version=course.current_version if number % 6 else None,
            final_percent=85 if number % 6 else None,
        )
        for number, person in enumerate(learners)
    )
    JpEntry.objects.bulk_create(
        JpEntry(
            person_id=place.person_id,
            enrollment=place,
            version_id=place.version_id,
            jp=20,
            earned_on=place.completed_at.date(),
            year=2026,
            recorded_at=NOW,
        )
        for place in places
        if place.completed_at
    )


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _counted_queries() -> Iterator[list[int]]:
    from django.db import connection

    counted = [0]

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        counted[0] += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        yield counted


def _median(
    action: Callable[[], object], *, clock: Callable[[], float] = time.perf_counter
) -> float:
    times = []
    for _ in range(RUNS):
        start = clock()
        action()
        times.append(clock() - start)
    return statistics.median(times)


def _peak_megabytes() -> float:
    # Not getrusage: its maximum is handed on to the processes that are started.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if "VmHWM" in line) / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make_alone(sys.argv[1], int(sys.argv[2]))
    else:
        main()
