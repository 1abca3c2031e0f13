"""Taking a place on a course, and giving it up."""

from datetime import timedelta

import pytest

from accounts.models import AuditRecord
from courses import actions
from courses.exceptions import EnrollmentNotAllowed
from courses.models import Course, Enrollment
from tests.factories import (
    complete,
    enroll,
    make_content,
    make_course,
    make_person,
    read_lessons,
)


def archive(course: Course) -> None:
    """Take a course out of the catalogue."""
    Course.objects.filter(pk=course.pk).update(is_archived=True)


def give_up(place: Enrollment, now) -> Enrollment:
    """Withdraw the person from the course."""
    return actions.withdraw(enrollment_id=place.pk, by=place.person, now=now)


def test_a_new_place_is_pinned_to_the_present_version(course, place, now):
    assert (place.version, place.cycle) == (course.current_version, 1)
    assert (place.progress, place.completed_at) == (0, None)
    assert place.started_at == now


def test_enrolling_twice_changes_nothing(course, place, learner, now):
    before = AuditRecord.objects.count()

    again = enroll(course=course, person=learner, now=now + timedelta(days=1))

    assert again == place
    assert again.started_at == now
    assert AuditRecord.objects.count() == before


def test_a_course_that_was_never_published_cannot_be_taken(world, learner, now):
    draft = actions.create_course(
        key="draf", code="D1", unit=world.agency, by=None, now=now
    )

    with pytest.raises(EnrollmentNotAllowed, match="not_listed"):
        enroll(course=draft, person=learner, now=now)


def test_an_archived_course_cannot_be_taken(course, learner, now):
    archive(course)

    with pytest.raises(EnrollmentNotAllowed, match="not_listed"):
        enroll(course=course, person=learner, now=now)


def test_everybody_may_take_every_listed_course(world, course, now):
    # Authoring is scoped by units; learning is not.
    place = enroll(course=course, person=world.outsider, now=now)

    assert place.person == world.outsider


def test_whoever_gives_up_keeps_what_she_has_done(place, now):
    read_lessons(enrollment=place, now=now)

    give_up(place, now)

    assert place.lesson_completions.count() == 2
    assert Enrollment.objects.get(pk=place.pk).progress == 66


def test_whoever_comes_back_goes_on_where_she_was(course, place, learner, now):
    read_lessons(enrollment=place, now=now)
    give_up(place, now)

    again = enroll(course=course, person=learner, now=now)

    assert again == place
    assert (again.state, again.progress) == (Enrollment.State.ACTIVE, 66)


def test_giving_up_twice_is_recorded_once(place, now):
    give_up(place, now)
    give_up(place, now)

    records = AuditRecord.objects.filter(verb="courses.enrollment.withdrawn")
    assert records.count() == 1


def test_a_finished_course_cannot_be_given_up(course, learner, now):
    place = complete(course=course, person=learner, now=now)

    with pytest.raises(EnrollmentNotAllowed, match="already_complete"):
        give_up(place, now)

    assert Enrollment.objects.get(pk=place.pk).state == Enrollment.State.ACTIVE


# --- HR's orders -------------------------------------------------------------------
def order(course, unit, now, days: int = 7):
    """Order a unit to take a course within so many days."""
    return actions.assign_course(
        course=course,
        unit=unit,
        due_on=(now + timedelta(days=days)).date(),
        by=None,
        now=now,
    )


def test_ordering_again_by_another_day_ends_the_order_before(world, course, now):
    first = order(course, world.office, now)
    second = order(course, world.office, now, days=14)

    first.refresh_from_db()
    assert (first.due_on, first.cancelled_at) == (
        (now + timedelta(days=7)).date(),
        now,
    )
    assert second.due_on == (now + timedelta(days=14)).date()
    assert course.assignments.get(cancelled_at=None) == second


def test_ordering_again_by_the_same_day_changes_the_note_only(world, course, now):
    first = order(course, world.office, now)

    again = actions.assign_course(
        course=course,
        unit=world.office,
        due_on=first.due_on,
        by=None,
        now=now + timedelta(days=1),
        note="Surat edaran 7",
    )

    assert again == first
    assert (again.note, course.assignments.count()) == ("Surat edaran 7", 1)


def test_an_order_that_was_cancelled_can_be_given_anew(world, course, now):
    first = order(course, world.office, now)
    actions.cancel_assignment(assignment_id=first.pk, by=world.people["hr"], now=now)

    second = order(course, world.office, now)

    assert second != first
    assert course.assignments.filter(cancelled_at__isnull=True).get() == second


def test_cancelling_twice_is_recorded_once(world, course, now):
    assignment = order(course, world.office, now)
    for _ in range(2):
        actions.cancel_assignment(
            assignment_id=assignment.pk, by=world.people["hr"], now=now
        )

    records = AuditRecord.objects.filter(verb="courses.assignment.cancelled")
    assert records.count() == 1


def test_a_course_of_one_lesson_can_be_taken(world, now):
    course = make_course(unit=world.agency, now=now, key="satu", lessons=1)
    person = make_person(unit=world.section, now=now)

    assert complete(course=course, person=person, now=now).progress == 100
    assert make_content(lessons=1).minutes == 45
