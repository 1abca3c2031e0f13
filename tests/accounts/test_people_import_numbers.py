"""The plan: people whose number has changed, and who may be somebody else."""

import pytest

from accounts import actions
from tests.accounts.people_sheets import (
    TODAY,
    apply,
    asked,
    codes,
    counts,
    make_row,
    nip_of,
    plan,
    row_of,
    warning_codes,
)
from tests.factories import make_person

OUTSIDE = "DI_LUAR_UNIT"


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def test_a_number_nobody_carries_is_a_new_person(hr):
    found = plan(make_row(gelar_belakang="S.Sos."), by=hr)

    (person,) = found.new_people
    assert (person.name, person.unit.code) == ("Budi Contoh, S.Sos.", "seksi-uji")
    assert found.counts == counts(people_new=1)


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
