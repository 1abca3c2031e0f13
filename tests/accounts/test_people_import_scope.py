"""The plan: whom HR may touch."""

import pytest

from accounts import actions
from tests.accounts.people_sheets import (
    codes,
    counts,
    make_row,
    nip_of,
    plan,
    row_of,
)
from tests.factories import make_person

OUTSIDE = "DI_LUAR_UNIT"


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def test_hr_of_the_office_cannot_import_into_another_agency(hr):
    found = plan(make_row(unit_kode="dinas-lain", unit_nama="Dinas Lain"), by=hr)

    assert codes(found) == [(2, "unit_kode", OUTSIDE)]
    assert found.new_people == ()


def test_hr_of_the_office_cannot_import_into_the_unit_above_hers(hr):
    found = plan(
        make_row(unit_kode="kabupaten-contoh", unit_nama="Kabupaten Contoh"), by=hr
    )

    assert codes(found) == [(2, "unit_kode", OUTSIDE)]


def test_hr_cannot_fetch_somebody_from_outside_her_units(world, hr):
    found = plan(
        row_of(world.outsider, unit_kode="seksi-uji", unit_nama="Seksi Uji"), by=hr
    )

    assert codes(found) == [(2, "nip", OUTSIDE)]
    assert found.moved_people == ()


def test_a_refusal_tells_nothing_about_the_person(world, hr):
    rows = (
        row_of(world.outsider, nama="Nama Lain", jabatan="Tebakan", aktif="tidak"),
        row_of(world.outsider, unit_kode="seksi-uji", unit_nama="Seksi Uji"),
        make_row(unit_kode="dinas-lain", unit_nama="Dinas Lain"),
    )

    messages = {plan(row, by=hr).errors[0].message for row in rows}

    assert len(messages) == 1
    assert world.outsider.name not in messages.pop()


def test_a_former_number_of_an_outsider_is_refused_like_her_present_one(world, hr, now):
    outsider = make_person(unit=world.other_office, now=now)
    former, outsider.nip = str(outsider.nip), nip_of(78)
    outsider.save(update_fields=["nip"])

    assert codes(plan(make_row(nip=former), by=hr)) == [(2, "nip", OUTSIDE)]


def test_somebody_without_a_unit_is_nobodys_but_the_systems(world, hr, now):
    person = make_person(unit=world.section, now=now)
    row = row_of(person)
    person.unit = None
    person.save(update_fields=["unit"])

    assert codes(plan(row, by=hr)) == [(2, "nip", OUTSIDE)]
    assert plan(row, by=None).counts == counts(people_moved=1)


def test_the_system_imports_everywhere(world):
    found = plan(make_row(unit_kode="dinas-lain", unit_nama="Dinas Lain"), by=None)

    assert codes(found) == []


def test_hr_cannot_lock_herself_out(hr):
    assert codes(plan(row_of(hr, aktif="tidak"), by=hr)) == [
        (2, "aktif", "AKUN_SENDIRI")
    ]


@pytest.mark.parametrize(
    ("over", "column"),
    [
        ({"email_dinas": "milikku@contoh.example"}, "email_dinas"),
        ({"aktif": "tidak"}, "aktif"),
    ],
)
def test_only_admins_change_the_way_in_of_people_with_a_role(
    world, hr, now, over, column
):
    author = make_person(unit=world.section, now=now)
    actions.assign_role(
        person=author, unit=world.agency, role="author", by=None, now=now
    )

    assert codes(plan(row_of(author, **over), by=hr)) == [(2, column, "PEMEGANG_PERAN")]
    assert codes(plan(row_of(author, jabatan="Analis"), by=hr)) == []
    assert codes(plan(row_of(author, **over), by=world.people["admin"])) == []
