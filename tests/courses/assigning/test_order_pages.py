"""HR gives orders in the browser: form, preview, list, undo, withdrawal."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts import actions as accounts_actions
from courses import actions
from courses.models import Assignment, PeopleGroup, Program
from tests.factories import make_person, make_reading, make_unit
from tests.queries import assert_same_queries

NEW = "/sdm/penugasan/baru/"
LIST = "/sdm/penugasan/"


@pytest.fixture
def reading(world, now):
    return make_reading(unit=world.agency, now=now, key="bacaan")


@pytest.fixture
def said(reading, world):
    return {
        "what": "kursus:bacaan",
        "units": [world.section.code],
        "due": "day",
        "due_on": "2026-12-21",
        "token": str(uuid4()),
    }


def test_hr_sees_whom_it_means_before_anything_is_saved(client_as, learner, said):
    page = client_as("hr").post(NEW, said).content.decode()

    assert "1 pegawai" in page
    assert learner.name in page
    assert "Bacaan bacaan" in page
    assert not Assignment.objects.exists()


def test_what_is_confirmed_is_saved_once(client_as, said, world):
    browser = client_as("hr")

    for _time in range(2):
        answer = browser.post(NEW, {**said, "simpan": "1"}, follow=True)

    order = Assignment.objects.get()
    assert order.unit == world.section
    assert order.due_on == date(2026, 12, 21)
    assert order.created_by == world.people["hr"]
    assert "1 penugasan disimpan" in answer.content.decode()


def test_going_back_keeps_what_was_filled_in(client_as, said):
    page = client_as("hr").post(NEW, {**said, "kembali": "1"}).content.decode()

    assert 'value="2026-12-21"' in page
    assert not Assignment.objects.exists()


def test_a_rule_that_matches_nobody_is_asked_twice(client_as, said):
    said |= {"statuses": ["TNI/Polri"], "simpan": "1"}
    browser = client_as("hr")

    first = browser.post(NEW, said).content.decode()
    assert "tidak ada pegawai yang cocok" in first
    assert not Assignment.objects.exists()

    browser.post(NEW, {**said, "yakin": "1"})
    assert Assignment.objects.get().statuses == "|TNI/Polri|"


def test_a_rule_that_matches_everybody_is_asked_twice(client_as, said, world):
    said |= {"units": [world.office.code], "simpan": "1"}

    page = client_as("hr").post(NEW, said).content.decode()

    assert "semua pegawai Anda" in page
    assert not Assignment.objects.exists()


def test_people_are_named_by_their_numbers_old_ones_too(client_as, said, learner, now):
    old = learner.nip
    accounts_actions.change_number(
        person=learner, nip="199001012015041999", starts_on=now.date(), by=None, now=now
    )
    said |= {"units": [], "numbers": f"{old}\n\n", "simpan": "1"}

    client_as("hr").post(NEW, said)

    order = Assignment.objects.get()
    assert order.is_named
    assert [row.person_id for row in order.named.all()] == [learner.pk]


def test_numbers_of_others_are_refused_by_name(client_as, said, world):
    said |= {"units": [], "numbers": world.outsider.nip, "simpan": "1"}

    page = client_as("hr").post(NEW, said).content.decode()

    assert f"Tidak ada di unit Anda: {world.outsider.nip}" in page
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"units": []}, "Pilih unit, kelompok, atau pegawai"),
        ({"due_on": ""}, "Pilih tanggal tenggatnya"),
        ({"due_on": "2026-01-01"}, "Tanggal ini sudah lewat"),
        ({"due": "placed"}, "Isi jumlah harinya"),
        ({"codes": "tidak-ada"}, "Tidak ada di antara unit Anda: tidak-ada"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(client_as, said, change, message):
    page = client_as("hr").post(NEW, {**said, **change, "simpan": "1"})

    assert message in page.content.decode()
    assert not Assignment.objects.exists()


def test_two_ways_of_saying_whom_are_refused(client_as, said, learner):
    page = client_as("hr").post(NEW, {**said, "numbers": learner.nip})

    assert "Pilih satu cara saja" in page.content.decode()


def test_units_of_others_cannot_be_chosen(client_as, said, world):
    said |= {"units": [], "codes": world.other_office.code, "simpan": "1"}

    client_as("hr").post(NEW, said)

    assert not Assignment.objects.exists()


def test_working_days_skip_weekends_holidays_and_cuti_bersama(client_as, said, clock):
    """From Saturday 21 November: 24 and 25 December are no working days."""
    client_as("hr").post(
        NEW, {**said, "due": "working", "due_days": "24", "simpan": "1"}
    )

    # 23 November is the first; 23 December the 23rd; 28 December is the 24th.
    assert Assignment.objects.get().due_on == date(2026, 12, 28)


def test_a_programme_orders_all_of_its_courses(client_as, said, world, reading, now):
    other = make_reading(unit=world.agency, now=now, key="kedua")
    browser = client_as("hr")
    browser.post(
        "/sdm/penugasan/program/baru/",
        {"name": "Dasar", "unit": world.office.code, "courses": ["bacaan", "kedua"]},
    )
    program = Program.objects.get()

    browser.post(NEW, {**said, "what": f"program:{program.pk}", "simpan": "1"})

    orders = Assignment.objects.all()
    assert {order.course for order in orders} == {reading, other}
    assert len({order.batch for order in orders}) == 1
    assert "Dasar" in browser.get(LIST).content.decode()


def test_a_group_counts_before_it_is_saved_and_takes_orders(
    client_as, said, world, learner, now
):
    make_person(unit=world.section, now=now, employment_status="CPNS")
    browser = client_as("hr")
    group = {"name": "PNS seksi", "unit": world.section.code, "statuses": ["PNS"]}

    counted = browser.post("/sdm/penugasan/kelompok/baru/", {**group, "hitung": "1"})
    assert "1 pegawai hari ini" in counted.content.decode()
    assert not PeopleGroup.objects.exists()

    browser.post("/sdm/penugasan/kelompok/baru/", {**group, "simpan": "1"})
    saved = PeopleGroup.objects.get()
    browser.post(NEW, {**said, "units": [], "group": str(saved.pk), "simpan": "1"})
    order = Assignment.objects.get()
    assert (order.group, order.statuses) == (saved, "|PNS|")


def test_a_name_is_taken_once_in_a_unit(client_as, world):
    browser = client_as("hr")
    group = {"name": "Semua", "unit": world.section.code, "simpan": "1"}
    browser.post("/sdm/penugasan/kelompok/baru/", group)

    again = browser.post("/sdm/penugasan/kelompok/baru/", {**group, "name": "SEMUA"})

    assert "sudah dipakai" in again.content.decode()
    assert PeopleGroup.objects.count() == 1


def test_what_was_put_away_is_offered_no_more(client_as, world):
    browser = client_as("hr")
    group = {"name": "Semua", "unit": world.section.code, "simpan": "1"}
    browser.post("/sdm/penugasan/kelompok/baru/", group)
    pk = PeopleGroup.objects.get().pk

    browser.post(f"/sdm/penugasan/kelompok/{pk}/singkirkan/")

    assert "Semua</option>" not in browser.get(NEW).content.decode()
    assert browser.get(f"/sdm/penugasan/kelompok/{pk}/").status_code == 404


def test_undo_brings_back_what_was_replaced(client_as, said, world, reading, now):
    before = actions.assign_course(
        course=reading, unit=world.section, due_on=date(2026, 12, 1), by=None, now=now
    )
    browser = client_as("hr")
    browser.post(NEW, {**said, "simpan": "1"})
    assert "Batalkan yang baru disimpan" in browser.get(LIST).content.decode()

    browser.post(f"/sdm/penugasan/batal/{said['token']}/")

    assert [order.pk for order in Assignment.objects.open()] == [before.pk]


def test_after_a_minute_nothing_is_undone(client_as, said, now, clock):
    browser = client_as("hr")
    browser.post(NEW, {**said, "simpan": "1"})
    clock.move_to(now + timedelta(seconds=61))

    page = browser.post(f"/sdm/penugasan/batal/{said['token']}/", follow=True)

    assert "lebih dari satu menit" in page.content.decode()
    assert Assignment.objects.open().count() == 1


def test_another_officers_orders_are_not_undone(client_as, said):
    client_as("hr").post(NEW, {**said, "simpan": "1"})

    client_as("admin").post(f"/sdm/penugasan/batal/{said['token']}/")

    assert Assignment.objects.open().count() == 1


def test_withdrawing_asks_first_and_keeps_the_record(client_as, said, world, now):
    browser = client_as("hr")
    browser.post(NEW, {**said, "simpan": "1"})
    address = f"/sdm/penugasan/{Assignment.objects.get().pk}/tarik/"

    assert "1 pegawai tidak lagi wajib" in browser.get(address).content.decode()
    assert Assignment.objects.open().exists()

    browser.post(address)
    assert not Assignment.objects.open().exists()
    assert "Berakhir" in browser.get(f"{LIST}?status=ditarik").content.decode()


def test_the_list_finds_late_orders_and_words(client_as, reading, world, now):
    actions.assign_course(
        course=reading, unit=world.section, due_on=date(2026, 11, 1), by=None, now=now
    )
    actions.assign_course(
        course=reading,
        unit=world.office,
        due_on=date(2026, 12, 1),
        by=None,
        now=now,
        note="Surat 7",
    )
    browser = client_as("hr")

    late = browser.get(f"{LIST}?status=lewat").content.decode()
    found = browser.get(f"{LIST}?kata=surat").content.decode()

    assert "1 penugasan" in late
    assert "Seksi Uji dan di bawahnya" in late
    assert "1 penugasan" in found
    assert "Surat 7" in found


def test_orders_of_other_agencies_are_not_there(client_as, reading, world, now):
    order = actions.assign_course(
        course=reading,
        unit=world.other_agency,
        due_on=date(2026, 12, 1),
        by=None,
        now=now,
    )
    browser = client_as("hr")

    assert "Belum ada penugasan" in browser.get(LIST).content.decode()
    assert browser.get(f"/sdm/penugasan/{order.pk}/").status_code == 404


def test_the_list_asks_the_same_for_few_and_many(client_as, reading, world, now):
    def grow(count):
        for number in range(count):
            unit = make_unit(
                name=f"Unit {count} {number}", now=now, parent=world.office
            )
            actions.assign_course(
                course=reading, unit=unit, due_on=date(2026, 12, 1), by=None, now=now
            )

    assert_same_queries(client_as("hr"), LIST, grow, few=2, many=12)
