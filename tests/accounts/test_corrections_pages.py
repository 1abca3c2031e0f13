"""HR's pages of corrections: shown first, then applied; nothing of other units."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import AuditRecord, NumberCorrection, UnitMembership
from tests.accounts.people_sheets import TODAY, apply, nip_of, row_of
from tests.factories import make_person
from tests.queries import count_queries, queries_in

NUMBERS = reverse("accounts:number_correction")
DAYS = reverse("accounts:move_day_correction")
NOV1 = date(2026, 11, 1)


@pytest.fixture
def client(client_as):
    """The HR person of the office, signed in."""
    return client_as("hr")


@pytest.fixture
def slip(world, learner, now):
    """A sheet gave the learner somebody else's number; what a form says of it."""
    right = learner.nip
    apply(
        row_of(learner, nip=nip_of(5), nip_lama=right), by=world.people["hr"], now=now
    )
    return {"keliru": nip_of(5), "benar": right, "alasan": "SK 7/2026 orang lain"}


def text(response) -> str:
    """Return the page without its line breaks."""
    return " ".join(response.content.decode().split())


# --- numbers -------------------------------------------------------------------------
def test_a_number_is_shown_and_then_corrected(client, learner, slip):
    shown = text(client.post(NUMBERS, slip))
    assert learner.full_name in shown
    assert "Terapkan pembetulan" in shown
    assert not NumberCorrection.objects.exists()

    answer = client.post(NUMBERS, {**slip, "langkah": "terapkan"}, follow=True)

    learner.refresh_from_db()
    assert learner.nip == slip["benar"]
    page = text(answer)
    assert "Nomor dibetulkan" in page
    assert slip["alasan"] in page
    assert answer.redirect_chain == [(NUMBERS, 302)]


def test_pressed_twice_a_number_is_corrected_once(client, learner, slip):
    for _twice in range(2):
        answer = client.post(NUMBERS, {**slip, "langkah": "terapkan"}, follow=True)
        assert "Nomor dibetulkan." in text(answer)
        assert "tidak tercatat" not in text(answer)

    assert NumberCorrection.objects.count() == 1
    # Asked for once more it is no longer hers.
    assert "tidak tercatat" in text(client.post(NUMBERS, slip))


def test_what_was_typed_comes_back_to_be_changed(client, slip):
    page = text(client.post(NUMBERS, {**slip, "langkah": "ubah"}))

    assert f'value="{slip["keliru"]}"' in page
    assert slip["alasan"] in page
    assert "Terapkan pembetulan" not in page


def test_spaces_of_a_number_do_not_matter(client, slip):
    spaced = f"{slip['keliru'][:8]} {slip['keliru'][8:14]} {slip['keliru'][14:]}"

    page = text(client.post(NUMBERS, {**slip, "keliru": spaced}))
    assert "Terapkan pembetulan" in page


def test_a_refusal_is_told_on_the_form(client, learner, slip):
    said = {**slip, "benar": "123", "langkah": "terapkan"}

    page = text(client.post(NUMBERS, said))

    assert "Terapkan pembetulan" not in page
    assert slip["alasan"] in page
    learner.refresh_from_db()
    assert learner.nip == nip_of(5)


def test_people_of_other_units_and_oneself_are_not_known(client, world):
    for person in (world.outsider, world.people["hr"]):
        page = text(
            client.post(
                NUMBERS,
                {"keliru": person.nip, "benar": nip_of(3), "alasan": "SK"},
            )
        )
        assert "tidak tercatat untuk pegawai di unit Anda" in page
        assert "Terapkan pembetulan" not in page


def test_corrections_of_other_units_are_not_listed(client, client_as, world, now):
    actions.correct_number(
        person_id=world.outsider.pk,
        wrong=world.outsider.nip,
        right=nip_of(3),
        reason="SK di tempat lain",
        by=None,
        now=now,
    )

    assert "SK di tempat lain" not in text(client.get(NUMBERS))


