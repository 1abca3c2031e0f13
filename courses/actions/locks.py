"""Locks on the rows of this room; which, how strongly, in which order: docs/locking.md.

All are FOR NO KEY UPDATE. A row that refers to the locked one (and at commit every row
that a transaction has inserted, or updated twice, does so anew, FOR KEY SHARE) then
waits for nobody.
"""

from django.db.models import QuerySet

from courses.models import Course, Enrollment


def lock_course(course_id: int) -> Course:
    """Lock a course against other authors and against people who enroll.

    Do not lock a Course with a plain `select_for_update()`, and not anywhere else: FOR
    UPDATE conflicts with the FOR KEY SHARE that a learner's commit takes. Whoever
    finishes a lesson would wait for a publication that waits for her enrolment. The
    version is not joined: a row that was waited for would come with the version it had
    before.
    """
    course: Course = Course.objects.select_for_update(no_key=True).get(pk=course_id)
    return course


def lock_enrollment(enrollment_id: int) -> Enrollment:
    """Lock one person's place, before her attempts and before the roll-up.

    Nothing is joined, as in `lock_course`: a publication may just be moving her.
    """
    found = Enrollment.objects.select_for_update(no_key=True)
    enrollment: Enrollment = found.get(pk=enrollment_id)
    return enrollment


def lock_enrollments(places: "QuerySet[Enrollment]") -> None:
    """Lock several places, by id: a bare UPDATE locks in whatever order it finds."""
    rows = places.select_for_update(no_key=True).order_by("pk")
    list(rows.values_list("pk", flat=True))
