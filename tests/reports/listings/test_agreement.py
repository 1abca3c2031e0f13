"""Screen, CSV, XLSX, PDF, JSON and plain SQL tell the same of random histories."""

import csv
import io
import json
import random
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts import actions as accounts_actions
from certificates import actions as certificates_actions
from certificates.models import Certificate
from courses import actions as courses_actions
from reports import actions
from reports.completion.report import COMPLETION_KEY, Filters, completion_rows
from reports.listings.asking import ListingFilters
from reports.listings.catalogue import LISTINGS
from reports.listings.rows import listing_rows
from tests.certificates.pages import opened
from tests.factories import enroll, make_course, make_person, read_lessons, sit

PAST = date(2026, 11, 10)

# Written by hand, and otherwise than the reports: people by their last membership.
_HERS = """WITH hers AS (
  SELECT person_id, last.unit_id FROM (SELECT person_id, unit_id, ROW_NUMBER() OVER (
      PARTITION BY person_id ORDER BY starts_on DESC, id DESC) AS place
    FROM accounts_unitmembership WHERE starts_on <= '{day}') last
  JOIN accounts_unit t ON t.id = last.unit_id
  JOIN accounts_user u ON u.id = last.person_id
  WHERE last.place = 1 AND t.path LIKE '{path}%' AND ({is_past} OR u.is_active))"""
_ASKED = {
    "jp": """SELECT COUNT(*), COALESCE(SUM((SELECT SUM(jp) FROM courses_jpentry j
        WHERE j.person_id = hers.person_id AND j.earned_on <= '{day}')), 0)
      FROM hers""",
    "jp_units": """SELECT COUNT(DISTINCT unit_id), COALESCE(SUM((SELECT SUM(jp)
        FROM courses_jpentry j
        WHERE j.person_id = hers.person_id AND j.earned_on <= '{day}')), 0)
      FROM hers""",
    "scores": """SELECT COUNT(DISTINCT (e.id || '/' || g.item_key)), 0 FROM hers
      JOIN courses_enrollment e ON e.person_id = hers.person_id
      JOIN courses_gradeentry g ON g.enrollment_id = e.id AND g.item_key <> 'pretest'
      WHERE g.recorded_at < '{end}'""",
    "certificates": """SELECT COUNT(*), 0 FROM hers JOIN certificates_certificate c
      ON c.person_id = hers.person_id WHERE c.issued_at < '{end}'""",
    "deadlines": """SELECT COUNT(DISTINCT (hers.person_id || '/' || a.course_id)), 0
      FROM hers CROSS JOIN courses_assignment a WHERE a.created_at < '{end}'
      AND (a.cancelled_at IS NULL OR a.cancelled_at >= '{end}')""",
}

# The report that is no listing: what is learned, and what was not begun; of a past day
# what was completed by then.
_COMPLETION_TODAY = """SELECT (SELECT COUNT(*) FROM hers JOIN courses_enrollment e
      ON e.person_id = hers.person_id AND e.state = 'active')
    + (SELECT COUNT(DISTINCT (hers.person_id || '/' || a.course_id))
      FROM hers CROSS JOIN courses_assignment a WHERE a.cancelled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM courses_enrollment e
        WHERE e.person_id = hers.person_id AND e.course_id = a.course_id
          AND e.state = 'active')), 0"""
_COMPLETION_THEN = """SELECT COUNT(*), 0 FROM hers JOIN courses_enrollment e
  ON e.person_id = hers.person_id AND e.state = 'active'
  WHERE e.completed_at < '{end}'"""


def history(world, now, seed):
    """Ten weeks of people who join, learn, move, leave; orders given and withdrawn."""
    chance = random.Random(seed)
    units = [world.section, world.office, world.other_office]
    begun = now - timedelta(weeks=10)
    courses = [
        make_course(unit=world.agency, now=begun, key=key, title=f"Kursus {key}")
        for key in ("satu", "dua")
    ]
    people = [make_person(unit=chance.choice(units), now=begun) for _ in range(7)]
    orders = []
    for week in range(9):
        moment = begun + timedelta(weeks=week, hours=chance.randrange(90))
        person = chance.choice(people)
        match chance.randrange(6):
            case 0:
                accounts_actions.move_person(
                    person=person,
                    unit=chance.choice(units),
                    starts_on=moment.date(),
                    by=None,
                    now=moment,
                )
            case 1:
                accounts_actions.set_active(
                    person=person, is_active=chance.random() < 0.5, by=None, now=moment
                )
            case 2 if orders and chance.random() < 0.5:
                courses_actions.cancel_assignment(
                    assignment_id=orders.pop().pk, by=None, now=moment
                )
            case 2 | 3:
                course = chance.choice(courses)
                due_on = moment.date() + timedelta(days=chance.randrange(-3, 30))
                orders.append(
                    courses_actions.assign_course(
                        course=course,
                        unit=world.office,
                        due_on=due_on,
                        by=None,
                        now=moment,
                    )
                )
            case _:
                learn(chance, chance.choice(courses), person, moment)
    for certificate in Certificate.objects.order_by("pk")[:1]:
        certificates_actions.replace_certificate(
            certificate_id=certificate.pk, reason="Nama", by=None, now=now
        )


