"""A draft looked through by others before it is published.

All verbs lock the course, so that what is decided is decided about what was seen. Who
may look through what is not asked here: `studio.reviewing`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course
from courses.exceptions import ReviewNotPossible
from courses.models import CourseVersion, DraftReview, ReviewComment
from lib.moments import not_before
from lib.transactions import atomic_with_retry

_State = DraftReview.State


@dataclass(frozen=True)
class CommentSubject:
    """What a comment is about; all empty for the draft as a whole."""

    lesson_key: str = ""
    part_key: str = ""
    bank_key: str = ""
    question_key: str = ""


@atomic_with_retry
def ask_review(*, course_id: int, note: str, by: User, now: datetime) -> DraftReview:
    """Ask others to look through the course's draft. Locks the course.

    One that is open already is returned as it is. Raises ReviewNotPossible without a
    draft.
    """
    course = lock_course(course_id)
    draft = course.versions.filter(state=CourseVersion.State.DRAFT).first()
    if draft is None:
        raise ReviewNotPossible("no_draft", _("Tidak ada draf yang bisa ditinjau."))
    there = DraftReview.objects.filter(course=course, state=_State.OPEN).first()
    if there:
        return there
    review = DraftReview.objects.create(
        course=course, version=draft, note=note, asked_by=by, asked_at=now
    )
    audit.record("courses.review.asked", draft, by=by, now=now, review=review.pk)
    return review


@atomic_with_retry
def withdraw_review(*, course_id: int, by: User, now: datetime) -> DraftReview | None:
    """Take the open request back; None where there is none. Locks the course."""
    course = lock_course(course_id)
    review = DraftReview.objects.filter(course=course, state=_State.OPEN).first()
    if review:
        _decide(review, _State.WITHDRAWN, note="", fingerprint="", by=by, now=now)
    return review


@atomic_with_retry
def decide_review(
    *,
    review_id: int,
    approves: bool,
    note: str,
    fingerprint: str,
    writers: Collection[int],
    by: User,
    now: datetime,
) -> DraftReview:
    """Approve the state called `fingerprint`, or ask for changes. Locks the course.

    `writers` are the ids of those who wrote in the draft. The same decision twice
    changes nothing. Raises ReviewNotPossible where somebody else decided or the
    request was taken back meanwhile, for whoever asked or wrote and approves, and for
    changes that no word says.
    """
    found = DraftReview.objects.filter(pk=review_id)
    lock_course(found.values_list("course", flat=True).get())
    review = found.get()
    verdict = _State.APPROVED if approves else _State.CHANGES
    if (review.state, review.decided_by_id) == (verdict, by.pk):
        return review
    _check_may_decide(review, approves=approves, writers=writers, by=by)
    if not approves and not note and not review.comments.unsettled().exists():
        raise ReviewNotPossible(
            "no_words",
            _("Tulis apa yang perlu diperbaiki, atau beri komentar pada bagiannya."),
        )
    _decide(review, verdict, note=note, fingerprint=fingerprint, by=by, now=now)
    return review


def _check_may_decide(
    review: DraftReview, *, approves: bool, writers: Collection[int], by: User
) -> None:
    if review.state != _State.OPEN:
        raise ReviewNotPossible(
            "decided",
            _("Permintaan tinjauan ini sudah selesai. Lihat keadaannya sekarang."),
        )
    if by.pk == review.asked_by_id or (approves and by.pk in writers):
        raise ReviewNotPossible(
            "own_draft",
            _(
                "Draf yang Anda minta tinjau atau ikut Anda tulis disetujui orang "
                "lain. Minta rekan penelaah."
            ),
        )


def _decide(
    review: DraftReview,
    state: str,
    *,
    note: str,
    fingerprint: str,
    by: User,
    now: datetime,
) -> None:
    review.state = DraftReview.State(state)
    review.decision_note = note
    review.fingerprint = fingerprint
    review.decided_by = by
    review.decided_at = not_before(now, review.asked_at)
    review.save()
    audit.record(
        f"courses.review.{state}", review.version, by=by, now=now, review=review.pk
    )


@atomic_with_retry
def comment_draft(
    *,
    review_id: int,
    about: CommentSubject,
    text: str,
    token: UUID,
    by: User,
    now: datetime,
) -> ReviewComment:
    """Say something about a part, a question or the whole draft. Locks the course.

    The same `token` says it once.
    """
    reviews = DraftReview.objects.filter(pk=review_id)
    lock_course(reviews.values_list("course", flat=True).get())
    comment, _is_new = ReviewComment.objects.get_or_create(
        token=token,
        defaults={
            "review_id": review_id,
            "lesson_key": about.lesson_key,
            "part_key": about.part_key,
            "bank_key": about.bank_key,
            "question_key": about.question_key,
            "text": text,
            "written_by": by,
            "written_at": now,
        },
    )
    return comment


@atomic_with_retry
def settle_comment(
    *, comment_id: int, is_settled: bool, by: User, now: datetime
) -> ReviewComment:
    """Say that a comment is dealt with, or that it is not after all. Locks the course.

    Saying it twice changes nothing.
    """
    comments = ReviewComment.objects.filter(pk=comment_id)
    lock_course(comments.values_list("review__course", flat=True).get())
    comment: ReviewComment = comments.get()
    if (comment.settled_at is not None) != is_settled:
        comment.settled_by = by if is_settled else None
        comment.settled_at = now if is_settled else None
        comment.save(update_fields=["settled_by", "settled_at"])
    return comment
