"""The plan: what would change of people; its digest and its cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.models import User
from accounts.people_import.columns import CLEARABLE
from accounts.people_import.plan import Change, ImportOptions
from accounts.people_import.planning import plan_import
from tests.accounts.people_sheets import (
    OPTIONS,
    SEVENTEEN,
    TODAY,
    apply,
    codes,
    counts,
    make_row,
    make_sheet,
    plan,
    row_of,
)
from tests.factories import make_person

EVERYTHING = ImportOptions(TODAY, deactivate_missing=True)


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def test_a_row_that_says_what_is_stored_changes_nothing(world, hr):
    found = plan(row_of(world.people["learner"]), by=hr)

    assert found.is_empty
    assert not found.is_applicable
    assert found.counts == counts(people_unchanged=1)


def test_a_change_says_the_field_and_both_values(world, hr):
    row = row_of(world.people["learner"], jabatan="Analis", golongan="III/c")

    found = plan(row, by=hr)

    assert found.changed_people[0].changes == (
        Change("golongan", "", "III/c"),
        Change("jabatan", "", "Analis"),
    )
    assert found.counts == counts(people_changed=1)


def test_columns_that_are_not_there_change_nothing(world, hr, now):
    person = make_person(
        unit=world.section, now=now, jabatan="Analis", golongan="III/a"
    )

    found = plan(
        row_of(person),
        by=hr,
        columns=("nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama"),
    )

    assert found.is_empty


def test_an_empty_cell_changes_nothing_and_is_told(world, hr, now):
    person = make_person(
        unit=world.section, now=now, jabatan="Analis", golongan="III/a", email="a@x.id"
    )

    found = plan(row_of(person, golongan="III/b", email_dinas=""), by=hr)

    assert found.changed_people[0].changes == (Change("golongan", "III/a", "III/b"),)
    assert dict(found.kept) == {"jabatan": 1, "email": 1}


def test_no_optional_column_is_emptied_by_an_empty_cell(world, hr, now):
    stored = {
        column.field: date(2024, 3, 1) if column.field == "jabatan_starts_on" else "x"
        for column in CLEARABLE.values()
    }
    person = make_person(unit=world.section, now=now)
    User.objects.filter(pk=person.pk).update(**stored)
    person.refresh_from_db()

    found = plan(row_of(person, email_dinas=""), by=hr)

    assert found.is_empty
    assert dict(found.kept) == dict.fromkeys(stored, 1)


def test_an_empty_cell_empties_the_field_where_the_officer_asked_for_it(world, hr, now):
    person = make_person(
        unit=world.section, now=now, jabatan="Analis", golongan="III/a"
    )
    options = ImportOptions(TODAY, cleared=frozenset({"jabatan"}))

    found = plan(row_of(person), by=hr, options=options)

    assert found.changed_people[0].changes == (Change("jabatan", "Analis", ""),)
    assert dict(found.kept) == {"golongan": 1}


def test_an_empty_cell_lets_nobody_in_again(world, hr, now):
    resting = make_person(unit=world.section, now=now)
    actions.set_active(person=resting, is_active=False, by=None, now=now)

    assert plan(row_of(resting, aktif=""), by=hr).is_empty


def test_another_unit_is_a_move(world, hr):
    row = row_of(
        world.people["learner"],
        unit_kode="dinas-percobaan",
        unit_nama="Dinas Percobaan",
    )

    found = plan(row, by=hr)

    (person,) = found.moved_people
    assert person.unit_before
    assert (person.unit_before.code, person.unit.code) == (
        "seksi-uji",
        "dinas-percobaan",
    )
    assert found.counts == counts(people_moved=1)


def test_activity_changes_both_ways(world, hr, now):
    resting = make_person(unit=world.section, now=now)
    actions.set_active(person=resting, is_active=False, by=None, now=now)

    found = plan(
        row_of(world.people["learner"], aktif="tidak"),
        row_of(resting, aktif="ya"),
        by=hr,
    )

    assert found.counts == counts(people_activated=1, people_deactivated=1)


def test_an_address_that_somebody_has_is_refused(world, hr, now):
    make_person(unit=world.section, now=now, email="sari@contoh.example")

    found = plan(make_row(email_dinas="Sari@Contoh.example"), by=hr)

    assert codes(found) == [(2, "email_dinas", "SUREL_DIPAKAI")]


def test_an_address_that_its_owner_gives_up_in_the_same_file_is_free(world, hr, now):
    owner = make_person(unit=world.section, now=now, email="sari@contoh.example")

    found = plan(
        make_row(email_dinas="sari@contoh.example"),
        row_of(owner, email_dinas="baru@contoh.example"),
        by=hr,
    )

    assert codes(found) == []


@pytest.mark.parametrize("days", [1, 30])
def test_a_move_before_a_later_one_is_refused(world, hr, now, days):
    person = make_person(unit=world.section, now=now)
    actions.move_person(
        person=person, unit=world.office, starts_on=TODAY, by=None, now=now
    )

    found = plan(
        row_of(person, unit_kode="seksi-uji", unit_nama="Seksi Uji"),
        by=hr,
        options=ImportOptions(TODAY - timedelta(days=days)),
    )

    assert codes(found) == [(2, "unit_kode", "TANGGAL_PINDAH")]


def test_a_move_back_on_the_day_of_the_move_there_is_taken(world, hr, now):
    person = make_person(unit=world.section, now=now)
    for minute, unit in enumerate((world.office, world.section)):
        actions.move_person(
            person=person,
            unit=unit,
            starts_on=TODAY,
            by=None,
            now=now + timedelta(minutes=minute),
        )

    found = plan(
        row_of(person, unit_kode="dinas-percobaan", unit_nama="Dinas Percobaan"), by=hr
    )

    assert codes(found) == []


def test_the_same_sheet_and_data_give_the_same_digest(world, hr):
    row = row_of(world.people["learner"], jabatan="Analis")

    assert plan(row, by=hr).digest == plan(row, by=hr).digest


def test_the_digest_differs_with_every_part_of_what_was_shown(world, hr, now):
    learner = row_of(world.people["learner"])
    yesterday = ImportOptions(TODAY - timedelta(days=1))
    digests = [
        plan(learner, by=hr).digest,
        plan(learner, by=hr, options=yesterday).digest,
        plan(learner, by=hr, options=EVERYTHING).digest,
        plan({**learner, "jabatan": "Analis"}, by=hr).digest,
        plan({**learner, "jabatan": "Arsiparis"}, by=hr).digest,
        plan({**learner, "aktif": "tidak"}, by=hr).digest,
        plan({**learner, "unit_nama": "Lain"}, by=hr).digest,
        plan({**learner, "nip": "1"}, by=hr).digest,
    ]
    actions.move_person(
        person=world.people["learner"],
        unit=world.office,
        starts_on=TODAY - timedelta(days=2),
        by=None,
        now=now,
    )
    digests.append(plan(learner, by=hr).digest)

    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("deactivate_missing", [False, True])
def test_a_plan_costs_the_same_queries_for_three_and_thirty_rows(
    world, now, deactivate_missing
):
    options = ImportOptions(TODAY, deactivate_missing)
    hr = world.people["hr"]

    def queries(first: int, size: int) -> int:
        stored = [make_row(first + n, unit_kode="seksi-uji") for n in range(size)]
        apply(*stored, by=hr, now=now)
        rows = [
            {
                **row,
                "jabatan": "Analis",
                "email_dinas": f"p{first + n}@contoh.example",
                "unit_kode": f"unit-{first + n}",
                "unit_nama": f"Unit {n}",
                "unit_induk_kode": "dinas-percobaan",
            }
            for n, row in enumerate(stored)
        ]
        rows += [make_row(first + size + n) for n in range(size)]
        sheet = make_sheet(*rows)
        hr.__dict__.pop("_held_roles", None)
        with CaptureQueriesContext(connection) as captured:
            found = plan_import(sheet, options=options, by=hr)
        assert found.counts["people_moved"] == found.counts["units_new"] == size
        return len(captured)

    assert queries(100, 3) == queries(300, 30) <= 16


def test_the_seventeen_columns_alone_are_enough(world, hr):
    assert codes(plan(make_row(), by=hr, columns=SEVENTEEN)) == []
    assert plan(make_row(), by=hr, columns=SEVENTEEN, options=OPTIONS).is_applicable


def test_a_name_with_the_stored_degrees_is_the_stored_name(world, hr, now):
    apply(make_row(gelar_belakang="S.Sos."), by=hr, now=now)

    found = plan(make_row(nama="Budi Contoh, S.Sos."), by=hr, columns=SEVENTEEN)

    assert found.counts == counts(people_unchanged=1)
