"""Follow-ups: opened by the sweep, answered by the person; no grade, no effect."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from lib.transactions import atomic_with_retry
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import FollowUp, FollowUpItem, PracticeResponse
from quizzes.practice import choosing, events
from quizzes.practice.answering import answer_practice
from quizzes.practice.follow_up_results import FollowUpResult, follow_up_result


@atomic_with_retry
def open_follow_up(*, enrollment_id: int, day: int, now: datetime) -> FollowUp | None:
    """Choose the questions of a follow-up; the one that is there is returned instead.

    None where the course has no practice question. Locks the enrolment.
    """
    enrollment = courses_actions.lock_enrollment(enrollment_id)
    there: FollowUp | None = enrollment.follow_ups.filter(day=day).first()
    if there or enrollment.completed_at is None:
        return there
    chosen = choosing.choose(events.follow_up_pool(enrollment), day, seed=enrollment.pk)
    if not chosen:
        return None
    due_at = choosing.opens_at(enrollment.completed_at, day)
    follow_up: FollowUp = FollowUp.objects.create(
        person_id=enrollment.person_id,
        enrollment=enrollment,
        day=day,
        due_at=due_at,
        closes_at=due_at + choosing.VALID_FOR,
    )
    FollowUpItem.objects.bulk_create(
        FollowUpItem(follow_up=follow_up, position=position, question_version_id=pk)
        for position, pk in enumerate(chosen, 1)
    )
    audit.record("quizzes.follow_up.opened", follow_up, by=None, now=now, day=day)
    return follow_up


@atomic_with_retry
def answer_follow_up(
    *,
    item_id: int,
    fields: Mapping[str, Sequence[str]],
    by: User,
    now: datetime,
) -> PracticeResponse:
    """Append the one answer that counts for a question of a follow-up.

    The first answer stays; a second one changes nothing. With the last question the
    follow-up gets its score. Locks the follow-up. Raises ResponseNotAccepted for a
    blank or foreign answer, and after the follow-up closed.
    """
    item = FollowUpItem.objects.select_related("question_version").get(pk=item_id)
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(
        pk=item.follow_up_id
    )
    said = PracticeResponse.objects.filter(person=by, token=item.token).first()
    if said is not None:
        return said
    if now >= follow_up.closes_at:
        raise ResponseNotAccepted(
            "follow_up_closed",
            _("Waktu untuk soal ini sudah lewat. Buka Ulangan untuk soal berikutnya."),
        )
    response = answer_practice(
        version=item.question_version,
        person=by,
        fields=fields,
        token=item.token,
        now=now,
    )
    store_result(follow_up, follow_up_result(follow_up))
    return response


def store_result(follow_up: FollowUp, result: FollowUpResult | None) -> None:
    """Store what the answers add up to; call it with the follow-up locked."""
    follow_up.answered_at = result.answered_at if result else None
    follow_up.points = result.points if result else None
    follow_up.max_points = result.max_points if result else None
    follow_up.percent = result.percent if result else None
    follow_up.save(update_fields=["answered_at", "points", "max_points", "percent"])
