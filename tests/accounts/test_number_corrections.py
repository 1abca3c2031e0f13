"""A number that a sheet gave to the wrong person is put right, and stays findable."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import actions, numbers
from accounts.exceptions import NumberNotCorrected, PersonNotAccepted
from accounts.models import AuditRecord, NumberCorrection, PersonIdentifier, User
from accounts.people_import.planning import plan_import
from tests.accounts.people_sheets import (
    OPTIONS,
    TODAY,
    apply,
    make_row,
    make_sheet,
    nip_of,
    row_of,
)
from tests.factories import make_person

WHY = "SK 7/2026 milik orang lain"


@pytest.fixture
def hr(world):
    return world.people["hr"]


@pytest.fixture
def slip(world, learner, hr, now):
    """A sheet gave the learner a number that is somebody else's; the right one."""
    right = learner.nip
    apply(row_of(learner, nip=nip_of(5), nip_lama=right), by=hr, now=now)
    learner.refresh_from_db()
    assert learner.nip == nip_of(5)
    return right


def correct(person, wrong, right, now, *, reason=WHY, by=None):
    """Put a number right."""
    return actions.correct_number(
        person_id=person.pk, wrong=wrong, right=right, reason=reason, by=by, now=now
    )


def test_the_number_of_before_holds_again(learner, hr, slip, now):
    done = correct(learner, nip_of(5), slip, now, by=hr)

    learner.refresh_from_db()
    assert (learner.nip, learner.identity_kind) == (slip, "NIP")
    assert (done.identifier.value, done.right.value) == (nip_of(5), slip)
    assert (done.reason, done.by, done.corrected_at) == (WHY, hr, now)
    record = AuditRecord.objects.latest("pk")
    assert record.verb == "accounts.person.number_corrected"
    assert (record.actor_id, record.object_id) == (hr.pk, learner.pk)
    assert record.detail == {"correction": done.pk}


def test_another_number_holds_from_the_same_day_on(learner, slip, now):
    done = correct(learner, nip_of(5), nip_of(6), now)

    learner.refresh_from_db()
    assert learner.nip == nip_of(6)
    assert done.right.starts_on == done.identifier.starts_on == TODAY


def test_she_is_found_by_both_numbers_and_signs_in_with_the_right_one(
    learner, slip, now
):
    correct(learner, nip_of(5), slip, now)

    for number in (nip_of(5), slip):
        assert list(User.objects.all().numbered(number)) == [learner]
    assert list(User.objects.all().signing_in_as(slip)) == [learner]
    assert not User.objects.all().signing_in_as(nip_of(5)).exists()


def test_whoever_the_number_belongs_to_gets_it(world, learner, hr, slip, now):
    correct(learner, nip_of(5), slip, now)

    apply(make_row(5, nama="Citra Lestari"), by=hr, now=now)

    owner = User.objects.get(nip=nip_of(5))
    assert owner != learner
    # Nobody else may have it from now on.
    assert numbers.is_taken(nip_of(5))
    with pytest.raises(PersonNotAccepted, match="NIP_GANDA"):
        correct(learner, slip, nip_of(5), now)
    assert set(User.objects.all().numbered(nip_of(5))) == {owner, learner}


def test_two_at_once_never_get_one_number(world, learner, slip, now):
    other = make_person(unit=world.section, now=now)
    correct(learner, nip_of(5), slip, now)
    numbers.note_numbers([(other.pk, "NIP", nip_of(5), TODAY)])

    # As the second of two would, who found the number free a moment ago.
    with pytest.raises(IntegrityError), transaction.atomic():
        numbers.note_numbers([(learner.pk, "NIP", nip_of(5), TODAY)])


def test_the_sheet_of_before_does_not_bring_the_slip_back(learner, hr, slip, now):
    row = row_of(learner, nip=nip_of(5), nip_lama=slip)
    correct(learner, nip_of(5), slip, now)

    plan = plan_import(make_sheet(row), options=OPTIONS, by=hr)

    assert [one.code for one in plan.errors] == ["NIP_DIBETULKAN"]


def test_a_former_number_may_be_taken_away_without_another(learner, hr, now):
    apply(row_of(learner, nip_lama=nip_of(9)), by=hr, now=now)
    before = learner.nip

    correct(learner, nip_of(9), "", now)

    learner.refresh_from_db()
    assert learner.nip == before
    assert not numbers.is_taken(nip_of(9))
    assert list(User.objects.all().numbered(nip_of(9))) == [learner]


def test_a_correction_can_be_corrected(learner, slip, now):
    correct(learner, nip_of(5), slip, now)

    correct(learner, slip, nip_of(5), now + timedelta(hours=1), reason="SK asli")

    learner.refresh_from_db()
    assert learner.nip == nip_of(5)
    rows = PersonIdentifier.objects.filter(person=learner, value=nip_of(5))
    assert list(rows.order_by("turn").values_list("turn", flat=True)) == [0, 1]
    assert list(User.objects.all().numbered(nip_of(5))) == [learner]


def test_said_twice_it_is_done_once(learner, slip, now):
    first = correct(learner, nip_of(5), slip, now)

    again = correct(learner, nip_of(5), slip, now + timedelta(minutes=1))

    assert again == first
    assert NumberCorrection.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "right", "reason", "code"),
    [
        ("{now}", "{before}", "  ", "no_reason"),
        ("{now}", "{now}", WHY, "same"),
        ("{now}", "", WHY, "right_missing"),
        ("{unknown}", "{before}", WHY, "not_hers"),
        ("{now}", "123", WHY, "NIP_PANJANG"),
        ("{now}", "{theirs}", WHY, "NIP_GANDA"),
    ],
)
def test_what_cannot_be_right_is_refused(
    world, learner, slip, now, wrong, right, reason, code
):
    said = {
        "now": nip_of(5),
        "before": slip,
        "unknown": nip_of(77),
        "theirs": world.people["author"].nip,
    }

    with pytest.raises((NumberNotCorrected, PersonNotAccepted)) as refused:
        correct(learner, wrong.format(**said), right.format(**said), now, reason=reason)

    assert refused.value.code == code
    assert NumberCorrection.objects.count() == 0
    learner.refresh_from_db()
    assert learner.nip == nip_of(5)


def test_nothing_of_it_is_left_of_whoever_is_anonymised(world, learner, slip, now):
    correct(learner, nip_of(5), slip, now)

    actions.anonymise_person(
        person=learner, by=world.people["admin"], now=now, reason="Permintaan"
    )

    assert not NumberCorrection.objects.exists()
    assert not PersonIdentifier.objects.filter(value__in=[slip, nip_of(5)]).exists()
