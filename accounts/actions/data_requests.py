"""Requests about one's own data: asking, taking back, answering; and erasing in time.

A request waits 3 × 24 hours at most (UU 27/2022). Who is to be erased is planned a day
ahead, so that she is told and may think again; there is no way back afterwards.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, jobs
from accounts.actions.notices import News, tell
from accounts.actions.people import anonymise_person
from accounts.exceptions import DataRequestNotAccepted
from accounts.models import (
    AuditRecord,
    DataRequest,
    NoticeKind,
    PlannedErasure,
    RoleAssignment,
    User,
)
from lib.paths import ancestor_paths
from lib.queueing import EVERY_HOUR
from lib.transactions import atomic_with_retry

ANSWERED_WITHIN = timedelta(hours=3 * 24)
# Between the answer and the end: at least one morning's mail.
ERASED_AFTER = timedelta(hours=24)
RETENTION_NOTICE = timedelta(days=30)
MOST_WORDS, MOST_AT_ONCE = 1_000, 500
_YEAR = timedelta(days=365)
_SWITCHED = ("accounts.person.activated", "accounts.person.deactivated")


@atomic_with_retry
def ask_about_data(
    *, person: User, kind: str, words: str, now: datetime
) -> DataRequest:
    """Ask for one's data to be corrected, rested or erased.

    Raises DataRequestNotAccepted where the same waits already, where data rest
    already, and for a correction that does not say what is wrong.
    """
    words = words.strip()
    if kind == DataRequest.Kind.CORRECTION and not words:
        raise DataRequestNotAccepted(
            "no_words", _("Tulis data mana yang keliru dan apa yang benar.")
        )
    if kind == DataRequest.Kind.RESTRICTION and person.restricted_at:
        raise DataRequestNotAccepted(
            "rests_already", _("Pemrosesan data Anda sudah dibatasi.")
        )
    try:
        with transaction.atomic():
            made: DataRequest = DataRequest.objects.create(
                person=person,
                kind=kind,
                words=words[:MOST_WORDS],
                asked_at=now,
                due_at=now + ANSWERED_WITHIN,
            )
    except IntegrityError as error:
        raise DataRequestNotAccepted(
            "waits_already",
            _("Permintaan seperti ini sudah menunggu jawaban. Lihat daftarnya."),
        ) from error
    audit.record("accounts.data_request.asked", made, by=person, now=now, kind=kind)
    return made


@atomic_with_retry
def withdraw_data_request(*, request_id: int, by: User, now: datetime) -> bool:
    """Take one's own request back; True when that is new.

    Also an erasure that was accepted and has not happened yet. Raises
    DataRequestNotAccepted for what was answered otherwise.
    """
    asked = _locked(request_id)
    if asked.state == DataRequest.State.WITHDRAWN:
        return False
    planned = PlannedErasure.objects.filter(
        person=by, cause=PlannedErasure.Cause.REQUEST
    )
    is_planned = asked.kind == DataRequest.Kind.ERASURE and planned.exists()
    if asked.state != DataRequest.State.WAITING and not is_planned:
        raise _answered_already()
    planned.delete()
    _close(asked, DataRequest.State.WITHDRAWN, "", by=by, now=now)
    return True


@atomic_with_retry
def accept_data_request(
    *, request_id: int, answer: str, by: User, now: datetime
) -> bool:
    """Grant what was asked; True when that is new.

    A correction is made by hand before; a restriction holds at once; whoever is to be
    erased is a day later. Raises DataRequestNotAccepted for one's own, for what was
    answered, and for the erasure of whoever holds a role.
    """
    asked = _locked(request_id)
    if asked.state == DataRequest.State.ACCEPTED and asked.decided_by_id == by.pk:
        return False
    _check_may_answer(asked, by)
    if asked.kind == DataRequest.Kind.RESTRICTION:
        _restrict(asked.person, by=by, now=now)
    elif asked.kind == DataRequest.Kind.ERASURE:
        _plan_erasure(asked.person, by=by, now=now)
    _close(asked, DataRequest.State.ACCEPTED, answer, by=by, now=now)
    return True


@atomic_with_retry
def refuse_data_request(
    *, request_id: int, answer: str, by: User, now: datetime
) -> bool:
    """Refuse what was asked, for a reason that she reads; True when that is new.

    Raises DataRequestNotAccepted without a reason, and as `accept_data_request`.
    """
    asked = _locked(request_id)
    if asked.state == DataRequest.State.REFUSED and asked.decided_by_id == by.pk:
        return False
    _check_may_answer(asked, by)
    if not answer.strip():
        raise DataRequestNotAccepted(
            "no_reason", _("Alasan masih kosong. Tulis dasar penolakannya.")
        )
    _close(asked, DataRequest.State.REFUSED, answer, by=by, now=now)
    return True


def _locked(request_id: int) -> DataRequest:
    rows = DataRequest.objects.select_for_update(no_key=True)
    asked: DataRequest = rows.get(pk=request_id)
    return asked


def _answered_already() -> DataRequestNotAccepted:
    return DataRequestNotAccepted(
        "answered_already", _("Permintaan ini sudah dijawab. Muat ulang halamannya.")
    )


def _check_may_answer(asked: DataRequest, by: User) -> None:
    if asked.person_id == by.pk:
        raise DataRequestNotAccepted(
            "own", _("Permintaan Anda sendiri dijawab pengelola lain.")
        )
    if asked.state != DataRequest.State.WAITING:
        raise _answered_already()


def _close(
    asked: DataRequest, state: str, answer: str, *, by: User, now: datetime
) -> None:
    """Say what became of a request, and tell her, unless it was she who did."""
    asked.state = DataRequest.State(state)
    asked.answer = answer.strip()[:MOST_WORDS]
    asked.decided_by, asked.decided_at = by, now
    asked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    verb = f"accounts.data_request.{state}"
    audit.record(verb, asked, by=by, now=now, kind=asked.kind)
    if state == DataRequest.State.WITHDRAWN:
        return
    said = {"kind": asked.get_kind_display(), "state": asked.get_state_display()}
    news = News(
        person_id=asked.person_id,
        kind=NoticeKind.DATA,
        key=f"data-request:{asked.pk}:{state}",
        text=_("%(kind)s: %(state)s. Baca jawabannya.") % said,
        url=reverse("accounts:data_request_list"),
    )
    tell(news, now=now)


def _restrict(person: User, *, by: User, now: datetime) -> None:
    person.restricted_at = now
    person.save(update_fields=["restricted_at"])
    audit.record("accounts.restriction.begun", person, by=by, now=now)


@atomic_with_retry
def end_restriction(*, person: User, now: datetime) -> bool:
    """Let one's own data be processed again; True when that is new."""
    if person.restricted_at is None:
        return False
    person.restricted_at = None
    person.save(update_fields=["restricted_at"])
    audit.record("accounts.restriction.ended", person, by=person, now=now)
    return True


