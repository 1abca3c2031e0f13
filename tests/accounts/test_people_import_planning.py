"""The plan: what would change, and whom HR may touch."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.models import User
from accounts.people_import.columns import CLEARABLE
from accounts.people_import.plan import Change, ImportOptions
from accounts.people_import.planning import plan_import
from accounts.people_import.stored import CAPABILITY
from tests.accounts.people_sheets import (
    OPTIONS,
    SEVENTEEN,
    TODAY,
    apply,
    codes,
    make_row,
    make_sheet,
    nip_of,
    plan,
    row_of,
    warning_codes,
)
from tests.factories import make_person, make_unit

OUTSIDE = "DI_LUAR_UNIT"
EVERYTHING = ImportOptions(TODAY, deactivate_missing=True)


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def counts(**over):
    """Return the figures of a plan, zero where nothing is said."""
    names = (
        *("people_new", "people_changed", "people_moved", "people_activated"),
        *("people_deactivated", "people_unchanged", "units_new", "units_changed"),
        *("units_moved", "rows_refused", "people_renumbered"),
    )
    return {**dict.fromkeys(names, 0), **over}


# --- people ------------------------------------------------------------------------
def test_a_number_nobody_carries_is_a_new_person(hr):
    found = plan(make_row(gelar_belakang="S.Sos."), by=hr)

    (person,) = found.new_people
    assert (person.name, person.unit.code) == ("Budi Contoh, S.Sos.", "seksi-uji")
    assert found.counts == counts(people_new=1)


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


def test_a_new_number_is_the_same_person_where_the_former_is_named(world, hr, now):
    person = world.people["learner"]

    found = plan(row_of(person, nip=nip_of(5), nip_lama=person.nip), by=hr)

    (one,) = found.renumbered_people
    assert (one.person_id, one.nip, one.nip_before) == (
        person.pk,
        nip_of(5),
        person.nip,
    )
    assert found.counts == counts(people_renumbered=1)
    assert found.confirmations == asked(people_renumbered=1)


@pytest.mark.parametrize("written", ["{0}", "'{0}", "{0:.8} {1}"])
def test_a_former_number_is_read_as_people_write_it(world, hr, now, written):
    person = world.people["learner"]
    text = written.format(person.nip, person.nip[8:])

    found = plan(row_of(person, nip=nip_of(5), nip_lama=text), by=hr)

    assert [one.person_id for one in found.renumbered_people] == [person.pk]


def test_a_number_of_long_ago_leads_to_the_person_too(world, hr, now):
    person = world.people["learner"]
    first = person.nip
    apply(row_of(person, nip_lama="131234567"), by=hr, now=now)
    actions.change_number(
        person=person, nip=nip_of(5), starts_on=TODAY, by=None, now=now
    )

    for old in (first, "131234567", nip_of(5)):
        found = plan(row_of(person, nip=nip_of(6), nip_lama=old), by=hr)
        assert [one.person_id for one in found.renumbered_people] == [person.pk]


def test_who_has_the_name_and_birth_date_of_another_is_asked_for(world, hr, now):
    person = make_person(unit=world.section, now=now, name="Nur’aini  Putri")
    number = f"{person.nip[:8]}2023212901"
    row = {
        **make_row(nip=number, nama="NURAINI PUTRI"),
        "status_kepegawaian": "PPPK",
    }

    for name in ("NURAINI PUTRI", "Nuraini", "Putri Nur'aini", "Nuraini Putry"):
        assert codes(plan({**row, "nama": name}, by=hr)) == [
            (2, "nip_lama", "ORANG_SAMA")
        ]
    assert codes(plan({**row, "nama": "Nuraini Dewi"}, by=hr)) == []
    later = {**row, "nip": f"19900117{number[8:]}"}
    assert codes(plan(later, by=hr)) == []
    other = plan({**row, "nip_lama": "Tidak ada"}, by=hr)
    same = plan({**row, "nip_lama": str(person.nip)}, by=hr)
    assert (len(other.new_people), len(other.renumbered_people)) == (1, 0)
    assert (len(same.new_people), len(same.renumbered_people)) == (0, 1)


def test_the_question_is_the_same_for_somebody_of_another_agency(world, hr, now):
    outsider = world.outsider
    number = f"{outsider.nip[:8]}2016031955"
    row = make_row(nip=number, nama=outsider.name)

    found = plan(row, by=hr)

    assert codes(found) == [(2, "nip_lama", "ORANG_SAMA")]
    assert codes(plan({**row, "nip_lama": outsider.nip}, by=hr)) == [
        (2, "nip", OUTSIDE)
    ]


def test_two_numbers_of_one_person_in_a_file_are_asked_for(hr):
    first = make_row(1)
    second = make_row(nip=f"{first['nip'][:8]}2016032955")

    assert codes(plan(first, second, by=hr)) == [(3, "nip_lama", "ORANG_SAMA")]


def test_an_address_of_another_number_asks_whether_it_has_changed(world, hr, now):
    make_person(unit=world.section, now=now, email="a@contoh.example")

    (finding,) = plan(make_row(email_dinas="a@contoh.example"), by=hr).errors

    assert (finding.column, finding.code) == ("email_dinas", "SUREL_DIPAKAI")
    assert "nip_lama" in finding.message


def test_two_rows_about_one_person_are_refused(world, hr, now):
    person = world.people["learner"]

    found = plan(
        row_of(person), row_of(person, nip=nip_of(5), nip_lama=person.nip), by=hr
    )

    assert codes(found) == [(3, "nip_lama", "NIP_GANDA")]


def test_two_accounts_are_not_one(world, hr, now):
    other = make_person(unit=world.section, now=now)

    found = plan(row_of(other, nip_lama=world.people["learner"].nip), by=hr)

    assert codes(found) == [(2, "nip_lama", "NIP_DUA_AKUN")]


def test_a_column_of_former_numbers_that_slipped_is_refused(world, hr, now):
    person = make_person(unit=world.section, now=now, name="Citra Lestari")
    row = make_row(7, nama="Dewi Anggraini", nip_lama=person.nip)

    assert codes(plan(row, by=hr)) == [(2, "nip_lama", "NIP_LAMA_TIDAK_COCOK")]


def test_an_unknown_former_number_is_told_and_kept(hr, now):
    found = plan(make_row(nip_lama="131234567"), by=hr)

    assert warning_codes(found) == [(2, "nip_lama", "NIP_LAMA_BARU")]
    assert found.new_people[0].former_nips == ("131234567",)


def test_only_admins_change_the_number_of_people_with_a_role(world, hr, now):
    author = make_person(unit=world.section, now=now)
    actions.assign_role(
        person=author, unit=world.agency, role="author", by=None, now=now
    )
    row = row_of(author, nip=nip_of(5), nip_lama=author.nip)

    assert codes(plan(row, by=hr)) == [(2, "nip", "PEMEGANG_PERAN")]
    assert codes(plan(row, by=world.people["admin"])) == []


def test_a_former_number_is_refused(world, hr, now):
    person = make_person(unit=world.section, now=now)
    former, person.nip = str(person.nip), nip_of(77)
    person.save(update_fields=["nip"])

    assert codes(plan(make_row(nip=former), by=hr)) == [(2, "nip", "NIP_LAMA")]


def test_test_numbers_are_refused_where_they_are_not_allowed(hr, settings):
    settings.ELEARNING_ALLOW_TEST_NIP = False

    assert codes(plan(make_row(), by=hr)) == [(2, "nip", "NIP_UJI")]
    assert codes(plan(make_row(nip="199001172015042001"), by=hr)) == []


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


# --- scope -------------------------------------------------------------------------
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


# --- units -------------------------------------------------------------------------
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


# --- absence -----------------------------------------------------------------------
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


# --- what is confirmed by its number -----------------------------------------------
def asked(**over):
    """Return what a plan asks to be confirmed, nothing where nothing is said."""
    names = (
        *("people_deactivated", "units_emptied", "units_similar"),
        "units_returning",
        *("people_renumbered", "people_renamed", "people_readdressed"),
        "people_returning",
    )
    return {**dict.fromkeys(names, 0), **over}


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


# --- the digest and the cost -------------------------------------------------------
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