def correct_many(world, now, numbers):
    """Correct the numbers of so many people."""
    for number in numbers:
        person = make_person(unit=world.section, now=now)
        actions.correct_number(
            person_id=person.pk,
            wrong=person.nip,
            right=nip_of(number),
            reason="SK",
            by=world.people["hr"],
            now=now,
        )


def test_the_list_costs_the_same_for_few_and_many(client, world, now):
    correct_many(world, now, range(3))
    few = count_queries(client, NUMBERS)
    correct_many(world, now, range(3, 60))

    assert count_queries(client, NUMBERS) == few
    assert "Berikutnya" in text(client.get(NUMBERS))


# --- days ----------------------------------------------------------------------------
@pytest.fixture
def moved(world, learner, now):
    """The learner moved within the office, and the day was another one."""
    actions.move_person(
        person=learner, unit=world.office, starts_on=TODAY, by=None, now=now
    )
    return {
        "unit": world.office.code,
        "keliru": TODAY.isoformat(),
        "benar": NOV1.isoformat(),
        "alasan": "SK 9/2026 salah ketik",
    }


def test_a_day_is_shown_and_then_corrected(client, learner, moved):
    shown = text(client.post(DAYS, moved))
    assert learner.full_name in shown
    assert "ketik 1" in shown
    rows = UnitMembership.objects.filter(person=learner)
    assert rows.count() == 2

    answer = client.post(
        DAYS, {**moved, "jumlah": "1", "langkah": "terapkan"}, follow=True
    )

    assert rows.filter(starts_on=NOV1).exists()
    page = text(answer)
    assert "Tanggal dibetulkan." in page
    assert moved["alasan"] in page


@pytest.mark.parametrize("typed", ["", "2", "satu"])
def test_another_number_applies_nothing(client, learner, moved, typed):
    page = text(client.post(DAYS, {**moved, "jumlah": typed, "langkah": "terapkan"}))

    assert "Jumlahnya tidak sama" in page
    assert UnitMembership.objects.filter(person=learner).count() == 2


def test_pressed_twice_a_day_is_corrected_once(client, learner, moved):
    said = {**moved, "jumlah": "1", "langkah": "terapkan"}
    for _twice in range(2):
        answer = text(client.post(DAYS, said, follow=True))
        assert "Tanggal dibetulkan." in answer
        assert "Jumlahnya tidak sama" not in answer

    assert AuditRecord.objects.filter(verb="accounts.moves.redated").count() == 1


def test_a_day_without_a_move_is_told(client, moved):
    page = text(client.post(DAYS, {**moved, "keliru": "2026-10-10"}))

    assert "Tidak ada perpindahan dengan tanggal itu" in page
    assert "Terapkan pembetulan" not in page


def test_a_conflict_is_told_and_cannot_be_applied(client, world, moved, now):
    guest = make_person(unit=world.other_agency, now=now)
    actions.move_person(
        person=guest, unit=world.office, starts_on=TODAY, by=None, now=now
    )

    page = text(client.post(DAYS, moved))

    assert "unit yang tidak Anda kelola" in page
    assert "Terapkan pembetulan" not in page


def test_a_day_to_come_is_told_on_the_form(client, moved):
    ahead = (TODAY + timedelta(days=4)).isoformat()
    said = {**moved, "benar": ahead, "jumlah": "1", "langkah": "terapkan"}

    assert "Tanggal ini belum tiba" in text(client.post(DAYS, said))


def test_units_of_others_are_not_known(client, world, moved):
    page = text(client.post(DAYS, {**moved, "unit": world.other_agency.code}))

    assert "Tidak ada unit dengan kode ini" in page


def test_the_preview_costs_the_same_for_few_and_many(client, world, now, moved):
    def move_many(count):
        for _ in range(count):
            person = make_person(unit=world.section, now=now)
            actions.move_person(
                person=person, unit=world.office, starts_on=TODAY, by=None, now=now
            )

    move_many(3)
    client.post(DAYS, moved)
    few = queries_in(lambda: client.post(DAYS, moved))
    move_many(60)

    assert queries_in(lambda: client.post(DAYS, moved)) == few
    assert "Daftarnya dipotong" in text(client.post(DAYS, moved))
