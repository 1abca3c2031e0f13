"""Daya ingat: groups of five and more, compared with their own final grade."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts import actions as accounts_actions
from courses.models import Enrollment
from quizzes import actions
from quizzes.models import FollowUp
from quizzes.practice.retention import kept_by_unit
from reports.retention.page import retention_page
from reports.units.reach import CAPABILITY
from tests.factories import complete, enroll, make_course, make_person
from tests.queries import assert_same_queries

DAY = timedelta(days=1)
URL = "/sdm/daya-ingat/"


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, title="Pola Pikir Digital", pool=5)


@pytest.fixture
def remember(course, now):
    """Return a function: so many people of a unit answer; `right` of two each."""

    def remember(unit, count: int, *, right: int = 1, day: int = 30) -> None:
        for _ in range(count):
            person = make_person(unit=unit, now=now)
            place = enroll(course=course, person=person, now=now)
            # Straight to the end: how a course is completed is told elsewhere.
            Enrollment.objects.filter(pk=place.pk).update(
                completed_at=now,
                completed_version=place.version_id,
                progress=100,
                final_percent=Decimal(80),
            )
            opened = actions.open_follow_up(
                enrollment_id=place.pk, day=day, now=now + day * DAY
            )
            for item in opened.items.all():
                actions.answer_follow_up(
                    item_id=item.pk,
                    fields={"answer": ["a" if item.position <= right else "b"]},
                    by=person,
                    now=now + day * DAY,
                )

    return remember


def rows(person, unit=None):
    """Return (day, people, final, kept) of the page."""
    return [
        (row.day, row.people, row.final, row.kept)
        for row in retention_page(person, unit=unit).rows
    ]


def test_five_people_make_a_figure(world, remember):
    hr = world.people["hr"]
    remember(world.section, 4)
    assert rows(hr) == [(30, None, None, None)]

    remember(world.section, 1, right=2)
    assert rows(hr) == [(30, 5, Decimal(80), Decimal(60))]


def test_both_days_stand_apart(world, remember):
    remember(world.section, 5, right=2)
    remember(world.section, 6, right=0, day=90)

    assert rows(world.people["hr"]) == [
        (30, 5, Decimal(80), Decimal(100)),
        (90, 6, Decimal(80), Decimal(0)),
    ]


def test_a_small_part_hides_its_neighbour(world, remember):
    hr = world.people["hr"]
    remember(world.office, 3)
    remember(world.section, 7)

    assert rows(hr)[0][1] == 10
    assert rows(hr, world.section) == [(30, None, None, None)]

    remember(world.office, 2)
    assert rows(hr, world.section)[0][1] == 7


def test_a_unit_where_nobody_answered_has_no_row(world, remember):
    remember(world.office, 9)

    assert rows(world.people["hr"], world.section) == []


def test_other_agencies_are_out_of_reach(world, remember):
    remember(world.other_office, 9)

    assert rows(world.people["hr"]) == []


def test_who_moved_counts_where_she_is_now(world, remember, now):
    remember(world.other_office, 5)
    for follow_up in FollowUp.objects.all():
        accounts_actions.move_person(
            person=follow_up.person,
            unit=world.section,
            starts_on=now.date(),
            by=None,
            now=now,
        )

    assert rows(world.people["hr"])[0][1] == 5


def test_what_was_not_answered_to_the_end_does_not_count(world, remember, course, now):
    remember(world.section, 5)
    person = world.people["learner"]
    place = complete(course=course, person=person, now=now)
    opened = actions.open_follow_up(enrollment_id=place.pk, day=30, now=now + 30 * DAY)
    actions.answer_follow_up(
        item_id=opened.items.first().pk,
        fields={"answer": ["a"]},
        by=person,
        now=now + 30 * DAY,
    )

    assert rows(world.people["hr"])[0][1] == 5


def test_the_sums_are_those_of_each_unit(world, remember, course):
    remember(world.section, 2, right=2)
    remember(world.office, 3, right=0)

    found = kept_by_unit(world.people["hr"], CAPABILITY)

    assert {(one.path, one.people, one.kept) for one in found} == {
        (world.section.path, 2, Decimal(200)),
        (world.office.path, 3, Decimal(0)),
    }
    assert {one.course_id for one in found} == {course.pk}


def test_a_learner_is_no_reader_of_it(world, remember):
    remember(world.section, 6)

    assert kept_by_unit(world.people["learner"], CAPABILITY) == []


# --- the page ------------------------------------------------------------------------
def test_the_page_asks_no_more_for_thirty_than_for_three(world, remember, client_as):
    assert_same_queries(
        client_as("hr"), URL, lambda count: remember(world.section, count)
    )


def test_the_page_says_the_figures_and_what_is_hidden(world, remember, client_as):
    client = client_as("hr")
    assert "Belum ada jawaban." in client.get(URL).content.decode()

    remember(world.section, 5)
    remember(world.section, 2, day=90)
    html = client.get(URL).content.decode()

    assert "<b>80%</b>" in html
    assert "<b>50%</b>" in html
    assert "−30 poin" in html
    assert "Kurang dari 5 orang" in html


def test_a_foreign_unit_is_not_found(world, client_as):
    url = f"{URL}?unit={world.other_office.code}"

    assert client_as("hr").get(url).status_code == 404
