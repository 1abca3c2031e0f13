"""HR's verbs about one person: whose way in is whose to touch, and the last admin."""

from datetime import UTC, date, timedelta

import pytest

from accounts import actions
from accounts.access import as_of
from accounts.actions import PersonContent, by_hand
from accounts.exceptions import (
    MoveNotDated,
    PersonNotAccepted,
    PersonNotTouched,
    RoleNotChanged,
)
from accounts.models import AuditRecord, PersonIdentifier, RoleAssignment, User
from tests.factories import make_nip, make_person, make_unit

TODAY = date(2026, 11, 21)
_DAY = "jabatan_starts_on"


@pytest.fixture
def hr(world, now):
    """HR of the office."""
    return as_of(world.people["hr"], now)


@pytest.fixture
def admin(world, now):
    """The agency's only admin."""
    return as_of(world.people["admin"], now)


def content(**over):
    """Return what HR types about somebody new."""
    said = {"nip": make_nip(), "name": "Wati Contoh", "employment_status": "PNS"}
    return PersonContent(**{**said, **over})


def said_of(person, **over):
    """Return what her form says, with what was changed in it."""
    names = set(PersonContent.__dataclass_fields__)
    said = {name: getattr(person, name) or "" for name in names - {_DAY}}
    said[_DAY] = person.jabatan_starts_on
    return PersonContent(**{**said, **over})


def add(hr, world, now, **over):
    """Take somebody in by hand."""
    values = {
        "content": content(),
        "unit_id": world.section.pk,
        "starts_on": TODAY,
        "is_somebody_else": False,
        "by": hr,
        "now": now,
    }
    return by_hand.add_person(**{**values, **over})


def refusal(error):
    """Return the code of a refusal."""
    return error.value.code


# --- adding --------------------------------------------------------------------------
def test_who_is_added_twice_by_one_form_is_there_once(hr, world, now):
    said = content(email="wati@contoh.example")

    first = add(hr, world, now, content=said)
    again = add(hr, world, now, content=said)

    assert first == again
    assert first.unit == world.section
    created = AuditRecord.objects.filter(verb="accounts.person.created")
    assert created.filter(object_id=first.pk, actor_id=hr.pk).count() == 1


def test_nobody_is_added_to_a_foreign_or_closed_unit(hr, world, now):
    with pytest.raises(PersonNotTouched) as foreign:
        add(hr, world, now, unit_id=world.other_office.pk)
    world.section.is_active = False
    world.section.save(update_fields=["is_active"])
    with pytest.raises(PersonNotTouched) as closed:
        add(hr, world, now)

    assert (refusal(foreign), refusal(closed)) == ("foreign_unit", "closed_unit")


def test_whose_name_and_birth_date_are_known_is_asked_about(hr, world, now):
    known = make_nip()
    other = known[:8] + "201605" + known[14:]
    add(hr, world, now, content=content(nip=known))

    with pytest.raises(PersonNotTouched) as asked:
        add(hr, world, now, content=content(nip=other, name="WATI CONTOH"))
    assert refusal(asked) == "same_person"

    made = add(hr, world, now, content=content(nip=other), is_somebody_else=True)
    assert made.nip == other


def test_a_number_that_somebody_carried_is_refused(hr, world, learner, now):
    with pytest.raises(PersonNotAccepted):
        add(hr, world, now, content=content(nip=learner.nip), is_somebody_else=True)


# --- details -------------------------------------------------------------------------
def test_details_change_once_and_a_stale_form_is_refused(hr, learner, now):
    seen = by_hand.details_seen(learner)
    new = said_of(learner, jabatan="Analis")

    for expected in (True, False):
        assert expected is by_hand.change_details(
            person_id=learner.pk, content=new, seen=seen, by=hr, now=now
        )
    with pytest.raises(PersonNotTouched) as stale:
        by_hand.change_details(
            person_id=learner.pk,
            content=said_of(learner, jabatan="Arsiparis"),
            seen=seen,
            by=hr,
            now=now,
        )

    assert refusal(stale) == "changed_since"
    learner.refresh_from_db()
    assert learner.jabatan == "Analis"


def test_the_address_of_who_holds_a_role_is_its_admins_to_change(hr, admin, world, now):
    """Or HR could come in as an author by way of a forgotten password."""
    author = make_person(unit=world.section, now=now, name="Penulis Contoh")
    actions.assign_role(
        person=author, unit=world.agency, role="author", by=None, now=now
    )
    said = {
        "person_id": author.pk,
        "content": said_of(author, email="baru@contoh.example"),
        "seen": by_hand.details_seen(author),
        "now": now,
    }

    with pytest.raises(PersonNotTouched) as refused:
        by_hand.change_details(**said, by=hr)
    assert refusal(refused) == "holds_a_role"
    assert by_hand.change_details(**said, by=admin)


def test_an_admin_below_cannot_touch_who_is_admin_above(admin, world, now):
    """The agency's admin may work in a section that has an admin of its own."""
    above = make_person(unit=world.section, now=now, name="Admin Atas")
    below = make_person(unit=world.section, now=now, name="Admin Bawah")
    for person, unit in ((above, world.agency), (below, world.section)):
        actions.assign_role(person=person, unit=unit, role="admin", by=None, now=now)
    below = as_of(User.objects.get(pk=below.pk), now)

    with pytest.raises(PersonNotTouched) as refused:
        by_hand.switch_person(person_id=above.pk, is_active=False, by=below, now=now)

    assert refusal(refused) == "holds_a_role"
    assert by_hand.switch_person(person_id=above.pk, is_active=False, by=admin, now=now)


def test_a_status_that_contradicts_the_number_is_refused(hr, learner, now):
    with pytest.raises(PersonNotAccepted) as refused:
        by_hand.change_details(
            person_id=learner.pk,
            content=said_of(learner, employment_status="PPPK"),
            seen=by_hand.details_seen(learner),
            by=hr,
            now=now,
        )

    assert refusal(refused) == "NIP_TIDAK_COCOK_STATUS"


# --- moving --------------------------------------------------------------------------
def test_who_moves_stays_within_hers_and_after_what_is_noted(hr, world, learner, now):
    def move(unit, day):
        return by_hand.transfer_person(
            person_id=learner.pk, unit_id=unit.pk, starts_on=day, by=hr, now=now
        )

    with pytest.raises(PersonNotTouched) as foreign:
        move(world.other_office, TODAY)
    with pytest.raises(MoveNotDated):
        move(world.office, TODAY + timedelta(days=3))
    assert move(world.office, TODAY)
    assert not move(world.office, TODAY)
    with pytest.raises(PersonNotTouched) as earlier:
        move(world.section, TODAY - timedelta(days=1))

    assert (refusal(foreign), refusal(earlier)) == ("foreign_unit", "later_move")


# --- in and out ----------------------------------------------------------------------
def test_sessions_end_and_do_not_come_back(hr, learner, client_of, now):
    client = client_of(learner)
    assert client.get("/akun/").status_code == 200

    by_hand.switch_person(person_id=learner.pk, is_active=False, by=hr, now=now)
    assert client.get("/akun/").status_code == 302
    by_hand.switch_person(person_id=learner.pk, is_active=True, by=hr, now=now)

    assert client.get("/akun/").status_code == 302


def test_saying_it_twice_changes_nothing(hr, learner, now):
    said = {"person_id": learner.pk, "is_active": False, "by": hr, "now": now}

    assert by_hand.switch_person(**said)
    assert not by_hand.switch_person(**said)

    learner.refresh_from_db()
    assert learner.session_turn == 1


def test_nobody_switches_herself_nor_the_last_admin(admin, world, now):
    root = make_person(unit=world.section, now=now, name="Admin Lain")
    with pytest.raises(PersonNotTouched) as oneself:
        by_hand.switch_person(person_id=admin.pk, is_active=False, by=admin, now=now)
    actions.assign_role(person=root, unit=world.agency, role="admin", by=None, now=now)
    root = as_of(User.objects.get(pk=root.pk), now)
    assert by_hand.switch_person(person_id=admin.pk, is_active=False, by=root, now=now)
    actions.assign_role(
        person=(deputy := make_person(unit=world.section, now=now, name="Wakil")),
        unit=world.agency,
        role="admin",
        by=None,
        now=now,
        ends_at=now + timedelta(days=9),
    )
    deputy = as_of(User.objects.get(pk=deputy.pk), now)

    with pytest.raises(PersonNotTouched) as last:
        by_hand.switch_person(person_id=root.pk, is_active=False, by=deputy, now=now)

    assert (refusal(oneself), refusal(last)) == ("oneself", "last_admin")


# --- numbers -------------------------------------------------------------------------
def test_both_numbers_find_her(hr, learner, now):
    former, new = learner.nip, make_nip()

    said = {"person_id": learner.pk, "nip": new, "starts_on": TODAY}
    assert by_hand.renumber_person(**said, by=hr, now=now)
    assert not by_hand.renumber_person(**said, by=hr, now=now)

    for number in (former, new):
        assert User.objects.all().numbered(number).get() == learner
    assert PersonIdentifier.objects.filter(person=learner).count() == 2


def test_ones_own_number_is_changed_by_another(hr, now):
    with pytest.raises(PersonNotTouched) as refused:
        by_hand.renumber_person(
            person_id=hr.pk, nip=make_nip(), starts_on=TODAY, by=hr, now=now
        )

    assert refusal(refused) == "oneself"


# --- roles ---------------------------------------------------------------------------
def give(admin, person, unit, now, **over):
    """Give a role."""
    said = {"role": "hr", "ends_on": None, "reason": "Surat tugas 4/2026", **over}
    return by_hand.give_role(
        person_id=person.pk, unit_id=unit.pk, by=admin, now=now, **said
    )


def test_a_role_is_given_once_until_another_end(admin, world, learner, now):
    first = give(admin, learner, world.office, now)
    again = give(admin, learner, world.office, now)
    dated = give(admin, learner, world.office, now, ends_on=TODAY)

    assert first == again
    lasting = RoleAssignment.objects.filter(person=learner, ends_at__gt=now)
    assert list(lasting) == [dated]
    # The end of the day where the unit is: midnight in Jakarta.
    assert dated.ends_at.astimezone(UTC).hour == 17
    learner.refresh_from_db()
    assert learner.has_role


def test_roles_are_given_on_ones_own_units_to_who_may_sign_in(
    admin, world, learner, now
):
    with pytest.raises(RoleNotChanged) as foreign:
        give(admin, learner, world.other_office, now)
    with pytest.raises(RoleNotChanged) as over:
        give(admin, learner, world.office, now, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(RoleNotChanged) as groundless:
        give(admin, learner, world.office, now, reason="  ")
    actions.set_active(person=learner, is_active=False, by=None, now=now)
    with pytest.raises(RoleNotChanged) as inactive:
        give(admin, learner, world.office, now)

    codes = [refusal(one) for one in (foreign, over, groundless, inactive)]
    assert codes == ["foreign_unit", "over", "no_reason", "inactive"]


def test_the_last_admin_of_a_unit_stays(admin, world, learner, now):
    mine = admin.role_assignments.get()
    with pytest.raises(RoleNotChanged) as last:
        by_hand.take_role(assignment_id=mine.pk, by=admin, now=now)
    # Neither by a role that ends, nor by one further down.
    give(admin, learner, world.agency, now, role="admin", ends_on=TODAY)
    below = give(admin, learner, world.office, now, role="admin")
    with pytest.raises(RoleNotChanged):
        by_hand.take_role(assignment_id=mine.pk, by=admin, now=now)

    give(admin, learner, world.agency, now, role="admin")
    # Whoever is admin above looks after the unit below.
    for assignment in (below, mine):
        by_hand.take_role(assignment_id=assignment.pk, by=admin, now=now)

    assert refusal(last) == "last_admin"
    assert not RoleAssignment.objects.filter(pk=mine.pk, ends_at=None).exists()


def test_a_role_elsewhere_is_not_taken(admin, world, now):
    other = make_unit(name="Kabupaten Jauh", now=now)
    person = make_person(unit=world.section, now=now)
    held = actions.assign_role(person=person, unit=other, role="hr", by=None, now=now)

    with pytest.raises(RoleNotChanged) as refused:
        by_hand.take_role(assignment_id=held.pk, by=admin, now=now)

    assert refusal(refused) == "foreign_unit"
