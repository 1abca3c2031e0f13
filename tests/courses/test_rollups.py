"""Roll-ups follow every event at once: what is stored is what would be counted."""

from datetime import date, timedelta

import pytest

from accounts.actions import move_person, set_active
from accounts.models import User
from accounts.recounts import note
from courses import actions
from courses.actions.rollups import count_people
from courses.models import UnitCourseRollup
from courses.tasks import refresh_rollups_of_moved_people, refresh_wrong_rollups
from tests.factories import complete, enroll, make_person, republish


def counts(unit, course) -> tuple[int, int]:
    """Return (enrolled, completed) as stored, and check that counting agrees."""
    row = UnitCourseRollup.objects.get(unit=unit, course=course)
    stored = {"enrolled": row.enrolled, "completed": row.completed}
    assert stored == count_people(unit_id=unit.pk, course_id=course.pk)
    return row.enrolled, row.completed


def test_enrolling_and_completing_are_counted_at_once(world, course, learner, now):
    enroll(course=course, person=learner, now=now)
    assert counts(world.section, course) == (1, 0)

    complete(course=course, person=learner, now=now)
    assert counts(world.section, course) == (1, 1)


def test_a_unit_counts_its_own_people_only(world, course, learner, now):
    enroll(course=course, person=learner, now=now)
    enroll(course=course, person=world.people["hr"], now=now)

    assert counts(world.section, course) == (1, 0)
    assert counts(world.office, course) == (1, 0)


def test_giving_up_is_counted(world, course, place, now):
    actions.withdraw(enrollment_id=place.pk, by=place.person, now=now)

    assert counts(world.section, course) == (0, 0)


def test_a_person_counts_once_however_many_cycles_she_takes(
    world, course, learner, now
):
    complete(course=course, person=learner, now=now)
    republish(course=course, change="cycle", now=now)
    enroll(course=course, person=learner, now=now)

    assert counts(world.section, course) == (1, 1)


def test_a_person_who_moves_is_counted_where_she_is(world, course, learner, now):
    complete(course=course, person=learner, now=now)
    move_person(
        person=learner,
        unit=world.other_office,
        starts_on=date(2026, 11, 21),
        by=None,
        now=now,
    )

    refresh_rollups_of_moved_people()

    assert counts(world.section, course) == (0, 0)
    assert counts(world.other_office, course) == (1, 1)


def test_a_person_who_leaves_and_returns_is_counted_again(world, course, learner, now):
    complete(course=course, person=learner, now=now)
    set_active(person=learner, is_active=False, by=None, now=now)
    refresh_rollups_of_moved_people()
    assert counts(world.section, course) == (0, 0)

    set_active(person=learner, is_active=True, by=None, now=now)
    refresh_rollups_of_moved_people()
    assert counts(world.section, course) == (1, 1)


def test_nobody_is_forgotten_however_long_beat_was_down(
    world, course, learner, now, clock
):
    complete(course=course, person=learner, now=now)
    refresh_rollups_of_moved_people()
    move_person(
        person=learner,
        unit=world.other_office,
        starts_on=date(2026, 11, 21),
        by=None,
        now=now,
    )

    clock.move_to(now + timedelta(days=400))

    assert refresh_rollups_of_moved_people() == 2
    assert counts(world.section, course) == (0, 0)
    assert counts(world.other_office, course) == (1, 1)
    assert refresh_rollups_of_moved_people() == 0


def test_many_who_moved_are_counted_in_batches(world, course, learner, now):
    enroll(course=course, person=learner, now=now)
    refresh_rollups_of_moved_people()
    note([(learner.pk, [world.section.pk])] * 1_003, now=now)
    UnitCourseRollup.objects.update(enrolled=9)

    assert refresh_rollups_of_moved_people() == 1_003
    assert counts(world.section, course) == (1, 0)


def test_whoever_enrolls_just_after_a_move_is_counted_where_she_is(
    world, course, learner, now
):
    stale = User.objects.get(pk=learner.pk)
    move_person(
        person=learner,
        unit=world.other_office,
        starts_on=date(2026, 11, 21),
        by=None,
        now=now,
    )
    refresh_rollups_of_moved_people()

    enroll(course=course, person=stale, now=now)

    assert counts(world.other_office, course) == (1, 0)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows.delete(),
        lambda rows: rows.update(enrolled=0, completed=0),
        lambda rows: rows.update(enrolled=7),
    ],
    ids=["missing", "too few", "too many"],
)
def test_every_night_all_counts_are_compared(world, course, learner, now, spoil):
    complete(course=course, person=learner, now=now)
    UnitCourseRollup.objects.create(
        unit=world.other_office, course=course, enrolled=3, completed=1
    )
    spoil(UnitCourseRollup.objects.filter(unit=world.section))

    assert refresh_wrong_rollups() == 2
    assert counts(world.section, course) == (1, 1)
    assert counts(world.other_office, course) == (0, 0)
    assert refresh_wrong_rollups() == 0


def test_a_person_without_a_unit_is_counted_nowhere(world, course, now):
    person = make_person(unit=world.section, now=now)
    person.unit = None
    person.save(update_fields=["unit"])

    complete(course=course, person=person, now=now)

    assert not UnitCourseRollup.objects.exists()
