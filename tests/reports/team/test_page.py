"""A superior's page: her own people, how far they are, and no scores."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import actions as accounts_actions
from accounts.models import User
from courses import actions as courses_actions
from courses.assigning.sending import _superior
from tests.factories import complete, make_course, make_person
from tests.queries import assert_same_queries

URL = reverse("team")


@pytest.fixture
def chief(world, now):
    """Who leads the office that HR's learner's section belongs to."""
    person = make_person(
        unit=world.office, now=now, name="Kepala Dinas", email="kepala@contoh.go.id"
    )
    accounts_actions.assign_role(
        person=person, unit=world.office, role="superior", by=None, now=now
    )
    return person


@pytest.fixture
def client(client, chief):
    client.force_login(chief)
    return client


def rows_of(client):
    return {row.name: row for row in client.get(URL).context["page"].rows}


def order(world, now, *, days, title):
    course = make_course(unit=world.agency, now=now, title=title, key=title.lower())
    courses_actions.assign_course(
        course=course,
        unit=world.office,
        due_on=now.date() + timedelta(days=days),
        by=None,
        now=now,
    )
    return course


def test_she_sees_what_is_due_late_and_done_and_the_jp(client, world, now):
    order(world, now, days=9, title="Nanti")
    order(world, now, days=-1, title="Lewat")
    done = order(world, now, days=5, title="Beres")
    complete(course=done, person=world.people["learner"], now=now)

    row = rows_of(client)["Sari Percobaan"]

    assert [(one.title, one.is_late) for one in row.due] == [
        ("Lewat", True),
        ("Nanti", False),
    ]
    assert (row.open, row.late, row.done) == (1, 1, 1)
    assert row.jp == done.current_version.jp


def test_scores_are_told_only_where_the_agency_wants_it(client, world, now, settings):
    course = order(world, now, days=5, title="Beres")
    complete(course=course, person=world.people["learner"], now=now)

    assert rows_of(client)["Sari Percobaan"].score is None
    assert "Rata-rata nilai" not in client.get(URL).content.decode()

    settings.ELEARNING_TEAM_SEES_SCORES = True
    assert rows_of(client)["Sari Percobaan"].score is not None
    assert "Rata-rata nilai" in client.get(URL).content.decode()


def test_nobody_elses_people_nor_herself_nor_who_has_left(client, chief, world, now):
    gone = make_person(unit=world.section, now=now, name="Sudah Pensiun")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert set(rows_of(client)) == {"Sari Percobaan", "Hr Contoh"}


def test_the_page_is_the_roles_alone_and_ends_with_it(
    client, client_as, chief, world, now
):
    for role in ("learner", "author", "reviewer", "hr", "admin"):
        assert client_as(role).get(URL).status_code == 403, role
    for name in ("reports:dashboard", "reports:completion", "reports:report_list"):
        assert client.get(reverse(name)).status_code == 403, name
    learner = world.people["learner"]
    for name in ("reports:why", "reports:person_detail"):
        url = reverse(name, args=[learner.key])
        assert client.get(url).status_code == 403, name
    assert "Tim saya" in client.get("/").content.decode()

    ended = {"starts_at": now - timedelta(days=9), "ends_at": now - timedelta(days=1)}
    chief.role_assignments.update(**ended)
    assert client.get(URL).status_code == 403


def test_the_page_costs_the_same_however_many_people(client, world, now):
    course = order(world, now, days=-1, title="Lewat")

    def grow(count):
        for _number in range(count):
            person = make_person(unit=world.section, now=now)
            courses_actions.enroll(
                course_id=course.pk, person=person, by=person, now=now
            )

    assert_same_queries(client, URL, grow, few=3, many=20)


def test_copies_of_reminders_go_to_her_before_any_jabatan(chief, world, now):
    learner = world.people["learner"]
    make_person(
        unit=world.section,
        now=now,
        name="Kepala Seksi",
        email="seksi@contoh.go.id",
        jabatan_kind="Pengawas",
    )

    assert _superior(learner, now) == chief

    chief.role_assignments.update(ends_at=now + timedelta(hours=1))
    assert _superior(learner, now + timedelta(days=1)).name == "Kepala Seksi"
