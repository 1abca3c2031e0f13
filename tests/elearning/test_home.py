"""The home page: one obvious next step, in a number of queries that stays."""

from datetime import timedelta

import pytest

from accounts.models import User
from certificates.actions import issue_certificate
from certificates.models import Certificate, CertificateFile
from courses import actions
from courses.models import Course
from elearning.home_page import HomePage, home_page
from tests.factories import (
    complete,
    enroll,
    finish_reading,
    make_reading,
    read_lessons,
    sit,
)
from tests.queries import assert_same_queries, count_queries


def page_of(person: User, now) -> HomePage:
    """Return the home page as a new request would."""
    return home_page(User.objects.get(pk=person.pk), now=now)


def order(course: Course, unit, now, days: int) -> None:
    """Order a unit to take a course within so many days."""
    actions.assign_course(
        course=course,
        unit=unit,
        due_on=(now + timedelta(days=days)).date(),
        by=None,
        now=now,
    )


def give_file(certificate: Certificate, now, number: int = 1) -> None:
    """Note a file of the certificate, without drawing it."""
    CertificateFile.objects.create(
        certificate=certificate,
        sha256=f"{certificate.pk}-{number}",
        path="none.pdf",
        byte_size=1,
        input_hash=str(number),
        created_at=now,
    )


@pytest.fixture
def shelf(world, now) -> list[Course]:
    """Five courses of lessons only."""
    return [
        make_reading(unit=world.agency, now=now, key=f"baca-{number}")
        for number in range(1, 6)
    ]


# --- going on ----------------------------------------------------------------------
def test_a_newcomer_is_shown_courses_to_begin_with(shelf, learner, now):
    page = page_of(learner, now)

    assert (page.resume, page.is_newcomer) == (None, True)
    assert [card.key for card in page.suggestions] == ["baca-1", "baca-2", "baca-3"]


def test_the_next_step_leads_on(place, learner, now):
    assert page_of(learner, now).resume.title == "Kerjakan pre-test"

    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    resume = page_of(learner, now).resume
    assert (resume.title, resume.minutes) == ("Pelajaran 1", 15)
    assert resume.url == "/kursus/contoh/pelajaran/pelajaran-1/"

    read_lessons(enrollment=place, now=now)
    resume = page_of(learner, now).resume
    assert (resume.title, resume.minutes) == ("Kerjakan post-test", None)
    assert (resume.done, resume.total) == (2, 2)


def test_the_course_seen_last_is_gone_on_with(shelf, learner, now):
    for course in shelf[:2]:
        enroll(course=course, person=learner, now=now)
    place = learner.enrollments.get(course=shelf[0])
    actions.complete_lesson(
        enrollment_id=enroll(course=shelf[2], person=learner, now=now).pk,
        lesson_key="pelajaran-1",
        by=learner,
        now=now,
    )
    learner.enrollments.filter(pk=place.pk).update(
        last_seen_at=now + timedelta(hours=1)
    )

    assert page_of(learner, now).resume.url.startswith("/kursus/baca-1/")


def test_whoever_has_finished_everything_is_shown_something_new(shelf, learner, now):
    finish_reading(course=shelf[0], person=learner, now=now)

    page = page_of(learner, now)

    assert page.resume is None
    assert "baca-1" not in [card.key for card in page.suggestions]


# --- deadlines ---------------------------------------------------------------------
def test_orders_of_her_units_are_shown_by_date(world, shelf, learner, now):
    order(shelf[0], world.agency, now, days=9)
    order(shelf[1], world.section, now, days=2)
    order(shelf[2], world.other_agency, now, days=1)

    deadlines = page_of(learner, now).deadlines

    assert [(row.days_left, row.is_near) for row in deadlines] == [
        (2, True),
        (9, False),
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "Wajib · lewat tenggat 3 hari"),
        (0, "Wajib · hari ini"),
        (1, "Wajib · 1 hari lagi"),
    ],
)
def test_a_deadline_says_how_long_it_is(world, shelf, learner, now, days, words):
    order(shelf[0], world.section, now, days=days)

    (deadline,) = page_of(learner, now).deadlines

    assert (deadline.note, deadline.days_left) == (words, days)


