"""Repairing a flawed question: said once, applied to one attempt at a time.

`repair_question` appends the repair; every attempt handed in from then on is marked
with it. Those handed in before are marked again by one task each, found by what has
no outcome yet, so that the work goes on wherever it was cut short.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import News, tell
from accounts.models import NoticeKind, User
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
from quizzes.taking.actions import mark_again
from quizzes.taking.locks import locked_attempt

# An attempt may be handed in while the repair is written and not know of it yet.
SETTLE = timedelta(minutes=15)
# So long the sweep of every minute looks after a repair; after that the nightly one.
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


def unfinished_repairs(
    now: datetime, *, limit: int, older: bool = False
) -> list[tuple[int, int]]:
    """Return (repair, attempt) ids that wait to be applied, oldest repair first.

    Of the repairs of the last days, which are looked at every minute; with `older` of
    all the others, so that none is forgotten however long the work was cut short.
    """
    found: list[tuple[int, int]] = []
    is_recent = Q(repaired_at__gte=now - WATCHED)
    for repair in Repair.objects.filter(~is_recent if older else is_recent):
        left = limit - len(found)
        if left <= 0:
            break
        ids = attempts_to_repair(repair).order_by("pk").values_list("pk", flat=True)
        found += [(repair.pk, attempt_id) for attempt_id in ids[:left]]
    return found


@atomic_with_retry
def apply_repair(*, repair_id: int, attempt_id: int, now: datetime) -> RepairOutcome:
    """Mark one attempt again with this repair and all that were applied before.

    Those that still wait are left out, so that each is told of with what it changed.
    Its score only rises; grade, completion, JP and certificate follow at once, and
    the person is told once per repair. A second call gives the first outcome. Locks
    the enrolment, then the attempt.
    """
    repair = Repair.objects.get(pk=repair_id)
    attempt = locked_attempt(attempt_id)
    outcome = RepairOutcome.objects.filter(repair=repair, attempt=attempt).first()
    if outcome:
        return outcome
    if attempt.percent is None:
        raise AssertionError("An attempt is repaired after it was handed in.")
    points, most, percent = attempt.points, attempt.max_points, attempt.percent
    mark_again(
        attempt,
        by=repair.repaired_by,
        now=now,
        ignoring=_waiting_besides(repair, attempt),
    )
    outcome = RepairOutcome.objects.create(
        repair=repair,
        attempt=attempt,
        points_before=points,
        max_before=most,
        percent_before=percent,
        points_after=attempt.points,
        max_after=attempt.max_points,
        percent_after=attempt.percent,
        applied_at=now,
    )
    # A rise that no page shows is nothing to tell.
    if outcome.percent_after > outcome.percent_before:
        RepairNotice.objects.get_or_create(
            repair=repair, person_id=attempt.person_id, defaults={"told_at": now}
        )
        _tell_of_rise(repair, attempt, now=now)
    return outcome


def _tell_of_rise(repair: Repair, attempt: Attempt, *, now: datetime) -> None:
    tell(
        News(
            person_id=attempt.person_id,
            kind=NoticeKind.SCORE,
            key=f"repair:{repair.pk}:{attempt.person_id}",
            text=_("Satu soal %(quiz)s diperbaiki, dan nilai Anda naik.")
            % {"quiz": attempt.quiz.title},
            url=reverse("quizzes:attempt_result", args=[attempt.key]),
        ),
        now=now,
    )


def _waiting_besides(repair: Repair, attempt: Attempt) -> list[int]:
    """Return the other repairs that this attempt has still to be marked with."""
    applied = RepairOutcome.objects.filter(attempt=attempt, repair=OuterRef("pk"))
    others = Repair.objects.filter(
        question_version__attempt_items__attempt=attempt
    ).exclude(pk=repair.pk)
    if attempt.submitted_at is not None:
        # What was known when it was handed in was marked then.
        others = others.filter(repaired_at__gte=attempt.submitted_at - SETTLE)
    return list(others.exclude(Exists(applied)).values_list("pk", flat=True))


@atomic_with_retry
def read_notice(*, notice_id: int, now: datetime) -> RepairNotice:
    """Take a notice off the home page; reading it twice changes nothing."""
    notice = RepairNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice
