"""The road from enrolment to completion, through actions."""

from courses.models import JpEntry
from tests.factories import complete, enroll, make_course, read_lessons, sit


def test_somebody_who_goes_the_whole_way_is_complete_at_once(world, now):
    course = make_course(unit=world.agency, now=now)
    learner = world.people["learner"]

    enrollment = complete(course=course, person=learner, now=now)

    assert enrollment.completed_at == now
    assert enrollment.progress == 100
    assert JpEntry.objects.get(person=learner).jp == 1


def test_progress_counts_each_step_and_stays_below_100(world, now):
    course = make_course(unit=world.agency, now=now)
    enrollment = enroll(course=course, person=world.people["learner"], now=now)

    sit(enrollment=enrollment, quiz_key="pretest", right=0, now=now)
    read_lessons(enrollment=enrollment, now=now)
    sit(enrollment=enrollment, quiz_key="posttest", right=2, now=now)

    enrollment.refresh_from_db()
    assert enrollment.progress == 75
    assert enrollment.completed_at is None
