"""Giving and taking roles."""

from datetime import timedelta

from accounts import actions
from accounts.models import AuditRecord, RoleAssignment, User
from tests.factories import make_person


def give(person: User, unit, now, **over) -> RoleAssignment:
    """Make somebody HR of a unit."""
    content = {"role": "hr", "by": None, "now": now, **over}
    return actions.assign_role(person=person, unit=unit, **content)


def test_a_role_given_twice_is_one_role(world, learner, now):
    first = give(learner, world.office, now)
    second = give(learner, world.office, now + timedelta(hours=1))

    assert first == second
    records = AuditRecord.objects.filter(
        verb="accounts.role.assigned", object_id=learner.pk
    )
    assert records.count() == 1


def test_whoever_holds_a_role_is_marked(world, learner, now):
    assert learner.has_role is False

    give(learner, world.office, now)

    assert User.objects.get(pk=learner.pk).has_role is True


def test_a_role_ends_when_it_is_taken(world, learner, now):
    later = now + timedelta(hours=1)
    assignment = give(learner, world.office, now)

    actions.revoke_role(assignment=assignment, by=None, now=later)

    assert RoleAssignment.objects.get(pk=assignment.pk).ends_at == later


def test_taking_a_role_twice_keeps_the_first_end(world, learner, now):
    later = now + timedelta(hours=1)
    assignment = give(learner, world.office, now)
    actions.revoke_role(assignment=assignment, by=None, now=later)

    actions.revoke_role(assignment=assignment, by=None, now=later + timedelta(days=1))

    assert RoleAssignment.objects.get(pk=assignment.pk).ends_at == later
    assert AuditRecord.objects.filter(verb="accounts.role.revoked").count() == 1


def test_a_role_that_was_taken_can_be_given_again(world, learner, now):
    first = give(learner, world.office, now)
    actions.revoke_role(assignment=first, by=None, now=now + timedelta(hours=1))

    second = give(learner, world.office, now + timedelta(hours=2))

    assert second != first
    assert second.ends_at is None


def test_whoever_has_lost_her_last_role_is_no_longer_marked(world, now):
    person = make_person(unit=world.office, now=now)
    hr = give(person, world.office, now)
    author = give(person, world.office, now, role="author")

    actions.revoke_role(assignment=hr, by=None, now=now + timedelta(hours=1))
    assert User.objects.get(pk=person.pk).has_role is True

    actions.revoke_role(assignment=author, by=None, now=now + timedelta(hours=1))
    assert User.objects.get(pk=person.pk).has_role is False


def test_a_role_that_has_not_begun_is_taken_back_whole(world, learner, now):
    tomorrow = give(learner, world.office, now + timedelta(days=1))

    actions.revoke_role(assignment=tomorrow, by=None, now=now)

    assert not RoleAssignment.objects.filter(person=learner).exists()
    assert User.objects.get(pk=learner.pk).has_role is False
    assert AuditRecord.objects.filter(verb="accounts.role.revoked").count() == 1


def test_a_role_that_ran_out_is_no_longer_marked(world, learner, now):
    give(learner, world.office, now, ends_at=now + timedelta(days=1))
    later = now + timedelta(days=2)

    assert actions.mark_ended_roles(now=now) == 0
    assert actions.mark_ended_roles(now=later) == 1
    assert actions.mark_ended_roles(now=later) == 0

    assert User.objects.get(pk=learner.pk).has_role is False
    assert User.objects.get(pk=world.people["hr"].pk).has_role is True