def _plan_erasure(person: User, *, by: User, now: datetime) -> None:
    if person.has_role:
        raise DataRequestNotAccepted(
            "holds_a_role",
            _("Pegawai ini memegang peran di sistem. Cabut dulu perannya."),
        )
    PlannedErasure.objects.get_or_create(
        person=person,
        defaults={
            "cause": PlannedErasure.Cause.REQUEST,
            "planned_at": now,
            "erase_at": now + ERASED_AFTER,
            "planned_by": by,
        },
    )
    audit.record("accounts.erasure.planned", person, by=by, now=now, reason="request")


# --- those who left long ago --------------------------------------------------------
def left_before(moment: datetime) -> "QuerySet[User]":
    """Return people whose account has been closed since before `moment`.

    When it was closed is on the audit trail. Whoever was never closed by anybody, or is
    anonymised already, is not among them.
    """
    switched = AuditRecord.objects.filter(subject_id=OuterRef("pk"), verb__in=_SWITCHED)
    people: QuerySet[User] = User.objects.filter(
        Exists(switched.filter(at__lt=moment)),
        ~Exists(switched.filter(at__gte=moment)),
        is_active=False,
        nip__isnull=False,
    )
    return people


def plan_retention(*, now: datetime) -> int:
    """Plan to erase whoever left so many years ago, a month ahead; say how many.

    Plans of people who are back, and all where the site keeps for ever, are dropped.
    Twice changes nothing.
    """
    plans = PlannedErasure.objects.filter(cause=PlannedErasure.Cause.RETENTION)
    years = settings.ELEARNING_RETENTION_YEARS
    if not years:
        plans.delete()
        return 0
    plans.filter(person__is_active=True).delete()
    soon = left_before(now - years * _YEAR + RETENTION_NOTICE)
    waiting = soon.filter(planned_erasure__isnull=True).order_by("pk")
    planned = 0
    for person in list(waiting[:MOST_AT_ONCE]):
        planned += _plan_retention(person, now=now)
    return planned


@atomic_with_retry
def _plan_retention(person: User, *, now: datetime) -> bool:
    _plan, is_new = PlannedErasure.objects.get_or_create(
        person=person,
        defaults={
            "cause": PlannedErasure.Cause.RETENTION,
            "planned_at": now,
            "erase_at": now + RETENTION_NOTICE,
        },
    )
    if is_new:
        verb = "accounts.erasure.planned"
        audit.record(verb, person, by=None, now=now, reason="retention")
        _tell_admins(person, now=now)
    return is_new


def _tell_admins(person: User, *, now: datetime) -> None:
    """Tell the admins above her, once a day, that somebody will be erased."""
    if person.unit is None or not person.unit.path:
        return
    above = RoleAssignment.objects.filter(
        role="admin",
        ends_at__isnull=True,
        person__is_active=True,
        unit__path__in=ancestor_paths(person.unit.path),
    )
    for admin_id in sorted(set(above.values_list("person", flat=True))):
        news = News(
            person_id=admin_id,
            kind=NoticeKind.DATA,
            key=f"retention:{now:%Y-%m-%d}:{admin_id}",
            text=_("Masa simpan data pegawai yang sudah keluar akan habis. Periksa."),
            url=reverse("accounts:erasure_list"),
        )
        tell(news, now=now)


def ask_for_due_erasures(*, now: datetime) -> int:
    """Send a message for everybody who is to be erased by now; return how many."""
    due = PlannedErasure.objects.filter(erase_at__lte=now).order_by("erase_at", "pk")
    ids = list(due.values_list("person", flat=True)[:MOST_AT_ONCE])
    for person_id in ids:
        jobs.ERASE_PERSON.send(expires=EVERY_HOUR, person_id=person_id)
    return len(ids)


@atomic_with_retry
def erase_person(*, person_id: int, now: datetime) -> bool:
    """Anonymise whoever is to be erased by now; True when that happened.

    Not whoever came back before a term of keeping was over, or got a role meanwhile.
    """
    planned = (
        PlannedErasure.objects.select_for_update(no_key=True)
        .filter(person=person_id, erase_at__lte=now)
        .first()
    )
    if planned is None:
        return False
    person, cause = planned.person, planned.cause
    if person.has_role or (
        cause == PlannedErasure.Cause.RETENTION
        and (person.is_active or not settings.ELEARNING_RETENTION_YEARS)
    ):
        planned.delete()
        return False
    anonymise_person(person=person, by=planned.planned_by, now=now, reason=cause)
    return True
