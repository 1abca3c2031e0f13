"""Where the review of a draft stands."""

from courses.models import CourseVersion, DraftReview


def latest_review(draft: CourseVersion) -> DraftReview | None:
    """Return the newest request about a draft, whatever became of it."""
    found: DraftReview | None = (
        draft.reviews.select_related("asked_by", "decided_by").order_by("-pk").first()
    )
    return found


def is_approved(draft: CourseVersion, fingerprint: str) -> bool:
    """Say whether exactly this state of a draft was approved, and not overruled.

    The newest decision counts: who approved and then asked for changes has not
    approved.
    """
    decided = draft.reviews.filter(
        state__in=[DraftReview.State.APPROVED, DraftReview.State.CHANGES]
    )
    newest = decided.order_by("-decided_at", "-pk").first()
    return (
        newest is not None
        and newest.state == DraftReview.State.APPROVED
        and newest.fingerprint == fingerprint
    )
