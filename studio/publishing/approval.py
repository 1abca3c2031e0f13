"""Does a draft have the approval that the agency asks for?"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from courses.models import CourseVersion, DraftReview
from courses.selectors.reviews import is_approved, latest_review
from studio.exceptions import CourseNotPublishable


@dataclass(frozen=True)
class Approval:
    """Where the review of a draft stands; `state` is none, open, approved, changed,
    changes or withdrawn. `changed`: it was approved, and was changed since.

    `is_missing` where it keeps the draft from being published.
    """

    state: str
    review: DraftReview | None
    is_needed: bool

    @property
    def is_missing(self) -> bool:
        """Whether the draft cannot be published for want of it."""
        return self.is_needed and self.state != "approved"


def approval_of(draft: CourseVersion, fingerprint: str) -> Approval:
    """Return where the review of this state of a draft stands."""
    review = latest_review(draft)
    return Approval(
        state=_state(draft, review, fingerprint),
        review=review,
        is_needed=settings.ELEARNING_PUBLISH_NEEDS_REVIEW,
    )


def _state(draft: CourseVersion, review: DraftReview | None, fingerprint: str) -> str:
    if review is None:
        return "none"
    if review.state != DraftReview.State.OPEN and is_approved(draft, fingerprint):
        return "approved"
    if review.state == DraftReview.State.APPROVED:
        return "changed"
    return review.state


def check_approved(draft: CourseVersion, fingerprint: str) -> None:
    """Refuse a state that nobody approved, where the agency asks for an approval."""
    if settings.ELEARNING_PUBLISH_NEEDS_REVIEW and not is_approved(draft, fingerprint):
        raise CourseNotPublishable(
            "not_approved",
            _(
                "Draf ini belum disetujui penelaah dalam keadaan sekarang. Minta "
                "tinjauan dulu."
            ),
            [],
        )