def learn(chance, course, person, moment):
    place = enroll(course=course, person=person, now=moment)
    if place.completed_at:
        return
    read_lessons(enrollment=place, now=moment)
    sit(enrollment=place, quiz_key="posttest", right=chance.randrange(1, 5), now=moment)
    place.refresh_from_db()
    if place.completed_at:
        certificates_actions.issue_certificate(
            enrollment_id=place.pk, by=None, now=moment
        )


def asked_by_hand(asked, world, day, now):
    """Return the number of rows and of JP, of the past day or of today."""
    end = (day or now.date()) + timedelta(days=1)
    statement = (_HERS + asked).format(
        day=day or now.date(),
        # The reader is in WIB: her day ends at 17.00 UTC of that day.
        end=f"{end - timedelta(days=1)} 17:00:00+00:00" if day else "9999-01-01",
        path=world.office.path,
        is_past="TRUE" if day else "FALSE",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(int(number) for number in cursor.fetchone())


def in_files(key, filters, hr, now):
    """Yield what each format says: its name, its rows, and its JP if it has them."""
    for format in ("csv", "json", "xlsx", "pdf"):
        job = actions.ask_for_export(
            report=key, format=format, filters=filters.as_json(), by=hr, now=now
        )
        job = actions.run_export(job_id=job.pk, now=now)
        with default_storage.open(job.path) as stream:
            content = stream.read()
        yield format, *_READERS[format](content)


def from_csv(content):
    rows = list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))
    return len(rows), sum(int(row.get("JP") or 0) for row in rows)


def from_json(content):
    rows = json.loads(content)["baris"]
    return len(rows), sum(row.get("jp") or 0 for row in rows)


def from_xlsx(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    rows = [row for row in rows if any(row)]
    at = heads.index("JP") if "JP" in heads else None
    return len(rows), sum(int(row[at] or 0) for row in rows) if at else 0


def from_pdf(content):
    text = "\n".join(page.get_text() for page in opened(content))
    lines = text.split("\n")

    def said(label):
        return int(lines[lines.index(label) + 1]) if label in lines else 0

    return said("Jumlah baris"), said("Jumlah JP")


_READERS = {
    "csv": from_csv,
    "json": from_json,
    "xlsx": from_xlsx,
    "pdf": from_pdf,
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_way_of_asking_gets_the_same_answer(world, now, seed):
    history(world, now, seed)
    hr = world.people["hr"]

    for key in _ASKED:
        for day in (None, PAST):
            filters = ListingFilters(as_of=day)
            rows = listing_rows(LISTINGS[key], filters, hr, now)
            screen = rows.part(None, size=10_000).rows
            totals = rows.totals()
            by_hand = asked_by_hand(_ASKED[key], world, day, timezone.now())

            assert len(screen) == totals.rows == by_hand[0], (key, day)
            assert totals.sums.get("jp", 0) == by_hand[1], (key, day)
            for format, count, jp in in_files(key, filters, hr, now):
                assert count == by_hand[0], (key, day, format)
                if key in {"jp", "jp_units"}:
                    assert jp == by_hand[1], (key, day, format)

    cases = ((None, _COMPLETION_TODAY), (PAST, _COMPLETION_THEN))
    for day, asked in cases:
        asked_for = Filters(completed_to=day)
        by_hand = asked_by_hand(asked, world, day, timezone.now())[0]
        finished = completion_rows(asked_for, hr, now)

        assert len(list(finished)) == finished.count() == by_hand, day
        for format, count, _jp in in_files(COMPLETION_KEY, asked_for, hr, now):
            assert count == by_hand, (day, format)


def test_the_histories_have_something_to_tell(world, now):
    history(world, now, 1)
    hr = world.people["hr"]

    for key in _ASKED:
        rows = listing_rows(LISTINGS[key], ListingFilters(), hr, now)
        assert rows.totals().rows > 0, key
