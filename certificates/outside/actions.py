"""Handing in a certificate from elsewhere, and deciding about it.

The row is locked before it is decided about, so that of two decisions one counts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from certificates import jobs
from certificates.exceptions import OutsideNotAccepted
from certificates.models import OutsideCertificate, OutsideDecision
from certificates.outside.papers import Paper
from courses import actions as courses_actions
from lib.moments import not_before
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry

MOST_JP, MOST_WAITING, EARLIEST_YEAR = 500, 20, 2000
_LONGEST_REASON = 300


@dataclass(frozen=True)
class OutsideContent:
    """What somebody says of a training elsewhere."""

    title: str
    organiser: str
    started_on: date
    ended_on: date
    claimed_jp: int
    number: str = ""


@atomic_with_retry
def hand_in(
    *,
    person: User,
    content: OutsideContent,
    paper: Paper,
    token: UUID,
    now: datetime,
) -> OutsideCertificate:
    """Hand in a certificate; the same `token` twice hands it in once.

    Raises OutsideNotAccepted for days that cannot be, JP out of bounds, a paper that
    she has handed in already, and where too many of hers wait.
    """
    if known := _by_token(person, token):
        return known
    _check_said(person, content, now=now)
    try:
        with transaction.atomic():
            made: OutsideCertificate = OutsideCertificate.objects.create(
                person=person,
                token=token,
                title=content.title,
                organiser=content.organiser,
                number=content.number,
                started_on=content.started_on,
                ended_on=content.ended_on,
                claimed_jp=content.claimed_jp,
                sha256=paper.sha256,
                ending=paper.ending,
                byte_size=paper.byte_size,
                handed_in_at=now,
            )
    except IntegrityError as error:
        # The same form, sent at the same moment.
        if known := _by_token(person, token):
            return known
        raise OutsideNotAccepted(
            "known_paper",
            _("Berkas ini sudah pernah Anda ajukan. Lihat daftarnya."),
        ) from error
    audit.record("certificates.outside.handed_in", made, by=person, now=now)
    return made


def _by_token(person: User, token: UUID) -> OutsideCertificate | None:
    found: OutsideCertificate | None = OutsideCertificate.objects.filter(
        token=token, person=person
    ).first()
    return found


def _check_said(person: User, content: OutsideContent, *, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    if content.ended_on < content.started_on:
        raise OutsideNotAccepted(
            "dates_reversed", _("Tanggal selesai lebih awal daripada tanggal mulai.")
        )
    if content.ended_on > today:
        raise OutsideNotAccepted(
            "not_over",
            _("Pelatihan ini belum selesai. Ajukan setelah tanggal selesainya."),
        )
    if content.started_on.year < EARLIEST_YEAR:
        raise OutsideNotAccepted("too_old", _("Periksa tahun pelatihannya."))
    _check_jp(content.claimed_jp)
    waiting = OutsideCertificate.objects.waiting().filter(person=person)
    if waiting.count() >= MOST_WAITING:
        raise OutsideNotAccepted(
            "too_many",
            _("Sudah ada %(most)d pengajuan yang menunggu. Tunggu hasilnya dulu.")
            % {"most": MOST_WAITING},
        )


def _check_jp(jp: int) -> None:
    if not 1 <= jp <= MOST_JP:
        raise OutsideNotAccepted(
            "jp_out_of_bounds",
            _("JP diisi 1 sampai %(most)d.") % {"most": MOST_JP},
        )


@atomic_with_retry
def withdraw_outside(*, outside_id: int, by: User, now: datetime) -> bool:
    """Take back what one handed in, while nobody has decided; True when that is new.

    Raises OutsideNotAccepted once it was decided.
    """
    outside = _locked(outside_id)
    if outside.state == OutsideCertificate.State.WITHDRAWN:
        return False
    _check_state(outside, OutsideCertificate.State.WAITING)
    _decide(outside, OutsideDecision.Verdict.WITHDRAWN, by=by, now=now)
    return True


@atomic_with_retry
def accept_outside(
    *, outside_id: int, jp: int, round_seen: int, by: User, now: datetime
) -> bool:
    """Recognise it as so many JP, on the day it ended; True when that is new.

    `round_seen` is how many decisions were on the screen. Raises OutsideNotAccepted
    for one's own, for JP out of bounds, and where somebody decided meanwhile.
    """
    outside = _locked(outside_id)
    if _is_said(outside, OutsideDecision.Verdict.ACCEPTED, by, round_seen):
        return False
    _check_may_decide(outside, by, round_seen)
    _check_state(outside, OutsideCertificate.State.WAITING)
    _check_jp(jp)
    decision = _decide(outside, OutsideDecision.Verdict.ACCEPTED, by=by, now=now, jp=jp)
    courses_actions.enter_jp(
        person=outside.person,
        cause=_cause(decision),
        title=outside.title,
        jp=jp,
        earned_on=outside.ended_on,
        now=now,
    )
    return True


def _cause(decision: OutsideDecision) -> str:
    return f"outside:{decision.outside_id}:{decision.round}"


@atomic_with_retry
def refuse_outside(
    *, outside_id: int, reason: str, round_seen: int, by: User, now: datetime
) -> bool:
    """Refuse it for a reason that she reads; True when that is new.

    Raises OutsideNotAccepted without a reason, and as `accept_outside`.
    """
    outside = _locked(outside_id)
    if _is_said(outside, OutsideDecision.Verdict.REFUSED, by, round_seen):
        return False
    _check_may_decide(outside, by, round_seen)
    _check_state(outside, OutsideCertificate.State.WAITING)
    verdict = OutsideDecision.Verdict.REFUSED
    _decide(outside, verdict, by=by, now=now, reason=_checked(reason))
    return True


@atomic_with_retry
def reopen_outside(
    *, outside_id: int, reason: str, round_seen: int, by: User, now: datetime
) -> bool:
    """Look at it again; JP that it brought are taken back. True when that is new.

    Raises OutsideNotAccepted without a reason, for what waits or was withdrawn, and as
    `accept_outside`.
    """
    outside = _locked(outside_id)
    if _is_said(outside, OutsideDecision.Verdict.REOPENED, by, round_seen):
        return False
    _check_may_decide(outside, by, round_seen)
    _check_state(
        outside, OutsideCertificate.State.ACCEPTED, OutsideCertificate.State.REFUSED
    )
    _check_no_newer(outside)
    before: OutsideDecision = outside.decisions.get(round=outside.round)
    verdict = OutsideDecision.Verdict.REOPENED
    _decide(outside, verdict, by=by, now=now, reason=_checked(reason))
    if before.jp is not None:
        courses_actions.enter_jp(
            person=outside.person,
            cause=f"{_cause(before)}:back",
            title=outside.title,
            jp=-before.jp,
            earned_on=outside.ended_on,
            now=now,
        )
    return True


def _check_no_newer(outside: OutsideCertificate) -> None:
    """Refuse what she has handed in once more, with the same paper."""
    same = OutsideCertificate.objects.filter(
        person=outside.person_id,
        sha256=outside.sha256,
        state__in=[
            OutsideCertificate.State.WAITING,
            OutsideCertificate.State.ACCEPTED,
        ],
    )
    if outside.sha256 and same.exclude(pk=outside.pk).exists():
        raise OutsideNotAccepted(
            "handed_in_again",
            _("Berkas ini sudah diajukan lagi. Periksa pengajuan yang baru."),
        )


def _locked(outside_id: int) -> OutsideCertificate:
    rows = OutsideCertificate.objects.select_for_update(no_key=True)
    outside: OutsideCertificate = rows.get(pk=outside_id)
    return outside


def _is_said(
    outside: OutsideCertificate, verdict: str, by: User, round_seen: int
) -> bool:
    """Say whether this very press of the button was heard before."""
    said = outside.decisions.filter(round=round_seen + 1, verdict=verdict)
    return outside.round == round_seen + 1 and said.filter(decided_by=by).exists()


def _check_may_decide(outside: OutsideCertificate, by: User, round_seen: int) -> None:
    if outside.person_id == by.pk:
        raise OutsideNotAccepted(
            "own", _("Sertifikat Anda sendiri diperiksa pengelola lain.")
        )
    if outside.round != round_seen:
        raise OutsideNotAccepted(
            "decided_meanwhile",
            _("Pengajuan ini baru saja diputuskan orang lain. Periksa lagi."),
        )


def _check_state(outside: OutsideCertificate, *states: str) -> None:
    if outside.state not in states:
        raise OutsideNotAccepted(
            "other_state",
            _("Pengajuan ini sudah %(state)s.")
            % {"state": outside.get_state_display().lower()},
        )


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise OutsideNotAccepted(
            "no_reason", _("Alasan masih kosong. Tulis supaya pegawai memahaminya.")
        )
    if len(reason) > _LONGEST_REASON:
        raise OutsideNotAccepted(
            "long_reason",
            _("Alasan terlalu panjang. Tulis paling banyak %(most)d huruf.")
            % {"most": _LONGEST_REASON},
        )
    return reason


def _decide(
    outside: OutsideCertificate,
    verdict: "OutsideDecision.Verdict",
    *,
    by: User,
    now: datetime,
    jp: int | None = None,
    reason: str = "",
) -> OutsideDecision:
    """Append what was decided, and tell her, unless it was she who did."""
    decision: OutsideDecision = OutsideDecision.objects.create(
        outside=outside,
        round=outside.round + 1,
        verdict=verdict,
        jp=jp,
        reason=reason,
        decided_by=by,
        decided_at=not_before(now, outside.handed_in_at),
    )
    outside.round = decision.round
    is_reopened = verdict == OutsideDecision.Verdict.REOPENED
    # All others are called as what they lead to.
    outside.state = (
        OutsideCertificate.State.WAITING
        if is_reopened
        else OutsideCertificate.State(verdict.value)
    )
    outside.save(update_fields=["round", "state"])
    audit.record(
        f"certificates.outside.{verdict.value}", outside, by=by, now=now, jp=jp
    )
    if verdict != OutsideDecision.Verdict.WITHDRAWN:
        queue_on_commit(jobs.TELL_OUTSIDE_DECISION, decision_id=decision.pk)
    return decision
