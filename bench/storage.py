"""What a person's learning takes on disk: bytes of each kind of row, with its indexes.

One person goes through a course by the site's own actions: pre-test, lessons, post-test
(fifteen questions, all answered), certificate. Her rows are copied for so many people
inside PostgreSQL, and what each table has grown is divided by them. Needs DATABASE_URL.
"""

import argparse
import os
from typing import Any

from bench.stage import prepared_site

PEOPLE = 20_000


def main() -> None:
    """Print rows and bytes a person for each table, the dearest first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    said = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        print("set DATABASE_URL to a PostgreSQL server")
        return
    os.environ["PUBLIC_URL"] = "http://127.0.0.1:8000"
    with prepared_site("melek_bench_storage"):
        from bench.crowd import multiply_in_postgres, rows_of

        person, records, pdf = learn()
        found = rows_of(person) | records
        rows = {model: len(keys) for model, keys in found.items()}
        before = sizes()
        multiply_in_postgres(person, said.people, records)
        after = sizes()
        _show(rows, before, after, said.people - 1)
        print(f"certificate file: {pdf:,} bytes")


def learn() -> tuple[Any, dict[Any, list[int]], int]:
    """Return somebody with a course behind her, her audit records, her file's bytes."""
    from django.utils import timezone

    from accounts.models import AuditRecord, Unit
    from bench.sitting import COURSE
    from certificates import actions as certificates_actions
    from courses.models import Course
    from tests.factories import enroll, make_person, read_lessons, start
    from tests.right_answers import answer_right

    now = timezone.now()
    course = Course.objects.get(key=COURSE)
    unit = Unit.objects.get(code="contoh.dinkes")
    person = make_person(unit=unit, now=now, name="Orang Uji Penyimpanan")
    last = AuditRecord.objects.latest("pk").pk
    place = enroll(course=course, person=person, now=now)
    for quiz_key in ("pretest", "posttest"):
        attempt = start(enrollment=place, quiz_key=quiz_key, now=timezone.now())
        answer_right(attempt, now=timezone.now())
        if quiz_key == "pretest":
            read_lessons(enrollment=place, now=timezone.now())
    certificate = certificates_actions.issue_certificate(
        enrollment_id=place.pk, by=None, now=timezone.now()
    )
    file = certificates_actions.store_pdf(
        certificate_id=certificate.pk, now=timezone.now()
    )
    records = AuditRecord.objects.filter(pk__gt=last).values_list("pk", flat=True)
    return person, {AuditRecord: list(records)}, file.byte_size


def sizes() -> dict[str, tuple[int, int]]:
    """Return bytes of each table's rows, and of its indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {name: (rows, indexes) for name, rows, indexes in cursor.fetchall()}


def _show(
    rows: dict[Any, int],
    before: dict[str, tuple[int, int]],
    after: dict[str, tuple[int, int]],
    people: int,
) -> None:
    print(f"{'table':32}{'rows each':>10}{'bytes each':>12}{'of them indexes':>17}")
    found = []
    for model, number in rows.items():
        name = model._meta.db_table
        grown = [
            (now - was) / people
            for now, was in zip(after[name], before[name], strict=True)
        ]
        found.append((sum(grown), grown[1], number, name))
    for whole, indexes, number, name in sorted(found, reverse=True):
        print(f"{name:32}{number:10}{whole:12,.0f}{indexes:17,.0f}")
    print(
        f"{'a person and a course':32}{sum(one[2] for one in found):10}"
        f"{sum(one[0] for one in found):12,.0f}{sum(one[1] for one in found):17,.0f}"
    )


if __name__ == "__main__":
    main()
