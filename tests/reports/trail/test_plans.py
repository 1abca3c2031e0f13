"""PostgreSQL walks an index for every page of a long trail, whatever is asked.

`TRAIL_ROWS=1000000` tries the size that the page is meant for.
"""

import os
import time
from datetime import date, timedelta

import pytest
from django.db import connection

from accounts import actions
from accounts.access import as_of
from reports.trail.asking import TrailFilters, trail_arms
from reports.trail.rows import TrailCursor, TrailRows
from tests.factories import make_person

ROWS = int(os.environ.get("TRAIL_ROWS", "40000"))
PEOPLE = 400
# One page may take so long at a million entries.
MOST_SECONDS = 0.5
_FILL = """
INSERT INTO accounts_auditrecord
    (at, actor_id, verb, object_type, object_id, subject_id, detail)
SELECT %s - n * interval '10 seconds', ids[1 + n %% size],
    CASE WHEN n %% 5000 = 0 THEN 'accounts.role.assigned'
         WHEN n %% 50 = 0 THEN 'accounts.person.viewed'
         WHEN n %% 3 = 0 THEN 'accounts.sign_in.succeeded'
         ELSE 'courses.lesson.completed' END,
    'accounts.user', whom, whom, '{}'
FROM (
  SELECT n, ids, size, ids[1 + (n * 7) %% size] AS whom FROM generate_series(1, %s) n,
    (SELECT %s::bigint[] AS ids, %s AS size) people) told"""


@pytest.fixture
def long_trail(world, now):
    """A trail of many people, ten of them in the section; and the section's admin."""
    people = [
        make_person(unit=world.office if at >= 10 else world.section, now=now)
        for at in range(PEOPLE // 4)
    ]
    # Most belong to nobody's unit.
    last = people[-1].pk
    ids = [one.pk for one in people] + [last + at for at in range(1, 3 * PEOPLE // 4)]
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [now, ROWS, ids, len(ids)])
        cursor.execute("ANALYZE accounts_auditrecord, accounts_user, accounts_unit")
    return people


def admin_of(world, unit, now):
    """Return somebody who is admin of this unit alone."""

    person = make_person(unit=unit, now=now)
    actions.assign_role(person=person, unit=unit, role="admin", by=None, now=now)
    return as_of(person, now)


ASKED = {
    "everything": TrailFilters(),
    "a rare kind": TrailFilters(group="peran"),
    "a kind long ago": TrailFilters(group="dilihat", until=date(2026, 11, 18)),
    "days": TrailFilters(since=date(2026, 11, 18), until=date(2026, 11, 19)),
}


@pytest.mark.postgres
@pytest.mark.parametrize("reach", ["section", "agency", "everything"])
def test_a_page_walks_an_index(world, long_trail, now, reach):
    unit = world.agency if reach == "everything" else getattr(world, reach)
    admin = admin_of(world, unit, now)
    if reach == "everything":
        actions.assign_role(
            person=admin, unit=world.other_agency, role="admin", by=None, now=now
        )
        admin = as_of(admin, now)
    person = long_trail[0].pk
    # What a process does once, such as reading all addresses, is no part of it.
    TrailRows(TrailFilters(), admin).part(None, size=1)
    asked = ASKED | {
        "by her": TrailFilters(actors=(person,)),
        "about her": TrailFilters(subjects=(person,)),
    }
    for name, filters in asked.items():
        for arm in trail_arms(filters, admin):
            plan = arm.order_by("-at", "-pk")[:51].explain()
            assert "Seq Scan on accounts_auditrecord" not in plan, (name, plan)
            assert "Index" in plan
        began = time.perf_counter()
        page = TrailRows(filters, admin).part(None, size=50)
        took = time.perf_counter() - began
        assert took < MOST_SECONDS, (name, took)
        assert page.rows, name


@pytest.mark.postgres
def test_a_page_deep_inside_costs_what_the_first_one_costs(world, long_trail, now):
    admin = admin_of(world, world.agency, now)
    middle = now - timedelta(seconds=5 * ROWS)
    cursor = TrailCursor(middle, 0)
    rows = TrailRows(TrailFilters(), admin)

    began = time.perf_counter()
    page = rows.part(cursor, size=50)

    assert time.perf_counter() - began < MOST_SECONDS
    assert len(page.rows) == 50
    assert all(row.at < middle for row in page.rows)
