"""Whom an order concerns and by when: one person's answer and everybody's agree."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts import actions as accounts_actions
from accounts.models import User
from courses import actions
from courses.actions import OrderContent, OrderTarget
from courses.assigning import concern
from courses.assigning.rules import Rule
from courses.models import Assignment, Course, OrderPerson
from courses.selectors.course_page import due_date
from reports.completion.report import Filters, completion_rows
from reports.dashboard.page import dashboard_page
from reports.listings.asking import ListingFilters
from reports.listings.deadlines import DEADLINES
from reports.listings.rows import listing_rows
from tests.factories import make_person, make_reading

DUE = date(2026, 12, 1)
GOLONGAN = ("", "III/a", "III/b", "IV/a", "I", "III")
STATUS = ("PNS", "CPNS", "")
JABATAN = ("", "Pelaksana", "Pengawas")


@pytest.fixture
def readings(world, now):
    return [make_reading(unit=world.agency, now=now, key=f"b{n}") for n in (1, 2)]


def order(course, unit, now, **said):
    target = OrderTarget(unit, said.pop("rule", Rule()), said.pop("people", ()))
    said = {"due_on": DUE} | said
    content = OrderContent([course], [target], **said)
    return actions.give_orders(content=content, by=None, now=now)[0]


def due_of(course, person):
    return due_date(course, User.objects.select_related("unit").get(pk=person.pk))


def everybody():
    text, params = concern.everybody()
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchall()


def test_a_rule_keeps_whoever_has_its_golongan_and_status_alone(world, readings, now):
    fitting = make_person(
        unit=world.section, now=now, golongan="III/a", employment_status="CPNS"
    )
    other_status = make_person(
        unit=world.section,
        now=now,
        golongan="III/a",
        employment_status="PNS",
    )
    other_golongan = make_person(
        unit=world.section, now=now, golongan="III", employment_status="CPNS"
    )
    rule = Rule(golongans=("III/a", "III/b"), statuses=("CPNS",))

    order(readings[0], world.agency, now, rule=rule)

    assert due_of(readings[0], fitting) == DUE
    assert due_of(readings[0], other_status) is None
    assert due_of(readings[0], other_golongan) is None


def test_who_comes_later_is_in_it_and_who_leaves_is_not(world, readings, now):
    order(readings[0], world.section, now, rule=Rule(statuses=("PNS",)))
    newcomer = make_person(unit=world.other_office, now=now)
    assert due_of(readings[0], newcomer) is None

    accounts_actions.move_person(
        person=newcomer, unit=world.section, starts_on=now.date(), by=None, now=now
    )
    assert due_of(readings[0], newcomer) == DUE

    accounts_actions.move_person(
        person=newcomer, unit=world.other_office, starts_on=now.date(), by=None, now=now
    )
    assert due_of(readings[0], newcomer) is None


def test_named_people_alone_are_meant(world, learner, readings, now):
    other = make_person(unit=world.section, now=now)

    order(readings[0], world.agency, now, people=(learner.pk,))

    assert due_of(readings[0], learner) == DUE
    assert due_of(readings[0], other) is None
    assert [row[2] for row in everybody()] == [learner.pk]


def test_days_count_from_the_placement_and_never_from_before_the_order(
    world, learner, readings, now
):
    starts_on = now.date()
    order(readings[0], world.agency, now, due_on=None, due_days=30, starts_on=starts_on)
    newcomer = make_person(unit=world.other_office, now=now)
    later = starts_on + timedelta(days=10)
    accounts_actions.move_person(
        person=newcomer,
        unit=world.section,
        starts_on=later,
        by=None,
        now=now + timedelta(days=10),
    )

    # She was placed in January.
    assert due_of(readings[0], learner) == starts_on + timedelta(days=30)
    assert due_of(readings[0], newcomer) == later + timedelta(days=30)


def test_a_suggestion_is_no_deadline(world, learner, readings, now):
    order(readings[0], world.agency, now, due_on=None, is_required=False)

    hers = Course.objects.with_due_day(learner).get(pk=readings[0].pk)

    assert hers.due_on is None
    assert hers.is_suggested
    assert everybody() == []


def test_the_earliest_of_her_orders_counts(world, learner, readings, now):
    order(readings[0], world.agency, now)
    order(readings[0], world.section, now, due_on=DUE - timedelta(days=3))
    order(
        readings[0],
        world.agency,
        now,
        due_on=DUE - timedelta(days=5),
        rule=Rule(statuses=("CPNS",)),
    )

    assert due_of(readings[0], learner) == DUE - timedelta(days=3)


def test_both_ways_of_asking_agree_on_random_orders(world, readings, now):
    """One person upwards, and from the orders outwards: home page, reports, mails."""
    chance = random.Random(12)
    units = [world.agency, world.office, world.section, world.other_agency]
    people = [
        make_person(
            unit=chance.choice([*units, world.other_office]),
            now=now,
            golongan=chance.choice(GOLONGAN),
            employment_status=chance.choice(STATUS),
            jabatan_kind=chance.choice(JABATAN),
        )
        for _number in range(25)
    ]
    for number in range(24):
        _random_order(chance, chance.choice(readings), units, people, now, number)
    _random_extensions(chance, people, now)

    told = {}
    for _order, course_id, person_id, _zone, due_on in everybody():
        day = date.fromisoformat(str(due_on))
        known = told.get((person_id, course_id))
        told[person_id, course_id] = min(day, known) if known else day

    asked = {
        (person.pk, course.pk): due_of(course, person)
        for person in people
        for course in readings
        if due_of(course, person)
    }
    mine = {
        pair: day for pair, day in told.items() if pair[0] in {p.pk for p in people}
    }
    assert asked == mine
    assert len(asked) > 20
    _assert_reports_agree(world, told, now)


def _random_order(chance, course, units, people, now, number):
    kind = chance.randrange(4)
    said: dict[str, Any] = {"due_on": DUE + timedelta(days=chance.randrange(-90, 30))}
    if kind == 1:
        said["rule"] = Rule(
            golongans=tuple(chance.sample(GOLONGAN[1:], 2)),
            statuses=tuple(chance.sample(STATUS[:2], chance.randrange(3))),
        )
    elif kind == 2:
        said["people"] = tuple(one.pk for one in chance.sample(people, 4))
    elif kind == 3:
        said |= {"due_on": None, "due_days": chance.randrange(1, 60)}
        said["starts_on"] = now.date() - timedelta(days=chance.randrange(60))
    order(course, chance.choice(units), now + timedelta(seconds=number), **said)


def _random_extensions(chance, people, now):
    hr = people[0]
    for one in Assignment.objects.open():
        due_on = DUE + timedelta(days=chance.randrange(31, 60))
        if chance.random() < 0.4:
            actions.extend_deadline(
                assignment_id=one.pk,
                due_on=due_on,
                reason="Surat 1",
                by=hr,
                now=now,
                unit=one.unit,
            )
        named = OrderPerson.objects.filter(order=one).first()
        inside = [p for p in people if p.unit.path.startswith(one.unit.path)]
        person = named.person if named else next(iter(inside), None)
        is_inside = person and person.unit.path.startswith(one.unit.path)
        if is_inside and not one.golongans and chance.random() < 0.5:
            actions.extend_deadline(
                assignment_id=one.pk,
                due_on=due_on + timedelta(days=9),
                reason="Cuti",
                by=hr,
                now=now,
                person=person,
            )


def _assert_reports_agree(world, told, now):
    admin = world.people["admin"]
    rows = [row for row in completion_rows(Filters(), admin, now) if row.due_on]
    mine = set(
        User.objects.filter(unit__path__startswith=world.agency.path).values_list(
            "pk", flat=True
        )
    )
    expected = sorted(day for (pk, _course), day in told.items() if pk in mine)
    assert sorted(row.due_on for row in rows if row.due_on) == expected
    asked = listing_rows(DEADLINES, ListingFilters(), admin, now)
    at = [column.key for column in asked.columns].index("tenggat")
    assert sorted(row[at] for row in asked) == expected
    page = dashboard_page(admin, unit=None, now=now)
    today = now.date()
    late = {pk for (pk, _c), day in told.items() if pk in mine and day < today}
    assert page.late == len(late)
    assert late
