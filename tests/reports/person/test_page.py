"""One person's page: everything about her learning, at a cost that does not grow."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import actions as accounts_actions
from certificates import actions as certificates_actions
from courses import actions as courses_actions
from tests.factories import (
    complete,
    enroll,
    finish_reading,
    make_reading,
    read_lessons,
    sit,
)
from tests.queries import assert_same_queries


@pytest.fixture
def client(client_as):
    """The HR person of the office, signed in."""
    return client_as("hr")


def of(person):
    """Return the address of a person's page."""
    return reverse("reports:person_detail", args=[person.key])


def about(person, course):
    """Return the address of why she has not finished a course."""
    return reverse("reports:person_course", args=[person.key, course.key])


def text(response) -> str:
    """Return the page without its line breaks."""
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_everything_about_her_is_there(client, world, learner, course, now):
    place = complete(course=course, person=learner, now=now)
    certificate = certificates_actions.issue_certificate(
        enrollment_id=place.pk, by=None, now=now
    )
    accounts_actions.move_person(
        person=learner, unit=world.office, starts_on=date(2026, 11, 2), by=None, now=now
    )
    late = make_reading(unit=world.agency, now=now, key="wajib")
    courses_actions.assign_course(
        course=late, unit=world.agency, due_on=date(2026, 11, 1), by=None, now=now
    )

    page = text(client.get(of(learner)))

    for told in (
        learner.nip,
        certificate.number,
        world.section.name,
        world.office.name,
        "1 dari 20 JP",
        "Terlambat",
        "Selesai",
        "Bacaan wajib",
    ):
        assert told in page
    # What is late stands first.
    assert page.index("Bacaan wajib") < page.index("Kursus Contoh")


def test_a_course_done_in_an_earlier_cycle_is_not_late(client, learner, course, now):
    complete(course=course, person=learner, now=now)
    courses_actions.assign_course(
        course=course, unit=learner.unit, due_on=date(2026, 11, 1), by=None, now=now
    )

    assert "Terlambat" not in text(client.get(of(learner)))


def test_what_other_causes_brought_is_in_the_ledger(client, learner, now):
    for cause, jp, day in (
        ("outside:1:1", 12, date(2026, 3, 1)),
        ("outside:1:1", 12, date(2026, 3, 1)),
        ("outside:2:1", 5, date(2025, 3, 1)),
    ):
        courses_actions.enter_jp(
            person=learner,
            cause=cause,
            title="Bimtek Arsip",
            jp=jp,
            earned_on=day,
            now=now,
        )

    page = text(client.get(of(learner)))

    assert "12 dari 20 JP" in page
    assert "Bimtek Arsip" in page
    assert "2025: 5 JP" in page


def test_why_not_is_told_step_by_step(client, learner, course, place, now):
    def why():
        return text(client.get(about(learner, course)))

    assert "2 dari 2 pelajaran wajib belum selesai" in why()
    read_lessons(enrollment=place, now=now)
    page = why()
    assert "pelajaran wajib belum selesai" not in page
    assert "Post-test belum dikerjakan" in page
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)
    assert "Post-test belum lulus: nilai 50, batas 70" in why()
    sit(enrollment=place, quiz_key="posttest", right=4, now=now + timedelta(days=2))
    assert "Sudah selesai" in why()


def test_who_has_no_place_has_no_page_of_the_course(client, learner, course):
    assert client.get(about(learner, course)).status_code == 404


def test_who_moved_away_is_not_hers_any_more(client, world, learner, now):
    accounts_actions.move_person(
        person=learner,
        unit=world.other_office,
        starts_on=date(2026, 11, 2),
        by=None,
        now=now,
    )

    assert client.get(of(learner)).status_code == 404


def test_her_page_asks_as_much_for_many_courses(client, world, learner, now):
    made = iter(range(300))

    def grow(count):
        for number in [next(made) for _ in range(count)]:
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            if number % 2:
                enroll(course=course, person=learner, now=now)
            else:
                finish_reading(course=course, person=learner, now=now)

    assert_same_queries(client, of(learner), grow, few=4, many=24)
