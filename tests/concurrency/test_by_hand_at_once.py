"""Two officers at one person, two admins at each other, two decisions about a paper."""

from datetime import date
from uuid import uuid4

import pytest

from accounts import actions
from accounts.access import as_of
from accounts.actions import PersonContent, by_hand, tree
from accounts.models import RoleAssignment, Unit, User
from certificates.models import OutsideDecision
from certificates.outside import actions as outside
from certificates.outside.papers import Paper
from courses.models import JpEntry
from tests.concurrency.together import refusals, same, together
from tests.factories import make_nip, make_person

pytestmark = pytest.mark.postgres
TODAY = date(2026, 11, 21)


@pytest.fixture
def two_admins(stage, now):
    """Two admins of the agency, and nobody above."""
    agency = Unit.objects.get(parent=None, pk=stage.world.agency.pk)
    one = stage.world.people["admin"]
    other = make_person(unit=agency, now=now, name="Admin Kedua")
    actions.assign_role(person=other, unit=agency, role="admin", by=None, now=now)
    return [as_of(User.objects.get(pk=person.pk), now) for person in (one, other)]


def admins() -> int:
    """Return how many may sign in and are admin for good."""
    held = RoleAssignment.objects.filter(role="admin", ends_at=None)
    return held.filter(unit__code="kabupaten-contoh", person__is_active=True).count()


def test_of_two_admins_who_take_each_others_role_one_stays(two_admins, now):
    roles = [one.role_assignments.get(role="admin") for one in two_admins]

    together(
        *(
            lambda by=by, role=role: by_hand.take_role(
                assignment_id=role.pk, by=by, now=now
            )
            for by, role in zip(two_admins, reversed(roles), strict=True)
        )
    )

    assert admins() == 1


def test_of_two_admins_who_switch_each_other_off_one_stays(two_admins, now):
    one, other = two_admins

    together(
        lambda: by_hand.switch_person(
            person_id=other.pk, is_active=False, by=one, now=now
        ),
        lambda: by_hand.switch_person(
            person_id=one.pk, is_active=False, by=other, now=now
        ),
    )

    assert admins() == 1


def test_nobody_is_added_to_a_unit_while_it_is_closed(stage, two_admins, now):
    admin = two_admins[0]
    section = stage.world.section
    people = section.people.count()
    said = PersonContent(nip=make_nip(), name="Wati Baru", employment_status="PNS")

    together(
        lambda: tree.close_unit(
            unit_id=section.pk,
            successor_id=stage.world.office.pk,
            starts_on=TODAY,
            reason="Perbup 3/2026",
            people=people,
            by=admin,
            now=now,
        ),
        lambda: by_hand.add_person(
            content=said,
            unit_id=section.pk,
            starts_on=TODAY,
            is_somebody_else=True,
            by=admin,
            now=now,
        ),
    )

    section.refresh_from_db()
    assert section.is_active or not section.people.exists()


def test_one_form_pressed_at_once_is_one_paper_and_one_entry(stage, now):
    learner, hr = stage.learner, stage.world.people["hr"]
    token = uuid4()
    handed_in = same(
        lambda: outside.hand_in(
            person=learner,
            content=outside.OutsideContent("Bimtek", "ANRI", TODAY, TODAY, 6),
            paper=Paper("1" * 64, "pdf", 5),
            token=token,
            now=now,
        )
    )
    assert refusals(handed_in) == []
    (pk,) = {one.pk for one in handed_in}

    decided = same(
        lambda: outside.accept_outside(
            outside_id=pk, jp=6, round_seen=0, by=hr, now=now
        )
    )

    assert refusals(decided) == []
    assert OutsideDecision.objects.count() == 1
    assert JpEntry.objects.filter(cause=f"outside:{pk}:1").count() == 1
