"""Where a draft stands on its way to being published, beside its outline."""

from dataclasses import dataclass

from courses.models import Course, DraftReview, PlannedPublication
from courses.selectors.reviews import latest_review
from studio.fetching import draft_of


@dataclass(frozen=True)
class DraftStanding:
    """What the outline tells of a draft: its review, its plan, or why that stopped."""

    has_draft: bool = False
    review: DraftReview | None = None
    planned: PlannedPublication | None = None
    stopped: PlannedPublication | None = None


def draft_standing(course: Course) -> DraftStanding:
    """Return where the course's draft stands; three queries."""
    draft = draft_of(course)
    if draft is None:
        return DraftStanding()
    return DraftStanding(
        has_draft=True,
        review=latest_review(draft),
        planned=waiting_plan(course),
        stopped=stopped_plan(course),
    )


def waiting_plan(course: Course) -> PlannedPublication | None:
    """Return what waits to be published at a moment."""
    waiting = PlannedPublication.State.WAITING
    found: PlannedPublication | None = course.planned.filter(state=waiting).first()
    return found


def stopped_plan(course: Course) -> PlannedPublication | None:
    """Return a plan of the present draft that did not come about, if it was the last.

    Its author is told of it until she plans again, or publishes.
    """
    newest: PlannedPublication | None = (
        course.planned.filter(version__state="draft").order_by("-pk").first()
    )
    is_stopped = newest and newest.state == PlannedPublication.State.STOPPED
    return newest if is_stopped else None
