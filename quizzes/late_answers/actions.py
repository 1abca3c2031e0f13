"""A person lets late answers of somebody else count: audited, upwards only."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.exceptions import LateAnswerNotAccepted
from quizzes.models import Attempt, LateAcceptance, ResponseSave
from quizzes.taking.actions import mark_again
from quizzes.taking.locks import locked_attempt

LONGEST_REASON = 300


@atomic_with_retry
def accept_late_answers(
    *, attempt_id: int, saves: Collection[int], reason: str, by: User, now: datetime
) -> bool:
    """Let these saves (ids) of a marked attempt count; say whether its score rose.

    What counts already, or was accepted before, is left alone. The score only rises;
    grade and completion follow at once. Locks the enrolment, then the attempt. Raises
    LateAnswerNotAccepted without a reason or a choice, for one's own attempt, and for
    one that is not marked yet.
    """
    attempt = locked_attempt(attempt_id)
    chosen = ResponseSave.objects.filter(
        attempt=attempt, pk__in=saves, counts=False, acceptance__isnull=True
    ).order_by("pk")
    ids = list(chosen.values_list("pk", flat=True))
    _check(attempt, saves, reason, by)
    if not ids:
        return False
    LateAcceptance.objects.bulk_create(
        LateAcceptance(
            late_save_id=save_id,
            reason=reason.strip()[:LONGEST_REASON],
            accepted_by=by,
            accepted_at=now,
        )
        for save_id in ids
    )
    audit.record(
        "quizzes.late_answers.accepted",
        attempt,
        by=by,
        now=now,
        saves=ids,
        person=attempt.person_id,
    )
    return mark_again(attempt, by=by, now=now)


def _check(attempt: Attempt, saves: Collection[int], reason: str, by: User) -> None:
    if attempt.person_id == by.pk:
        raise LateAnswerNotAccepted(
            "own_attempt", _("Jawaban Anda sendiri hanya dapat diterima orang lain.")
        )
    if attempt.state != Attempt.State.SUBMITTED:
        raise LateAnswerNotAccepted(
            "not_marked",
            _("Percobaan ini belum dinilai. Tunggu sampai nilainya ada."),
        )
    if not saves:
        raise LateAnswerNotAccepted(
            "nothing", _("Belum ada jawaban yang dipilih. Centang yang diterima.")
        )
    if not reason.strip():
        raise LateAnswerNotAccepted(
            "no_reason", _("Alasan masih kosong. Tulis mengapa jawaban ini diterima.")
        )
