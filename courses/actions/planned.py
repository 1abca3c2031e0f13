"""Publications at a moment: planned, cancelled, done or stopped.

What is checked before, and the publication itself, is `studio.publishing.planned`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course
from courses.models import CourseVersion, PlannedPublication
from lib.transactions import atomic_with_retry

_State = PlannedPublication.State


@dataclass(frozen=True)
class PlannedContent:
    """What is to be published: which change, as which state was seen, and when."""

    change: str
    seen: str
    publish_at: datetime
    despite_faults: bool = False
    new_parts: Sequence[Sequence[str]] = ()


@atomic_with_retry
def plan_publication(
    *, version: CourseVersion, content: PlannedContent, by: User, now: datetime
) -> PlannedPublication:
    """Keep in mind that a draft is to be published then. Locks the course.

    An earlier plan of the course is cancelled; the same one again changes nothing.
    """
    lock_course(version.course_id)
    waiting = _waiting(version.course_id)
    if waiting and _content(waiting) == content:
        return waiting
    if waiting:
        end_planned(waiting, _State.CANCELLED, by=by, now=now)
    planned = PlannedPublication.objects.create(
        course_id=version.course_id,
        version=version,
        publish_at=content.publish_at,
        change=content.change,
        seen=content.seen,
        despite_faults=content.despite_faults,
        new_parts=[list(pair) for pair in content.new_parts],
        planned_by=by,
        planned_at=now,
    )
    audit.record(
        "courses.publication.planned",
        version,
        by=by,
        now=now,
        at=content.publish_at.isoformat(),
    )
    return planned


@atomic_with_retry
def cancel_planned(
    *, course_id: int, by: User, now: datetime
) -> PlannedPublication | None:
    """Cancel what waits to be published; None where nothing does. Locks the course."""
    lock_course(course_id)
    waiting = _waiting(course_id)
    if waiting:
        end_planned(waiting, _State.CANCELLED, by=by, now=now)
    return waiting


def end_planned(
    planned: PlannedPublication,
    state: str,
    *,
    problem: str = "",
    by: User | None,
    now: datetime,
) -> None:
    """Say what became of a plan. Hold the course's lock."""
    planned.state = PlannedPublication.State(state)
    planned.ended_at = now
    planned.ended_by = by
    planned.problem = problem
    planned.save()
    audit.record(
        f"courses.publication.{state}",
        planned.version,
        by=by,
        now=now,
        plan=planned.pk,
    )


def _waiting(course_id: int) -> PlannedPublication | None:
    found: PlannedPublication | None = PlannedPublication.objects.filter(
        course=course_id, state=_State.WAITING
    ).first()
    return found


def _content(planned: PlannedPublication) -> PlannedContent:
    return PlannedContent(
        change=planned.change,
        seen=planned.seen,
        publish_at=planned.publish_at,
        despite_faults=planned.despite_faults,
        new_parts=tuple(tuple(pair) for pair in planned.new_parts),
    )
