"""Listings on the screen: which rows, in which parts, at what cost, for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from certificates import actions as certificates_actions
from courses import actions as courses_actions
from reports.listings.catalogue import LISTINGS
from tests.factories import complete, enroll, make_course, make_person
from tests.queries import assert_same_queries

EVERY_SLUG = [listing.slug for listing in LISTINGS.values()]
# What people think of courses has no people in it (test_evaluations.py).
SLUGS = [slug for slug in EVERY_SLUG if slug != "evaluasi-pelatihan"]


def url_of(slug):
    return reverse("reports:listing", args=[slug])


@pytest.fixture
def learning(world, now):
    """Somebody who finished with a certificate, somebody who did not, an order."""
    course = make_course(unit=world.agency, now=now, title="Pola Pikir Digital")
    courses_actions.assign_course(
        course=course,
        unit=world.office,
        due_on=now.date() + timedelta(days=9),
        by=None,
        now=now,
    )
    done = complete(course=course, person=world.people["learner"], now=now)
    certificates_actions.issue_certificate(enrollment_id=done.pk, by=None, now=now)
    complete(course=course, person=world.outsider, now=now)
    return course


def page_of(client, slug, **query):
    answer = client.get(url_of(slug), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("slug", EVERY_SLUG)
def test_a_listing_without_rows_says_what_will_fill_it(client_as, slug, world):
    world.people["hr"].role_assignments.update(unit=world.other_office)
    world.people["hr"]._held_roles = None

    page = page_of(client_as("hr"), slug, dari="", sampai="")

    assert "Hapus saringan" not in page
    if slug not in {"jp-pegawai", "jp-unit"}:
        assert "Baris muncul setelah ada kegiatan belajar." in page


@pytest.mark.parametrize("slug", SLUGS)
def test_hr_sees_her_people_and_nobody_else(learning, client_as, slug):
    page = page_of(client_as("hr"), slug)

    assert ("Seksi Uji" if slug == "jp-unit" else "Sari Percobaan") in page
    assert "Orang Luar" not in page
    assert "Dinas Lain" not in page


def test_a_person_leads_to_what_she_lacks_unless_the_day_is_past(
    learning, client_as, world
):
    client = client_as("hr")
    url = reverse("reports:why", args=[world.people["learner"].key])

    assert url in page_of(client, "jp-pegawai")
    assert url not in page_of(client, "jp-pegawai", per="2026-11-20")


@pytest.mark.parametrize("slug", EVERY_SLUG)
@pytest.mark.parametrize("role", ["learner", "author", "reviewer"])
def test_people_without_the_capability_are_refused(client_as, slug, role):
    assert client_as(role).get(url_of(slug)).status_code == 403


def test_an_unknown_listing_and_a_foreign_unit_are_not_found(client_as, world):
    client = client_as("hr")

    assert client.get(url_of("tidak-ada")).status_code == 404
    foreign = client.get(url_of("nilai"), {"unit": world.other_office.code})
    assert foreign.status_code == 404


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "jp-unit"])
def test_parts_lead_on_and_back_and_hold_every_row_once(
    client_as, world, now, slug, monkeypatch
):
    monkeypatch.setattr("reports.listings.page.LISTED_PER_PAGE", 4)
    course = make_course(unit=world.agency, now=now)
    courses_actions.assign_course(
        course=course, unit=world.office, due_on=now.date(), by=None, now=now
    )
    for _number in range(9):
        # All of one name: only the key tells them apart.
        person = make_person(unit=world.section, now=now, name="Budi Contoh")
        done = complete(course=course, person=person, now=now)
        certificates_actions.issue_certificate(enrollment_id=done.pk, by=None, now=now)
    client = client_as("hr")

    page = client.get(url_of(slug)).context["page"]
    there, seen = [], []
    while True:
        there.append(numbers(page))
        if not page.behind_url:
            break
        page = client.get(page.behind_url).context["page"]
    while True:
        seen.insert(0, numbers(page))
        if not page.before_url:
            break
        page = client.get(page.before_url).context["page"]

    everybody = [number for part in there for number in part]
    assert len(everybody) == len(set(everybody)) == page.totals.rows >= 9
    assert [number for part in seen for number in part] == everybody


def numbers(page):
    return [row.nip for row in page.rows]


@pytest.mark.parametrize(
    "cursor", ["", "x", "~1~2", "0001~9999999~1~0", "%~1~1~1", "0001~-1~1~1"]
)
def test_a_cursor_that_nobody_wrote_does_no_harm(learning, client_as, cursor):
    client = client_as("hr")

    assert client.get(url_of("nilai"), {"setelah": cursor}).status_code == 200
    assert client.get(url_of("nilai"), {"sebelum": cursor}).status_code == 200


def test_addresses_of_parts_hold_neither_name_nor_number(
    client_as, world, now, monkeypatch
):
    monkeypatch.setattr("reports.listings.page.LISTED_PER_PAGE", 1)
    make_person(unit=world.section, now=now)

    page = client_as("hr").get(url_of("jp-pegawai")).context["page"]

    assert "setelah=" in page.behind_url
    assert page.rows[0].head.split()[0].lower() not in page.behind_url.lower()
    assert page.rows[0].nip not in page.behind_url


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("day", ["", "2026-11-20"])
def test_as_many_queries_for_300_rows_as_for_3(client_as, world, now, slug, day):
    course = make_course(unit=world.agency, now=now)
    courses_actions.assign_course(
        course=course, unit=world.office, due_on=now.date(), by=None, now=now
    )

    def grow(count):
        for _ in range(count):
            person = make_person(unit=world.section, now=now)
            enroll(course=course, person=person, now=now)

    query = f"?per={day}" if day else ""
    assert_same_queries(client_as("hr"), url_of(slug) + query, grow, many=60)


def test_columns_are_chosen_and_the_first_one_always_stays(learning, client_as):
    page = page_of(client_as("hr"), "nilai", kolom=["nilai", "jabatan"])

    heads = page.partition("<thead>")[2].partition("</thead>")[0]
    assert [words in heads for words in ("Nama", "Nilai", "Jabatan")] == [True] * 3
    assert "Ambang lulus" not in heads


def test_filters_that_cannot_be_are_explained(client_as):
    client = client_as("hr")

    reversed_days = {"dari": "2026-11-02", "sampai": "2026-11-01"}
    assert "mendahului tanggal sejak" in page_of(client, "nilai", **reversed_days)
    assert "belum tiba" in page_of(client, "nilai", per="2031-01-01")
    unknown = client.get(url_of("nilai"), {"status": "apa"})
    assert unknown.context["page"].rows is None


def test_the_list_of_reports_leads_to_each(client_as):
    page = client_as("hr").get(reverse("reports:report_list")).content.decode()

    assert all(url_of(slug) in page for slug in SLUGS)
    assert "Mutu soal" not in page
    studio = client_as("admin").get(reverse("reports:report_list")).content.decode()
    assert "Mutu soal" in studio
