"""The plan: units that are made, changed and moved."""

from datetime import date

import pytest

from accounts.people_import.plan import Change, ImportOptions
from tests.accounts.people_sheets import (
    codes,
    counts,
    make_row,
    nip_of,
    plan,
    row_of,
)
from tests.factories import make_person, make_unit

OUTSIDE = "DI_LUAR_UNIT"


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def new_unit(**over):
    """Return a row in a unit that is not there yet."""
    return make_row(
        **{
            "unit_kode": "seksi-baru",
            "unit_nama": "Seksi Baru",
            "unit_induk_kode": "dinas-percobaan",
            **over,
        }
    )


def test_a_new_unit_is_made_under_its_parent(hr):
    found = plan(new_unit(), by=hr)

    (unit,) = found.units
    assert unit.parent
    assert (unit.is_new, unit.parent.name) == (True, "Dinas Percobaan")
    assert found.counts == counts(people_new=1, units_new=1)


def test_parents_come_before_their_children_whatever_the_order_of_the_rows(hr):
    found = plan(
        new_unit(unit_kode="c", unit_nama="C", unit_induk_kode="b"),
        {"unit_kode": "b", "unit_nama": "B", "unit_induk_kode": "a"},
        {"unit_kode": "a", "unit_nama": "A", "unit_induk_kode": "seksi-uji"},
        by=hr,
    )

    assert [unit.unit.code for unit in found.units] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("over", "column", "code"),
    [
        ({"unit_nama": ""}, "unit_nama", "UNIT_TANPA_NAMA"),
        ({"unit_induk_kode": ""}, "unit_induk_kode", "UNIT_TANPA_INDUK"),
        (
            {"unit_induk_kode": "tidak-ada"},
            "unit_induk_kode",
            "UNIT_INDUK_TIDAK_DIKENAL",
        ),
        ({"unit_induk_kode": "dinas-lain"}, "unit_induk_kode", OUTSIDE),
        ({"unit_induk_kode": "kabupaten-contoh"}, "unit_induk_kode", OUTSIDE),
    ],
)
def test_a_unit_that_cannot_be_made_refuses_its_rows(hr, over, column, code):
    found = plan(new_unit(**over), by=hr)

    assert codes(found) == [(2, column, code)]
    assert found.units == ()


def test_a_unit_without_people_is_refused_at_its_own_row(hr):
    found = plan({"unit_kode": "x", "unit_nama": "X"}, by=hr)

    assert codes(found) == [(2, "unit_induk_kode", "UNIT_TANPA_INDUK")]


def test_every_row_of_a_refused_unit_is_refused(hr):
    found = plan(
        new_unit(unit_induk_kode="dinas-lain"),
        make_row(2, unit_kode="seksi-baru"),
        make_row(3),
        make_row(4, unit_kode="d", unit_nama="D", unit_induk_kode="seksi-baru"),
        by=hr,
    )

    assert [row for row, _column, _code in codes(found)] == [2, 3, 5]
    assert found.refused_rows == 3


def test_the_system_may_make_a_unit_at_the_top(world):
    found = plan(new_unit(unit_induk_kode=""), by=None)

    assert found.units[0].parent is None
    assert codes(found) == []


def test_a_new_name_or_zone_is_a_change_of_the_unit(world, hr):
    found = plan(
        row_of(world.people["learner"], unit_nama="Seksi Pengujian", zona_waktu="WIT"),
        by=hr,
    )

    assert found.units[0].changes == (
        Change("unit_name", "Seksi Uji", "Seksi Pengujian"),
        Change("time_zone", "Asia/Jakarta", "Asia/Jayapura"),
    )
    assert found.counts == counts(people_unchanged=1, units_changed=1)


def test_the_parent_where_a_unit_stands_is_no_move_even_outside_her_units(world, hr):
    found = plan(row_of(hr, unit_induk_kode="kabupaten-contoh"), by=hr)

    assert found.is_empty


def test_another_parent_moves_the_unit(world, hr, now):
    make_unit(name="Bidang", now=now, parent=world.office)

    found = plan(row_of(world.people["learner"], unit_induk_kode="bidang"), by=hr)

    (unit,) = found.units
    assert unit.is_moved
    assert unit.parent_before
    assert unit.parent
    assert (unit.parent_before.code, unit.parent.code) == ("dinas-percobaan", "bidang")


@pytest.mark.parametrize("parent", ["dinas-lain", "kabupaten-contoh"])
def test_a_unit_cannot_be_given_away(world, hr, parent):
    found = plan(row_of(world.people["learner"], unit_induk_kode=parent), by=hr)

    assert codes(found) == [(2, "unit_induk_kode", OUTSIDE)]


def test_a_unit_cannot_stand_under_itself(world):
    found = plan(
        row_of(world.people["hr"], unit_induk_kode="seksi-uji"),
        by=None,
    )

    assert codes(found) == [(2, "unit_induk_kode", "UNIT_MELINGKAR")]


def test_a_unit_cannot_stand_under_one_far_below_it(world):
    top = {
        "unit_kode": "kabupaten-contoh",
        "unit_nama": "Kabupaten Contoh",
        "unit_induk_kode": "seksi-uji",
    }

    assert codes(plan(top, by=None)) == [(2, "unit_induk_kode", "UNIT_MELINGKAR")]


def test_new_units_cannot_stand_under_each_other(hr):
    found = plan(
        new_unit(unit_kode="a", unit_nama="A", unit_induk_kode="b"),
        new_unit(nip=nip_of(2), unit_kode="b", unit_nama="B", unit_induk_kode="a"),
        by=hr,
    )

    assert {code for _row, _column, code in codes(found)} == {"UNIT_MELINGKAR"}


def test_two_units_may_change_places(world, hr, now):
    lower = make_unit(name="Subseksi", now=now, parent=world.section)
    person = make_person(unit=lower, now=now)

    found = plan(
        row_of(person, unit_induk_kode="dinas-percobaan"),
        row_of(world.people["learner"], unit_induk_kode="subseksi"),
        by=hr,
    )

    assert codes(found) == []
    assert [unit.unit.code for unit in found.units] == ["subseksi", "seksi-uji"]


def test_a_tree_that_is_too_deep_is_refused(hr):
    rows = [
        {
            "unit_kode": f"u{level}",
            "unit_nama": f"U{level}",
            "unit_induk_kode": f"u{level - 1}" if level else "seksi-uji",
        }
        for level in range(18)
    ]

    assert codes(plan(*rows, by=hr)) == [(19, "unit_induk_kode", "UNIT_TERLALU_DALAM")]
    assert codes(plan(*rows[:17], by=hr)) == []


def test_a_unit_that_has_ended_takes_nobody(world, hr):
    world.section.is_active = False
    world.section.save(update_fields=["is_active"])

    assert codes(plan(make_row(), by=hr)) == [(2, "unit_kode", "UNIT_TIDAK_AKTIF")]


def test_a_move_of_a_unit_before_a_later_one_is_refused(world, hr, now):
    make_unit(name="Bidang", now=now, parent=world.office)
    row = row_of(world.people["learner"], unit_induk_kode="bidang")

    early = plan(row, by=hr, options=ImportOptions(date(2025, 12, 31)))

    assert codes(early) == [(2, "unit_induk_kode", "TANGGAL_PINDAH")]
    assert codes(plan(row, by=hr)) == []
