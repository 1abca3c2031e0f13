"""The completion report on the screen: pages, counting, filters, searching."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courses import actions as courses_actions
from reports.completion.report import Filters, completion_rows
from tests.factories import complete, enroll, make_course, make_person
from tests.queries import assert_same_queries

URL = reverse("reports:completion")


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, title="Pola Pikir Digital")


# --- pages -------------------------------------------------------------------------
def enroll_many(world, course, now, count):
    for number in range(count):
        person = make_person(unit=world.section, now=now, name=f"Pegawai {number:03}")
        enroll(course=course, person=person, now=now)


def test_page_takes_as_many_queries_for_30_rows_as_for_3(world, course, now, client_as):
    assert_same_queries(
        client_as("hr"), URL, lambda count: enroll_many(world, course, now, count)
    )


def test_pages_follow_each_other_without_gap_or_repetition(
    world, course, now, monkeypatch
):
    monkeypatch.setattr("reports.units.reach._FIRST_STRETCH", 1)
    monkeypatch.setattr("reports.units.reach._GROWTH", 1)
    enroll_many(world, course, now, 7)
    enroll(course=course, person=world.people["hr"], now=now)
    courses_actions.assign_course(
        course=course,
        unit=world.office,
        due_on=now.date() + timedelta(days=3),
        by=None,
        now=now,
    )
    found = completion_rows(Filters(), world.people["hr"], now)

    paged = [row for start in range(0, 12, 2) for row in found[start : start + 2]]

    assert paged == list(found)
    assert found.count() == len(paged) == 9


def test_pages_of_a_past_day_follow_each_other_too(world, course, now, monkeypatch):
    monkeypatch.setattr("reports.units.reach._FIRST_STRETCH", 1)
    for unit in (world.office, world.section, world.section):
        person = make_person(unit=unit, now=now)
        complete(course=course, person=person, now=datetime(2026, 3, 10, tzinfo=UTC))
    found = completion_rows(
        Filters(completed_to=date(2026, 8, 31)), world.people["hr"], now
    )

    assert found[0:2] + found[2:4] == list(found)
    assert found.count() == 3


@pytest.mark.parametrize("limit", [1, 3, 4])
def test_counting_stops_where_nobody_needs_to_know_more(world, course, now, limit):
    enroll_many(world, course, now, 3)
    found = completion_rows(Filters(), world.people["hr"], now)

    assert found.count_up_to(limit) == min(limit, 3)


def test_page_shows_rows_and_totals(world, course, now, client_as):
    enroll_many(world, course, now, 51)

    first = client_as("hr").get(URL).content.decode()
    second = client_as("hr").get(URL, {"halaman": "2"}).content.decode()

    assert "51 baris" in first
    assert "Pegawai 049" in first
    assert "Pegawai 050" not in first
    assert "Pegawai 050" in second


def test_filters_that_contradict_each_other_are_explained(client_as):
    reversed_days = {"dari": "2026-05-02", "sampai": "2026-05-01"}
    page = client_as("hr").get(URL, reversed_days).content.decode()
    assert "mendahului" in page

    late = {"dari": "2026-05-02", "status": "late"}
    page = client_as("hr").get(URL, late).content.decode()
    assert "Pilih status Selesai" in page


def test_empty_report_says_what_fills_it(client_as):
    page = client_as("hr").get(URL).content.decode()
    assert "Belum ada yang belajar di unit Anda." in page

    page = client_as("hr").get(URL, {"status": "done"}).content.decode()
    assert "Tidak ada baris yang cocok." in page


# --- searching ---------------------------------------------------------------------
def test_search_goes_by_post_and_its_words_never_stand_in_an_address(
    world, course, now, client_as
):
    enroll_many(world, course, now, 2)
    enroll(course=course, person=world.people["learner"], now=now)
    nip = world.people["learner"].nip
    client = client_as("hr")

    answer = client.post(
        reverse("reports:completion_search"), {"kata": nip, "status": "learning"}
    )

    assert answer.status_code == 302
    assert answer.url == f"{URL}?status=learning&cari=1"
    page = client.get(answer.url).content.decode()
    assert "Sari Percobaan" in page
    assert "Pegawai 000" not in page


def test_stored_search_counts_only_where_the_address_asks_for_it(
    world, course, now, client_as
):
    enroll_many(world, course, now, 1)
    client = client_as("hr")
    client.post(reverse("reports:completion_search"), {"kata": "tidak ada"})

    assert "Pegawai 000" in client.get(URL).content.decode()
    assert "Pegawai 000" not in client.get(URL, {"cari": "1"}).content.decode()


def test_empty_search_ends_the_last_one(client_as):
    client = client_as("hr")
    search = reverse("reports:completion_search")
    client.post(search, {"kata": "sari"})

    assert client.post(search, {"kata": " "}).url == URL
    assert "reports.completion.words" not in client.session


def test_an_old_bookmark_still_filters(world, course, now, client_as):
    other = make_course(unit=world.agency, now=now, key="rapat", title="Rapat Virtual")
    early, late, elsewhere = (
        make_person(unit=world.section, now=now, name=name)
        for name in ("Awal Selesai", "Akhir Selesai", "Lain Kursus")
    )
    complete(course=course, person=early, now=datetime(2026, 3, 10, tzinfo=UTC))
    complete(course=course, person=late, now=datetime(2026, 5, 10, tzinfo=UTC))
    complete(course=other, person=elsewhere, now=datetime(2026, 3, 10, tzinfo=UTC))
    bookmark = f"{URL}?unit=&kursus={course.key}&status=&dari=2026-03-01&sampai="

    page = client_as("hr").get(f"{bookmark}2026-03-31").text

    assert "Awal Selesai" in page
    assert "Akhir Selesai" not in page
    assert "Lain Kursus" not in page
    for name in ("unit", "kursus", "status", "dari", "sampai"):
        assert f'name="{name}"' in page
