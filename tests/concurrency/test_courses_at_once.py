"""Enrolling, publishing and counting at the same moment."""

from datetime import date, timedelta

import pytest

from accounts import actions as accounts_actions
from accounts import audit
from accounts.models import AuditRecord, AuditSeal, RoleAssignment
from courses import actions
from courses.actions.rollups import count_people
from courses.exceptions import VersionNotEditable
from courses.models import Course, CourseVersion, Enrollment, UnitCourseRollup
from tests.concurrency.together import refusals, same, together
from tests.factories import (
    GRADE_ITEMS,
    enroll,
    finish_reading,
    make_person,
    make_reading,
    start,
)

pytestmark = pytest.mark.postgres


def publish(draft: CourseVersion, change: str, now):
    """Publish a draft."""
    return actions.publish_version(
        version_id=draft.pk,
        change=change,
        grade_items=GRADE_ITEMS,
        image_url=lambda course_key, written: written,
        by=None,
        now=now,
    )


@pytest.fixture
def draft(stage, now) -> CourseVersion:
    """A draft of the course with the same words."""
    return actions.copy_version(version=stage.course.current_version, by=None, now=now)


def test_enrolling_at_once_is_one_place(stage, now):
    person = make_person(unit=stage.world.section, now=now)

    results = same(lambda: enroll(course=stage.course, person=person, now=now))

    assert refusals(results) == []
    assert person.enrollments.count() == 1
    started = AuditRecord.objects.filter(
        verb="courses.enrollment.started", object_id=person.enrollments.get().pk
    )
    assert started.count() == 1


def test_colleagues_who_enroll_at_once_are_all_counted(stage, now):
    people = [make_person(unit=stage.world.office, now=now) for _ in range(4)]

    results = together(
        *(
            lambda person=person: enroll(course=stage.course, person=person, now=now)
            for person in people
        )
    )

    assert refusals(results) == []
    row = UnitCourseRollup.objects.get(unit=stage.world.office, course=stage.course)
    assert row.enrolled == 4


def test_colleagues_who_finish_at_once_are_all_counted(stage, now):
    course = make_reading(unit=stage.world.agency, now=now, key="ringan")
    people = [make_person(unit=stage.world.office, now=now) for _ in range(4)]

    results = together(
        *(
            lambda person=person: finish_reading(course=course, person=person, now=now)
            for person in people
        )
    )

    assert refusals(results) == []
    row = UnitCourseRollup.objects.get(unit=stage.world.office, course=course)
    assert (row.enrolled, row.completed) == (4, 4)
    counted = count_people(unit_id=stage.world.office.pk, course_id=course.pk)
    assert counted == {"enrolled": 4, "completed": 4}


def test_publishing_at_once_is_one_publication(stage, draft, now):
    results = same(lambda: publish(draft, "cycle", now), times=3)

    refused = refusals(results)
    assert [type(error) for error in refused] == [VersionNotEditable] * 2
    assert {error.code for error in refused} == {"published"}
    assert Course.objects.get(pk=stage.course.pk).cycle == 2
    assert draft.grade_items.count() == 2


@pytest.mark.parametrize("change", ["wording", "required", "cycle"])
def test_whoever_enrolls_while_a_version_is_published_is_not_left_behind(
    stage, draft, now, change
):
    people = [make_person(unit=stage.world.section, now=now) for _ in range(6)]

    results = together(
        lambda: publish(draft, change, now),
        *(
            lambda person=person: enroll(course=stage.course, person=person, now=now)
            for person in people
        ),
    )

    assert refusals(results) == []
    places = Enrollment.objects.filter(person__in=people)
    if change == "cycle":
        # Before the publication the old cycle with the old version, after it the new.
        kinds = set(places.values_list("cycle", "version"))
        assert kinds <= {(1, stage.course.current_version_id), (2, draft.pk)}
    else:
        assert set(places.values_list("version", flat=True)) == {draft.pk}


def test_whoever_starts_a_quiz_while_she_is_moved_starts_it(stage, draft, now):
    people = [make_person(unit=stage.world.section, now=now) for _ in range(5)]
    places = [enroll(course=stage.course, person=person, now=now) for person in people]

    results = together(
        lambda: publish(draft, "wording", now),
        *(
            lambda place=place: start(enrollment=place, quiz_key="pretest", now=now)
            for place in places
        ),
    )

    assert refusals(results) == []
    assert all(place.attempts.count() == 1 for place in places)


def test_whoever_finishes_while_a_part_is_added_stays_finished(stage, now):
    from tests.factories import make_content

    course = make_reading(unit=stage.world.agency, now=now, key="ringan")
    place = enroll(course=course, person=stage.learner, now=now)
    draft = actions.write_version(
        course=course,
        content=make_content(
            lessons=2, requirements=[*make_content().requirements[1:2]], plan_minutes=15
        ),
        by=None,
        now=now,
    )

    results = together(
        lambda: actions.complete_lesson(
            enrollment_id=place.pk, lesson_key="pelajaran-1", by=None, now=now
        ),
        lambda: actions.publish_version(
            version_id=draft.pk,
            change="required",
            grade_items=[],
            image_url=lambda course_key, written: written,
            by=None,
            now=now,
        ),
    )

    assert refusals(results) == []
    place.refresh_from_db()
    if place.completed_at:
        assert place.version == place.completed_version != draft
    else:
        assert (place.version_id, place.progress) == (draft.pk, 50)


def test_drafts_at_once_are_one_draft(stage, now):
    version = stage.course.current_version

    results = same(lambda: actions.copy_version(version=version, by=None, now=now))

    assert refusals(results) == []
    assert len({draft.pk for draft in results}) == 1


def test_ordering_at_once_is_one_order(stage, now):
    results = same(
        lambda: actions.assign_course(
            course=stage.course,
            unit=stage.world.office,
            due_on=date(2026, 12, 1),
            by=None,
            now=now,
        )
    )

    assert refusals(results) == []
    assert stage.course.assignments.count() == 1


def test_a_role_given_at_once_is_one_role(stage, now):
    results = same(
        lambda: accounts_actions.assign_role(
            person=stage.learner, unit=stage.world.office, role="hr", by=None, now=now
        )
    )

    assert refusals(results) == []
    assert RoleAssignment.objects.filter(person=stage.learner).count() == 1


def test_sealing_at_once_covers_every_record_once(stage, now):
    later = now + timedelta(hours=1)

    same(lambda: audit.seal(now=later))

    assert AuditSeal.objects.count() == 1
    assert AuditSeal.objects.get().count == AuditRecord.objects.count()
    assert audit.broken_seals() == []
