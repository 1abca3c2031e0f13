"""Publishing at a moment: planned by an author, done by beat, told to her."""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import as_of, can
from accounts.models import User
from courses import actions as courses_actions
from courses import policy
from courses.actions import PlannedContent
from courses.models import Course, PlannedPublication
from lib.markdown import MarkdownProblem
from lib.queueing import EVERY_MINUTE, queue_on_commit
from lib.refusals import ActionRefused
from lib.transactions import atomic_with_retry
from studio import jobs
from studio.exceptions import CourseNotPublishable, DraftNotEditable
from studio.fetching import AUTHOR_COURSE, draft_of
from studio.publishing.actions import check_publishable, publish_course

_State = PlannedPublication.State
# Of many obstacles the first few are told; the page before publishing tells all.
_TOLD = 5
logger = logging.getLogger(__name__)


@atomic_with_retry
def plan_course(
    *, course: Course, content: PlannedContent, by: User, now: datetime
) -> PlannedPublication:
    """Keep in mind to publish the draft, as it was seen, at a moment to come.

    Refuses now what would be refused then. An earlier plan is replaced. Locks the
    course. Raises what `publish_course` raises, and CourseNotPublishable for a moment
    that has passed.
    """
    course = courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    if draft is None:
        raise DraftNotEditable("no_draft", "Tidak ada draf yang bisa diterbitkan.")
    if content.publish_at <= now:
        raise CourseNotPublishable(
            "past", _("Waktu terbit itu sudah lewat. Pilih waktu yang akan datang."), []
        )
    check_publishable(
        course,
        draft,
        content.change,
        seen=content.seen,
        despite_faults=content.despite_faults,
    )
    return courses_actions.plan_publication(
        version=draft, content=content, by=by, now=now
    )


def cancel_plan(
    *, course: Course, by: User, now: datetime
) -> PlannedPublication | None:
    """Cancel what waits to be published; None where nothing does. Locks the course."""
    return courses_actions.cancel_planned(course_id=course.pk, by=by, now=now)


def ask_for_due(*, now: datetime) -> int:
    """Send a message for every publication that is due, and return how many."""
    due = PlannedPublication.objects.filter(state=_State.WAITING, publish_at__lte=now)
    ids = list(due.order_by("publish_at", "pk").values_list("pk", flat=True))
    for pk in ids:
        jobs.PUBLISH_PLANNED.send(expires=EVERY_MINUTE, planned_id=pk)
    return len(ids)


@atomic_with_retry
def publish_planned(*, planned_id: int, now: datetime) -> str:
    """Publish what was planned, once, if nothing stands against it by now.

    Checks everything again: the draft must be what was seen, and its author must still
    be allowed to publish. Otherwise it stays a draft, and she is told why. Returns
    what became of it. A second call changes nothing. Locks the course.
    """
    rows = PlannedPublication.objects.filter(pk=planned_id)
    found = rows.select_related("course", "planned_by").first()
    if found is None:
        return ""
    course = courses_actions.lock_course(found.course_id)
    planned = rows.select_related("version", "planned_by").first()
    if planned is None:
        # It went with its draft while this waited for the lock.
        return ""
    if planned.state != _State.WAITING or planned.publish_at > now:
        return planned.state
    problem = _publish(course, planned, now=now)
    state = _State.STOPPED if problem else _State.PUBLISHED
    courses_actions.end_planned(planned, state, problem=problem, by=None, now=now)
    queue_on_commit(jobs.TELL_OF_PLANNED, planned_id=planned.pk)
    return state


def _publish(course: Course, planned: PlannedPublication, *, now: datetime) -> str:
    """Publish; return in words what kept it back, nothing where it is published."""
    author = as_of(planned.planned_by, now)
    if not (author.is_active and can(author, AUTHOR_COURSE, course, policy.COURSE)):
        return _("Penyusun yang menjadwalkannya tidak lagi berhak menerbitkan.")
    try:
        publish_course(
            course=course,
            change=planned.change,
            seen=planned.seen,
            despite_faults=planned.despite_faults,
            new_parts=planned.new_parts,
            by=author,
            now=now,
        )
    except CourseNotPublishable as refusal:
        if refusal.code == "draft_changed":
            return _("Draf berubah setelah dijadwalkan. Periksa lagi, lalu jadwalkan.")
        said = [f"{one.where}: {one.message}" for one in refusal.obstacles[:_TOLD]]
        return " ".join([refusal.message, *said])
    except ActionRefused as refusal:
        return refusal.message
    except MarkdownProblem as problem:
        return f"{problem.message} {problem.remedy}"
    return ""
