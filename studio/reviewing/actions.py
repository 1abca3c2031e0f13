"""Reviews of drafts, as authors and reviewers ask for them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.actions import CommentSubject
from courses.exceptions import ReviewNotPossible
from courses.models import Course, DraftReview, ReviewComment
from courses.selectors.reviews import latest_review
from lib.transactions import atomic_with_retry
from studio.fetching import draft_of
from studio.publishing.readiness import draft_fingerprint
from studio.reviewing.writers import writers_of

LONGEST = 2_000


@atomic_with_retry
def ask_for_review(
    *, course: Course, note: str, by: User, now: datetime
) -> DraftReview:
    """Ask others to look through the draft; one that waits already stays.

    Locks the course. Raises ReviewNotPossible without a draft.
    """
    return courses_actions.ask_review(
        course_id=course.pk, note=note[:LONGEST], by=by, now=now
    )


@atomic_with_retry
def decide_on_draft(
    *,
    course: Course,
    approves: bool,
    note: str,
    seen: str,
    by: User,
    now: datetime,
) -> DraftReview:
    """Approve the draft as it was seen, or ask for changes.

    Locks the course. Raises ReviewNotPossible where the draft is not what was seen any
    more, where nobody asked, and as `courses.actions.decide_review`.
    """
    course = courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    review = latest_review(draft) if draft else None
    if draft is None or review is None:
        raise ReviewNotPossible(
            "not_asked", _("Draf ini sudah tidak ada, atau tinjauannya tidak diminta.")
        )
    fingerprint = draft_fingerprint(course, draft)
    if approves and fingerprint != seen:
        raise ReviewNotPossible(
            "draft_changed",
            _("Draf ini berubah sejak Anda membukanya. Tinjau lagi keadaannya."),
        )
    writers: Collection[int] = writers_of(course, draft)
    return courses_actions.decide_review(
        review_id=review.pk,
        approves=approves,
        note=note[:LONGEST],
        fingerprint=fingerprint,
        writers=writers,
        by=by,
        now=now,
    )


@atomic_with_retry
def withdraw_review(*, course: Course, by: User, now: datetime) -> DraftReview | None:
    """Take the open request back; None where there is none. Locks the course."""
    return courses_actions.withdraw_review(course_id=course.pk, by=by, now=now)


@atomic_with_retry
def comment_on_draft(
    *,
    course: Course,
    about: CommentSubject,
    text: str,
    token: UUID,
    by: User,
    now: datetime,
) -> ReviewComment:
    """Say something about a part, a question or the whole; the same `token` once.

    Locks the course. Raises ReviewNotPossible where no review of the draft was asked.
    """
    course = courses_actions.lock_course(course.pk)
    draft = draft_of(course)
    review = latest_review(draft) if draft else None
    if review is None:
        raise ReviewNotPossible(
            "not_asked", _("Draf ini sudah tidak ada, atau tinjauannya tidak diminta.")
        )
    return courses_actions.comment_draft(
        review_id=review.pk, about=about, text=text, token=token, by=by, now=now
    )


def settle_comment(
    *, comment_id: int, is_settled: bool, by: User, now: datetime
) -> ReviewComment:
    """Say that a comment is dealt with, or that it is not after all.

    Locks the course. Saying it twice changes nothing.
    """
    return courses_actions.settle_comment(
        comment_id=comment_id, is_settled=is_settled, by=by, now=now
    )
