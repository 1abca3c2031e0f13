"""The plan: who is not in the file."""

import pytest

from accounts import actions
from accounts.people_import.plan import ImportOptions
from tests.accounts.people_sheets import (
    TODAY,
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


def test_absence_means_nothing_unless_it_was_ticked(world, hr):
    row = make_row()

    assert plan(row, by=hr).missing == ()
    assert [one.name for one in plan(row, by=hr, options=EVERYTHING).missing] == [
        "Sari Percobaan"
    ]


def test_absence_is_noticed_in_the_units_of_the_file_only(world, hr, now):
    make_person(unit=world.office, now=now, name="Di atas")
    below = make_unit(name="Subseksi", now=now, parent=world.section)
    make_person(unit=below, now=now, name="Di bawah")

    found = plan(make_row(), by=hr, options=EVERYTHING)

    assert {one.name for one in found.missing} == {"Sari Percobaan"}
    assert found.scope.untouched == 1


def test_a_file_of_one_row_at_the_top_leaves_the_tree_alone(world, hr, now):
    for n in range(30):
        make_person(unit=world.section, now=now, name=f"Pegawai {n}")

    found = plan(row_of(hr), by=hr, options=EVERYTHING)

    assert found.missing == ()
    assert found.scope.untouched == 31


def test_absence_spares_the_person_herself_and_people_with_a_role(world, hr, now):
    author = make_person(unit=world.section, now=now, name="Penyusun")
    actions.assign_role(
        person=author, unit=world.agency, role="author", by=None, now=now
    )
    rows = [make_row(), make_row(2, unit_kode="dinas-percobaan", unit_nama="")]

    of_hr = plan(*rows, by=hr, options=EVERYTHING).missing
    of_system = plan(*rows, by=None, options=EVERYTHING).missing
    of_admin = plan(*rows, by=world.people["admin"], options=EVERYTHING).missing

    assert {one.name for one in of_hr} == {"Sari Percobaan"}
    assert of_system == of_hr
    assert {one.name for one in of_admin} >= {"Sari Percobaan", "Penyusun"}


def test_people_who_are_inactive_already_are_not_missing(world, hr, now):
    actions.set_active(
        person=world.people["learner"], is_active=False, by=None, now=now
    )

    assert plan(make_row(), by=hr, options=EVERYTHING).missing == ()
