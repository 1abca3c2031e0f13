"""The plan: what is confirmed by its number."""

import pytest

from accounts import actions
from accounts.models import User
from accounts.people_import.plan import ImportOptions
from accounts.people_import.stored import CAPABILITY
from tests.accounts.people_sheets import (
    TODAY,
    asked,
    make_row,
    plan,
    row_of,
)
from tests.factories import make_person, make_unit

EVERYTHING = ImportOptions(TODAY, deactivate_missing=True)


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def test_ordinary_changes_ask_for_no_number(world, hr, now):
    person = make_person(unit=world.section, now=now, golongan="III/a")

    found = plan(
        row_of(person, golongan="III/b", nama=f"{person.name} Putri"),
        make_row(3, unit_kode="baru", unit_nama="Unit", unit_induk_kode="seksi-uji"),
        by=hr,
    )

    assert found.number_to_confirm == 0


def test_whoever_ends_is_counted_against_all_whom_one_could_reach(world, hr, now):
    for n in range(8):
        make_person(unit=world.section, now=now, name=f"Pegawai {n}")

    found = plan(
        row_of(world.people["learner"], aktif="tidak"), by=hr, options=EVERYTHING
    )

    assert found.confirmations == asked(people_deactivated=9, units_emptied=1)
    assert found.scope.total == User.objects.visible_to(hr, CAPABILITY).active().count()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KAB-CONTOH.LOKET", "Apa saja"),
        ("1.02", "Apa saja"),
        ("loket", "Apa saja"),
        ("x", "Bidang Layanan"),
        ("x", "BIDANG  LAYANAN"),
        ("x", "Bidang Layanann"),
    ],
)
def test_a_new_unit_like_another_asks_for_its_number(world, hr, now, code, name):
    for known, title in [
        ("kab-contoh.loket", "Loket"),
        ("01.02", "Keuangan"),
        ("l0ket", "Pelayanan"),
        ("bidang-layanan", "Bidang Layanan"),
    ]:
        actions.create_unit(
            code=known,
            name=title,
            parent=world.office,
            starts_on=TODAY,
            by=None,
            now=now,
        )
    row = make_row(unit_kode=code, unit_nama=name, unit_induk_kode="dinas-percobaan")

    found = plan(row, by=hr)

    assert found.confirmations == asked(units_similar=1)
    assert len(found.similar_units[0].similar) == 1


def test_two_new_units_of_one_file_may_be_one(world, hr):
    rows = [
        make_row(n, unit_kode=code, unit_nama=code, unit_induk_kode="seksi-uji")
        for n, code in enumerate(["07.10", "7.1", "07.11"])
    ]

    assert plan(*rows, by=hr).confirmations == asked(units_similar=1)


def test_a_unit_is_not_compared_with_units_of_others(world, hr, now):
    make_unit(name="Loket Lain", now=now, parent=world.other_agency)
    row = make_row(
        unit_kode="LOKET-LAIN", unit_nama="Loket", unit_induk_kode="seksi-uji"
    )

    assert plan(row, by=hr).number_to_confirm == 0
    assert plan(row, by=None).confirmations == asked(units_similar=1)


def test_a_unit_that_gets_the_name_of_another_is_asked_for(world, hr, now):
    make_unit(name="Bidang Layanan", now=now, parent=world.office)
    row = row_of(world.people["learner"], unit_nama="Bidang Layanan")

    assert plan(row, by=hr).confirmations == asked(units_similar=1)


def test_a_sheet_of_which_one_column_was_sorted_is_noticed(world, hr, now):
    names = ("Ani Wijaya", "Budi Santoso", "Citra Lestari")
    people = [make_person(unit=world.section, now=now, name=name) for name in names]

    found = plan(
        *(
            row_of(person, nama=name)
            for person, name in zip(people, [*names[1:], names[0]], strict=True)
        ),
        by=hr,
    )

    assert found.confirmations == asked(people_renamed=3)


def test_addresses_that_were_sorted_alone_are_noticed(world, hr, now):
    """Whoever gets somebody's address gets her way in by "Lupa kata sandi"."""
    addresses = [f"{name}@contoh.example" for name in ("ani", "budi", "citra")]
    people = [
        make_person(unit=world.section, now=now, email=email) for email in addresses
    ]
    new = make_row(9, nama="Dewi", email_dinas=addresses[0])
    away = row_of(people[0], email_dinas="ani.baru@contoh.example")

    sorted_alone = plan(
        *(
            row_of(person, email_dinas=email)
            for person, email in zip(
                people, [*addresses[1:], addresses[0]], strict=True
            )
        ),
        by=hr,
    )

    assert sorted_alone.confirmations == asked(people_readdressed=3)
    assert plan(away, new, by=hr).confirmations == asked(people_readdressed=1)
    assert plan(away, by=hr).number_to_confirm == 0


def test_a_sheet_of_last_year_is_noticed(world, hr, now):
    moved, promoted, resting = (
        make_person(unit=world.section, now=now, golongan="III/a") for _ in range(3)
    )
    last_year = [row_of(one, golongan="III/a") for one in (moved, promoted, resting)]
    actions.move_person(
        person=moved, unit=world.office, starts_on=TODAY, by=None, now=now
    )
    User.objects.filter(pk=promoted.pk).update(golongan="III/b")
    actions.set_active(person=resting, is_active=False, by=None, now=now)

    found = plan(*({**row, "aktif": "ya"} for row in last_year), by=hr)

    assert found.confirmations == asked(people_returning=3)


def test_a_unit_that_everybody_leaves_is_noticed(world, hr, now):
    people = [make_person(unit=world.section, now=now) for _ in range(3)]
    everybody = [*people, world.people["learner"]]
    away = {"unit_kode": "dinas-percobaan", "unit_nama": "Dinas Percobaan"}
    rows = [row_of(person, **away) for person in everybody]

    found = plan(*rows, by=hr)

    assert found.confirmations == asked(units_emptied=1)
    assert [(one.unit.code, one.people) for one in found.emptied] == [("seksi-uji", 4)]
    assert plan(*rows[1:], by=hr).number_to_confirm == 0
    assert plan(*rows, make_row(1), by=hr).number_to_confirm == 0
    rows[0] = row_of(everybody[0], aktif="tidak")
    assert plan(*rows, by=hr).confirmations == asked(
        people_deactivated=1, units_emptied=1
    )


def test_a_unit_that_goes_back_is_noticed(world, hr, now):
    bureau = make_unit(name="Biro", now=now, parent=world.office)
    actions.place_unit(
        unit=world.section, parent=bureau, starts_on=TODAY, by=None, now=now
    )
    row = row_of(world.people["learner"], unit_induk_kode=world.office.code)

    assert plan(row, by=hr).confirmations == asked(units_returning=1)