def test_a_day_ends_where_the_person_is(world, shelf, learner, now):
    # 22.00 in Jakarta is the next day in Jayapura.
    evening = now.replace(hour=15)
    order(shelf[0], world.section, now, days=1)
    assert page_of(learner, evening).deadlines[0].days_left == 1

    User.objects.filter(pk=learner.pk).update(time_zone="Asia/Jayapura")
    assert page_of(learner, evening).deadlines[0].days_left == 0


def test_what_is_finished_or_cancelled_or_gone_is_no_deadline(
    world, shelf, learner, now
):
    for course in shelf[:3]:
        order(course, world.section, now, days=2)
    finish_reading(course=shelf[0], person=learner, now=now)
    actions.cancel_assignment(
        assignment_id=shelf[1].assignments.get().pk, by=world.people["hr"], now=now
    )
    Course.objects.filter(pk=shelf[2].pk).update(is_archived=True)

    assert page_of(learner, now).deadlines == ()


def test_a_course_ordered_by_several_units_is_one_deadline_the_earliest(
    world, shelf, learner, now
):
    for days, unit in ((9, world.agency), (2, world.section), (5, world.office)):
        order(shelf[0], unit, now, days=days)
    for number, course in enumerate(shelf[1:], 10):
        order(course, world.section, now, days=number)

    deadlines = page_of(learner, now).deadlines

    assert [row.days_left for row in deadlines] == [2, 10, 11, 12]


# --- certificates ------------------------------------------------------------------
def test_certificates_that_can_be_downloaded_are_shown_once(shelf, learner, now):
    for number, course in enumerate(shelf[:3]):
        place = finish_reading(course=course, person=learner, now=now)
        issued = issue_certificate(
            enrollment_id=place.pk, by=None, now=now + timedelta(days=number)
        )
        for file in range(number):
            give_file(issued, now, file)

    page = page_of(learner, now)

    titles = [row.title for row in page.certificates]
    assert titles == ["Bacaan baca-3", "Bacaan baca-2"]
    assert page.certificate_count == 2


def test_jp_of_the_year_is_shown(course, learner, now):
    complete(course=course, person=learner, now=now)

    assert page_of(learner, now).jp.earned == 1
    assert page_of(learner, now + timedelta(days=60)).jp.earned == 0


# --- the page ----------------------------------------------------------------------
def test_the_home_page_asks_no_more_for_more_of_everything(
    world, learner, client_of, now
):
    def grow(count: int) -> None:
        first = Course.objects.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            order(course, world.section, now, days=number)
            if number % 3 == 0:
                enroll(course=course, person=learner, now=now)
            if number % 3 == 1:
                place = finish_reading(course=course, person=learner, now=now)
                give_file(
                    issue_certificate(enrollment_id=place.pk, by=None, now=now), now
                )

    assert_same_queries(client_of(learner), "/", grow, few=6, many=18)


def test_the_pages_of_every_day_have_a_budget(
    world, place, shelf, learner, client_of, now
):
    """Home and course page of somebody who has something of everything."""
    done = finish_reading(course=shelf[0], person=learner, now=now)
    give_file(issue_certificate(enrollment_id=done.pk, by=None, now=now), now)
    order(shelf[1], world.section, now, days=3)
    order(place.course, world.section, now, days=9)
    read_lessons(enrollment=place, now=now)

    assert count_queries(client_of(learner), "/") == 8
    assert count_queries(client_of(learner), place.course.get_absolute_url()) == 7


def test_an_empty_site_has_a_home_page(world, client_as):
    for role in ("learner", "author", "reviewer", "hr", "admin"):
        assert client_as(role).get("/").status_code == 200
