"""How far the people of a unit are: whose figures, which figures, at what cost."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import actions as accounts_actions
from courses import actions as courses_actions
from reports.dashboard import numbers
from reports.dashboard.page import dashboard_page
from reports.dashboard.parts import ORDER
from tests.factories import complete, enroll, make_course, make_person, make_unit
from tests.queries import assert_same_queries

URL = reverse("reports:dashboard")
LATE_LIST = reverse("reports:listing", args=["tenggat"])


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, title="Pola Pikir Digital")


def order(course, unit, now, *, days):
    return courses_actions.assign_course(
        course=course,
        unit=unit,
        due_on=now.date() + timedelta(days=days),
        by=None,
        now=now,
    )


def page_of(world, now, role="hr", unit=None):
    return dashboard_page(world.people[role], unit=unit, now=now)


# --- whose figures -----------------------------------------------------------------
def test_hr_sees_her_office_and_the_section_and_nobody_else(world, course, now):
    complete(course=course, person=world.people["learner"], now=now)
    complete(course=course, person=world.outsider, now=now)
    order(course, world.office, now, days=9)
    order(course, world.other_office, now, days=9)

    page = page_of(world, now)

    assert page.people == 2
    assert page.percent == 50
    assert [node.name for node in page.tree.children] == ["Seksi Uji"]
    assert [part.name for part in page.parts] == ["Seksi Uji", "Dinas Percobaan"]


def test_foreign_unit_and_the_agency_above_are_not_found(client_as, world):
    client = client_as("hr")

    assert client.get(URL).status_code == 200
    assert client.get(URL, {"unit": world.section.code}).status_code == 200
    assert client.get(URL, {"unit": world.agency.code}).status_code == 404
    assert client.get(URL, {"unit": world.other_office.code}).status_code == 404
    assert client.get(URL, {"unit": "tidak-ada"}).status_code == 404


@pytest.mark.parametrize("role", ["learner", "author", "reviewer"])
def test_people_without_the_capability_are_refused(client_as, role):
    assert client_as(role).get(URL).status_code == 403


def test_whoever_has_not_signed_in_is_asked_to(client_as):
    assert client_as("anonymous").get(URL).status_code == 302


def test_unit_search_finds_only_ones_own_units(client_as, world):
    page = client_as("hr").get(URL, {"cari": "dinas"}).content.decode()

    assert "Dinas Percobaan" in page
    assert "Dinas Lain" not in page


# --- which figures -----------------------------------------------------------------
def test_parts_are_rolled_up_over_everything_below_them(world, course, now):
    room = make_unit(name="Ruang Arsip", now=now, parent=world.section)
    person = make_person(unit=room, now=now, name="Arsip Uji")
    complete(course=course, person=person, now=now)
    order(course, world.agency, now, days=9)

    page = page_of(world, now, role="admin")
    office = next(part for part in page.parts if part.name == "Dinas Percobaan")

    # HR of the office, the learner of the section, and the person of the room.
    assert office.people == 3
    assert office.percent == pytest.approx(100 / 3)
    assert office.average_jp == pytest.approx(1 / 3)
    # Author, reviewer and admin belong to the agency itself.
    own = next(part for part in page.parts if part.is_own)
    assert (own.people, own.percent) == (3, 0)
    assert page.people == sum(part.people for part in page.parts) == 6


def test_course_ordered_of_a_section_is_not_expected_of_the_office(world, course, now):
    complete(course=course, person=world.people["learner"], now=now)
    order(course, world.section, now, days=9)

    page = page_of(world, now)

    assert page.percent == 100
    own = next(part for part in page.parts if part.is_own)
    assert own.percent is None


def test_leaf_shows_itself(world, course, now):
    page = page_of(world, now, unit=world.section)

    assert [(part.name, part.people) for part in page.parts] == [("Seksi Uji", 1)]
    assert page.tree.children[0].is_current is True


def test_jp_target_counts_whoever_has_reached_it_from_that_month_on(
    world, now, settings
):
    settings.ELEARNING_JP_TARGETS = {"PNS": (2, "minimum")}
    learner, hr = world.people["learner"], world.people["hr"]
    for number, month in enumerate((3, 7)):
        course = make_course(unit=world.agency, now=now, key=f"kursus-{number}")
        complete(
            course=course, person=learner, now=datetime(2026, month, 10, tzinfo=UTC)
        )
    complete(course=course, person=hr, now=datetime(2026, 8, 10, tzinfo=UTC))

    page = page_of(world, now)

    assert page.reached == 1
    assert [month.people for month in page.months] == [0] * 6 + [1] * 5
    assert page.months[-1].percent == 50
    assert page.average_jp == Decimal("1.5")


def test_jp_of_last_year_does_not_count(world, course, now):
    complete(
        course=course,
        person=world.people["learner"],
        now=datetime(2025, 12, 10, tzinfo=UTC),
    )

    assert page_of(world, now).average_jp == 0


def test_late_people_are_counted_once_and_listed_longest_first(world, course, now):
    second = make_course(unit=world.agency, now=now, key="kedua")
    other = make_person(unit=world.section, now=now, name="Budi Uji")
    complete(course=course, person=other, now=now)
    order(course, world.section, now, days=-12)
    order(second, world.section, now, days=-4)

    page = page_of(world, now)

    assert page.late == 2
    assert [(late.name, late.days, late.courses) for late in page.late_people] == [
        ("Sari Percobaan", 12, 2),
        ("Budi Uji", 4, 1),
    ]
    section = next(part for part in page.parts if part.name == "Seksi Uji")
    assert section.late == 2


def test_nobody_is_late_on_the_last_day(world, course, now):
    order(course, world.section, now, days=0)

    assert page_of(world, now).late == 0
    assert page_of(world, now + timedelta(days=1)).late == 1


def test_whoever_has_completed_is_not_late(world, course, now):
    complete(course=course, person=world.people["learner"], now=now)
    order(course, world.section, now, days=-4)

    page = page_of(world, now)

    assert page.late == 0
    assert page.late_people == []


def test_late_list_is_short_and_leads_to_all(world, course, now, client_as):
    for number in range(6):
        make_person(unit=world.section, now=now, name=f"Pegawai {number}")
    order(course, world.section, now, days=-1)

    page = page_of(world, now)
    text = client_as("hr").get(URL).content.decode()

    assert (page.late, len(page.late_people)) == (7, 5)
    assert "Lihat semua (7)" in text
    assert page.late_url == f"{LATE_LIST}?status=terlambat"
    assert "7 baris" in client_as("hr").get(page.late_url).content.decode()


@pytest.mark.parametrize("completed", [0, 1, 2])
def test_roll_ups_and_enrolments_agree_on_who_is_late(world, course, now, completed):
    second = make_course(unit=world.agency, now=now, key="kedua")
    people = [world.people["learner"], make_person(unit=world.section, now=now)]
    for person in people[:completed]:
        complete(course=course, person=person, now=now)
        complete(course=second, person=person, now=now)
    order(course, world.section, now, days=-4)
    order(second, world.section, now, days=-4)

    page = page_of(world, now)

    assert page.late == len(page.late_people) == 2 - completed


def test_people_without_an_account_in_use_are_not_counted(world, course, now):
    order(course, world.section, now, days=-4)
    accounts_actions.set_active(
        person=world.people["learner"], is_active=False, by=None, now=now
    )

    page = page_of(world, now)

    assert (page.people, page.late) == (1, 0)


def test_figures_of_many_people_are_kept_for_a_while(world, course, now, monkeypatch):
    monkeypatch.setattr("reports.dashboard.numbers.FEW_PEOPLE", 1)
    first = page_of(world, now)
    make_person(unit=world.section, now=now)

    again = page_of(world, now + timedelta(minutes=1))

    assert (again.people, again.taken_at) == (first.people, now)


def test_old_figures_are_shown_while_a_worker_counts_anew(
    world, course, now, monkeypatch
):
    monkeypatch.setattr("reports.dashboard.numbers.FEW_PEOPLE", 1)
    sent = []
    monkeypatch.setattr(
        "reports.dashboard.numbers.queue_on_commit",
        lambda _job, **said: sent.append(said),
    )
    first = page_of(world, now)
    make_person(unit=world.section, now=now)
    later = now + timedelta(minutes=6)

    old = page_of(world, later)

    assert (old.people, old.taken_at, old.is_old) == (first.people, now, True)
    assert numbers.refresh_figures(**sent[0], now=later)
    assert not numbers.refresh_figures(**sent[0], now=later)
    fresh = page_of(world, later)
    assert (fresh.people, fresh.taken_at) == (first.people + 1, later)
    assert fresh.tree.people == first.people + 1
    assert not fresh.is_old


# --- without orders, without people ------------------------------------------------
def test_page_without_orders_says_what_to_do(client_as, world):
    text = client_as("hr").get(URL).content.decode()

    assert "Belum ada kursus wajib untuk unit ini." in text
    assert "Minta admin sistem menugaskan kursus" in text
    assert "Belum ada tenggat." in text


def test_page_without_people_leads_to_the_import(world, now, client_of):
    empty = make_unit(name="Dinas Kosong", now=now, parent=world.agency)
    hr = make_person(unit=world.other_office, now=now)
    accounts_actions.assign_role(person=hr, unit=empty, role="hr", by=None, now=now)

    text = client_of(hr).get(URL).content.decode()

    assert "Belum ada pegawai di unit ini." in text
    assert reverse("accounts:people_import") in text


def test_two_roots_stand_side_by_side(world, course, now):
    hr = world.people["hr"]
    accounts_actions.assign_role(
        person=hr, unit=world.other_office, role="hr", by=None, now=now
    )
    order(course, world.other_agency, now, days=9)

    page = page_of(world, now)

    assert [node.name for node in page.tree.children] == [
        "Dinas Lain",
        "Dinas Percobaan",
    ]
    assert {part.name: part.people for part in page.parts} == {
        "Dinas Lain": 1,
        "Dinas Percobaan": 2,
    }
    assert page.people == 3


# --- the table and the chart -------------------------------------------------------
def test_worst_comes_first_and_what_cannot_be_measured_last(world, course, now):
    second = make_unit(name="Arsip", now=now, parent=world.office)
    make_person(unit=second, now=now)
    complete(course=course, person=world.people["learner"], now=now)
    order(course, world.section, now, days=9)
    order(course, second, now, days=9)
    parts = page_of(world, now).parts

    def order_of(key):
        return [part.name for part in ORDER.in_order(parts, key)]

    assert order_of("selesai") == ["Arsip", "Seksi Uji", "Dinas Percobaan"]
    assert order_of("-selesai") == ["Seksi Uji", "Arsip", "Dinas Percobaan"]
    assert order_of("unit") == ["Arsip", "Dinas Percobaan", "Seksi Uji"]
    assert order_of("-jp")[0] == "Seksi Uji"
    assert order_of("tidak-ada") == order_of("selesai")


def test_headings_say_how_the_table_is_sorted_and_turn_it_round():
    by_key = {heading.key: heading for heading in ORDER.heads("-jp")}

    assert by_key["jp"].direction == "descending"
    assert by_key["jp"].next_order == "jp"
    assert by_key["unit"].direction == ""
    assert ORDER.heads("selesai")[2].next_order == "-selesai"


def test_sorted_column_is_announced(client_as, world):
    text = client_as("hr").get(URL, {"urut": "-asn"}).content.decode()

    assert text.count("aria-sort") == 1
    assert 'aria-sort="descending"' in text


def test_chart_has_words_and_a_table(world, course, now, settings, client_as):
    settings.ELEARNING_JP_TARGETS = {"PNS": (1, "minimum")}
    complete(course=course, person=world.people["learner"], now=now)

    text = client_as("hr").get(URL).content.decode()

    assert "<title id=" in text
    assert "<desc id=" in text
    assert "Lihat angka dalam tabel" in text


# --- cost --------------------------------------------------------------------------
def test_page_takes_as_many_queries_for_30_people_as_for_3(
    world, course, now, client_as
):
    order(course, world.office, now, days=-3)

    def grow(count):
        for _ in range(count):
            person = make_person(unit=world.section, now=now)
            enroll(course=course, person=person, now=now)

    assert_same_queries(client_as("hr"), URL, grow)


def test_page_takes_as_many_queries_for_12_units_as_for_3(
    world, course, now, client_as
):
    order(course, world.office, now, days=-3)

    def grow(count):
        for number in range(count):
            unit = make_unit(
                name=f"Seksi {count} {number}", now=now, parent=world.office
            )
            make_person(unit=unit, now=now)

    assert_same_queries(client_as("hr"), URL, grow, few=3, many=12)
