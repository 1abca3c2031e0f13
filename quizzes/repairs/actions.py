"""Repairing a flawed question: said once, applied to one attempt at a time.

`repair_question` appends the repair; every attempt handed in from then on is marked
with it. Those handed in before are marked again by one task each, found by what has
no outcome yet, so that the work goes on wherever it was cut short.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry
from quizzes import jobs
from quizzes.exceptions import RepairNotAccepted
from quizzes.models import (
    Attempt,
    AttemptItem,
    QuestionVersion,
    Repair,
    RepairNotice,
    RepairOutcome,
)
from quizzes.taking.actions import locked_attempt, mark_again

# An attempt may be handed in while the repair is written and not know of it yet.
SETTLE = timedelta(minutes=15)
# How long the sweep looks after a repair; beat hands in what is overdue long before.
WATCHED = timedelta(days=30)


def check_can_repair(
    version: QuestionVersion, kind: str, correction: QuestionVersion | None
) -> None:
    """Refuse a repair that could not be marked. Raises RepairNotAccepted."""
    if kind not in Repair.Kind.values:
        raise RepairNotAccepted("unknown_kind", _("Pilih dulu jenis perbaikannya."))
    if kind != Repair.Kind.CORRECTED:
        return
    if correction is None or not _is_later_wording(version, correction):
        raise RepairNotAccepted(
            "no_correction",
            _(
                "Kunci yang benar belum terbit. Betulkan soalnya, terbitkan kursusnya, "
                "lalu pilih versi itu di sini."
            ),
        )
    known = {option.key for option in correction.options.all()}
    lost = [option.key for option in version.options.all() if option.key not in known]
    if correction.type != version.type or lost:
        raise RepairNotAccepted(
            "other_options",
            _(
                "Pilihan di versi itu berbeda, jadi jawaban lama tidak cocok. "
                "Pilih “Soal tidak dihitung” atau “Semua jawaban dianggap benar”."
            ),
        )


def _is_later_wording(version: QuestionVersion, correction: QuestionVersion) -> bool:
    return (
        correction.question_id == version.question_id
        and correction.number > version.number
        and correction.state == QuestionVersion.State.READY
    )


@transaction.atomic
def repair_question(
    *,
    version: QuestionVersion,
    kind: str,
    correction: QuestionVersion | None,
    reason: str,
    by: User | None,
    now: datetime,
) -> Repair:
    """Say that a wording is flawed and how it is marked from now on.

    Saying it twice changes nothing. Raises RepairNotAccepted.
    """
    check_can_repair(version, kind, correction)
    if not reason.strip():
        raise RepairNotAccepted(
            "no_reason", _("Alasan masih kosong. Tulis apa yang keliru di soal ini.")
        )
    repair, is_new = Repair.objects.get_or_create(
        question_version=version,
        kind=kind,
        correction=correction if kind == Repair.Kind.CORRECTED else None,
        defaults={"reason": reason.strip(), "repaired_by": by, "repaired_at": now},
    )
    if is_new:
        audit.record(
            "quizzes.question.repaired",
            version.question,
            by=by,
            now=now,
            repair=repair.pk,
            kind=kind,
            number=version.number,
        )
        queue_on_commit(jobs.APPLY_REPAIRS)
    return repair


def attempts_to_repair(repair: Repair) -> "QuerySet[Attempt]":
    """Return the attempts handed in before the repair that it was not applied to."""
    drew_it = AttemptItem.objects.filter(
        attempt=OuterRef("pk"), question_version=repair.question_version_id
    )
    done = RepairOutcome.objects.filter(attempt=OuterRef("pk"), repair=repair)
    found: QuerySet[Attempt] = (
        Attempt.objects.submitted()
        .filter(Exists(drew_it), submitted_at__lte=repair.repaired_at + SETTLE)
        .exclude(Exists(done))
    )
    return found


def unfinished_repairs(now: datetime, *, limit: int) -> list[tuple[int, int]]:
    """Return (repair, attempt) ids that wait to be applied, oldest repair first."""
    found: list[tuple[int, int]] = []
    for repair in Repair.objects.filter(repaired_at__gte=now - WATCHED):
        left = limit - len(found)
        if left <= 0:
            break
        ids = attempts_to_repair(repair).order_by("pk").values_list("pk", flat=True)
        found += [(repair.pk, attempt_id) for attempt_id in ids[:left]]
    return found


@atomic_with_retry
def apply_repair(*, repair_id: int, attempt_id: int, now: datetime) -> RepairOutcome:
    """Mark one attempt again with everything that is known today.

    Its score only rises; grade, completion, JP and certificate follow at once, and
    the person is told once per repair. A second call gives the first outcome. Locks
    the enrolment, then the attempt.
    """
    repair = Repair.objects.get(pk=repair_id)
    attempt = locked_attempt(attempt_id)
    outcome = RepairOutcome.objects.filter(repair=repair, attempt=attempt).first()
    if outcome:
        return outcome
    if attempt.points is None:
        raise AssertionError("An attempt is repaired after it was handed in.")
    points, most = attempt.points, attempt.max_points
    is_raised = mark_again(attempt, by=repair.repaired_by, now=now)
    outcome = RepairOutcome.objects.create(
        repair=repair,
        attempt=attempt,
        points_before=points,
        max_before=most,
        points_after=attempt.points,
        max_after=attempt.max_points,
        applied_at=now,
    )
    if is_raised:
        RepairNotice.objects.get_or_create(
            repair=repair, person_id=attempt.person_id, defaults={"told_at": now}
        )
    return outcome


@atomic_with_retry
def read_notice(*, notice_id: int, now: datetime) -> RepairNotice:
    """Take a notice off the home page; reading it twice changes nothing."""
    notice = RepairNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice
