"""Planning the reminders of a day: a million people, 200,000 orders by rule.

Runs in a database of its own beside the one that DATABASE_URL names. One order to
everybody comes to its first step today, so that everybody gets a mail; the orders by
rule lie over the next months and the last, one unit and status each.
"""

import argparse
import resource
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SPAN = 120
STATUSES = ("PNS", "CPNS", "PPPK", "PPPK Paruh Waktu")
SECTIONS = 100


def main() -> None:
    """Print rows and seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--orders", type=int, default=200_000)
    said = parser.parse_args()
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure(said)
    finally:
        runner.teardown_databases(databases)


def _measure(said: argparse.Namespace) -> None:
    from django.db import connection

    from courses.assigning.planning import plan_reminders

    units = _units(said.units)
    _people(units, said.people)
    course = _orders(units, said.orders)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{said.people:,} people, {len(units):,} units, {said.orders:,} orders by "
        f"rule on {connection.vendor}"
    )
    for name in ("first", "again"):
        start = time.perf_counter()
        planned = plan_reminders(now=NOW)
        seconds = time.perf_counter() - start
        print(
            f"{name:6} {seconds:.1f} s: {planned.reminders:,} reminders, "
            f"{planned.mails:,} mails"
        )
    _look(course, units)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process {peak:.0f} MB")


def _look(course: Any, units: list[Any]) -> None:
    """Print what one learner's home page asks about orders."""
    from accounts.models import User
    from courses.models import Course

    person = User.objects.filter(unit=units[-1]).select_related("unit").first()
    start = time.perf_counter()
    found = list(Course.objects.listed().with_due_day(person))
    milliseconds = 1000 * (time.perf_counter() - start)
    print(f"home   {milliseconds:.1f} ms for what {len(found)} courses ask of one")


def _units(count: int) -> list[Any]:
    from accounts.models import Unit
    from lib.paths import child_path

    root = Unit(pk=1, code="akar", name="Akar", path=child_path("", 1))
    units = [root]
    for pk in range(2, count + 1):
        above = root if pk <= count // SECTIONS else units[pk % (count // SECTIONS)]
        path = child_path(above.path or "", pk)
        units.append(Unit(pk=pk, code=f"u{pk}", name=f"Unit {pk}", path=path))
    return Unit.objects.bulk_create(units, batch_size=1_000)


def _people(units: list[Any], count: int) -> None:
    from accounts.models import User

    for start in range(0, count, 20_000):
        User.objects.bulk_create(
            (
                User(
                    nip=f"{number:018}",
                    name=f"Pegawai {number}",
                    email=f"p{number}@contoh.example",
                    employment_status=STATUSES[number // len(units) % len(STATUSES)],
                    unit=units[number % len(units)],
                )
                for number in range(start, min(count, start + 20_000))
            ),
            batch_size=2_000,
        )


def _orders(units: list[Any], count: int) -> Any:
    from courses.assigning.rules import stored
    from courses.models import Assignment
    from tests.factories import make_reading

    course = make_reading(unit=units[0], now=NOW, key="bacaan")
    given = NOW - timedelta(days=60)
    due = TODAY + timedelta(days=7)
    Assignment.objects.create(
        course=course, unit=units[0], due_on=due, created_at=given
    )
    Assignment.objects.bulk_create(
        (
            Assignment(
                course=course,
                unit=units[number % len(units)],
                due_on=TODAY + timedelta(days=number * 7 % SPAN - 30),
                statuses=stored([STATUSES[number // len(units) % len(STATUSES)]]),
                is_personal=True,
                target_key=f"rule{number}",
                created_at=given,
            )
            for number in range(count)
        ),
        batch_size=5_000,
    )
    return course


if __name__ == "__main__":
    main()
