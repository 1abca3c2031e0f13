"""Every row leads to what is missing, and to the events behind it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses import actions as courses_actions
from reports.completion.why import why_page
from tests.factories import complete, enroll, make_course, read_lessons, sit
from tests.queries import queries_in


@pytest.fixture
def course(world, now):
    course = make_course(unit=world.agency, now=now, title="Pola Pikir Digital")
    courses_actions.assign_course(
        course=course,
        unit=world.office,
        due_on=now.date() - timedelta(days=2),
        by=None,
        now=now - timedelta(days=9),
    )
    return course


def page_of(world, now):
    learner = world.people["learner"]
    return why_page(world.people["hr"], person_key=learner.key, now=now)


def test_who_has_not_begun(world, course, now):
    (told,) = page_of(world, now).courses

    assert (told.title, told.is_late) == ("Pola Pikir Digital", True)
    assert told.due_on == now.date() - timedelta(days=2)
    assert told.missing == ["Belum memulai kursus."]
    assert told.events == []


def test_who_has_read_and_failed(world, course, now):
    place = enroll(course=course, person=world.people["learner"], now=now)
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    (begun,) = page_of(world, now).courses
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=1, now=now)

    (told,) = page_of(world, now).courses

    assert "2 dari 2 pelajaran wajib belum selesai" in begun.missing[0]
    assert begun.missing[1] == "Post-test belum dikerjakan."
    assert told.missing == ["Post-test belum lulus: nilai 25, batas 70."]
    words = [event.what for event in told.events]
    assert "Post-test dinilai 25" in words
    assert "Mulai mengikuti kursus" in words
    # Beside the post-test it would tell her gain.
    assert not any("Pre-test" in text for text in words)


def test_who_is_done_has_nothing_open(world, course, now, client_as):
    complete(course=course, person=world.people["learner"], now=now)

    page = page_of(world, now)

    assert (list(page.courses), page.done) == ([], 1)
    url = reverse("reports:why", args=[world.people["learner"].key])
    assert "Tidak ada yang tertinggal." in client_as("hr").get(url).content.decode()


def test_people_of_others_are_not_found(world, course, client_as):
    url = reverse("reports:why", args=[world.outsider.key])

    assert client_as("hr").get(url).status_code == 404
    assert client_as("learner").get(url).status_code == 403


def test_the_dashboard_and_the_listing_lead_there(world, course, client_as):
    client = client_as("hr")
    url = reverse("reports:why", args=[world.people["learner"].key])

    dashboard = client.get(reverse("reports:dashboard"))
    assert url in dashboard.content.decode()
    page = dashboard.context["page"]
    for address in (page.reached_url, page.jp_url, page.orders_url, page.late_url):
        assert client.get(address).status_code == 200
    assert url in client.get(page.late_url).content.decode()


def test_queries_grow_with_her_open_courses_only(world, course, now):
    enroll(course=course, person=world.people["learner"], now=now)
    # What a process remembers of published courses does not count.
    page_of(world, now)
    before = queries_in(lambda: page_of(world, now))
    for number in range(3):
        make_course(unit=world.agency, now=now, key=f"lain-{number}")
    enroll(course=course, person=world.outsider, now=now)

    assert queries_in(lambda: page_of(world, now)) == before
