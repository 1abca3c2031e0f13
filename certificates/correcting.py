"""Revoking and replacing on request: one person asks, another one decides.

A certificate counts in somebody's career, so nobody takes one away alone. Whoever asked
may only withdraw; the owner decides nothing about her own. Locks the enrolment before
it decides, so that of two decisions one counts.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from certificates import actions
from certificates.exceptions import CorrectionNotAccepted
from certificates.models import Certificate, Correction, Revocation
from courses import actions as courses_actions
from lib.moments import not_before
from lib.transactions import atomic_with_retry


@atomic_with_retry
def ask_correction(
    *,
    certificate_id: int,
    kind: str,
    reason: str,
    note: str,
    by: User,
    now: datetime,
) -> Correction:
    """Ask that a certificate be revoked or replaced; nothing happens to it yet.

    `reason` is the class that the public page may show, for revoking only; `note`
    says why, and is asked for. Raises CorrectionNotAccepted for a certificate that is
    not valid any more or has an open request, and for a request without its reason.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    courses_actions.lock_enrollment(certificate.enrollment_id)
    _check_asked(certificate, kind, reason, note)
    try:
        with transaction.atomic():
            correction = Correction.objects.create(
                certificate=certificate,
                kind=kind,
                reason=reason if kind == Correction.Kind.REVOKE else "",
                note=note.strip(),
                asked_by=by,
                asked_at=now,
            )
    except IntegrityError as error:
        raise CorrectionNotAccepted(
            "asked_already",
            _("Sertifikat ini sudah punya permintaan yang menunggu keputusan."),
        ) from error
    audit.record(
        "certificates.correction.asked",
        certificate,
        by=by,
        now=now,
        correction=correction.pk,
        kind=kind,
        reason=correction.reason,
    )
    return correction


def _check_asked(certificate: Certificate, kind: str, reason: str, note: str) -> None:
    if not Certificate.objects.current().filter(pk=certificate.pk).exists():
        raise CorrectionNotAccepted(
            "not_current", _("Sertifikat ini sudah diganti atau dicabut.")
        )
    if kind not in Correction.Kind.values:
        raise CorrectionNotAccepted(
            "unknown_kind", _("Pilih dulu: cabut atau ganti sertifikat.")
        )
    if kind == Correction.Kind.REVOKE and reason not in Revocation.Reason.values:
        raise CorrectionNotAccepted("no_reason", _("Pilih alasan pencabutan."))
    if not note.strip():
        raise CorrectionNotAccepted(
            "no_note", _("Penjelasan masih kosong. Tulis apa yang keliru.")
        )


@atomic_with_retry
def confirm_correction(*, correction_id: int, by: User, now: datetime) -> Correction:
    """Do what was asked, as the second person; saying it twice changes nothing.

    Raises CorrectionNotAccepted when `by` asked for it herself, owns the certificate,
    or when somebody decided otherwise before; CertificateNotRevocable when the
    certificate was replaced or revoked meanwhile, and what issuing raises.
    """
    correction = _locked(correction_id)
    if correction.decision == Correction.Decision.CONFIRMED:
        return correction
    _check_is_second(correction, by)
    _decide(correction, Correction.Decision.CONFIRMED, by=by, now=now)
    certificate = correction.certificate
    if correction.kind == Correction.Kind.REPLACE:
        actions.replace_certificate(
            certificate_id=certificate.pk, reason=correction.note, by=by, now=now
        )
    else:
        actions.check_is_current(certificate)
        actions.revoke_certificate(
            certificate_id=certificate.pk,
            reason=correction.reason,
            note=correction.note,
            by=by,
            now=now,
        )
    return correction


@atomic_with_retry
def decline_correction(*, correction_id: int, by: User, now: datetime) -> Correction:
    """Leave the certificate as it is; by whoever asked, that withdraws the request.

    Saying it twice changes nothing. Raises CorrectionNotAccepted when the owner
    declines, or when it was confirmed before.
    """
    correction = _locked(correction_id)
    if correction.decision in {
        Correction.Decision.DECLINED,
        Correction.Decision.WITHDRAWN,
    }:
        return correction
    if correction.asked_by_id == by.pk:
        decision = Correction.Decision.WITHDRAWN
    else:
        _check_is_second(correction, by)
        decision = Correction.Decision.DECLINED
    _decide(correction, decision, by=by, now=now)
    return correction


def _locked(correction_id: int) -> Correction:
    """Return the request as it is once nobody else decides."""
    found = Correction.objects.select_related("certificate")
    enrollment_id = found.get(pk=correction_id).certificate.enrollment_id
    courses_actions.lock_enrollment(enrollment_id)
    correction: Correction = found.get(pk=correction_id)
    return correction


def may_decide(correction: Correction, user: User) -> bool:
    """Say whether `user` is a second person: neither who asked nor the owner."""
    return user.pk not in {correction.asked_by_id, correction.certificate.person_id}


def _check_is_second(correction: Correction, by: User) -> None:
    if not may_decide(correction, by):
        raise CorrectionNotAccepted(
            "not_second",
            _(
                "Permintaan diputuskan orang lain: bukan pengajunya, bukan pemilik "
                "sertifikatnya."
            ),
        )


def _decide(correction: Correction, decision: str, *, by: User, now: datetime) -> None:
    if correction.decision:
        raise CorrectionNotAccepted(
            "decided_already", _("Permintaan ini sudah diputuskan.")
        )
    correction.decision = decision
    correction.decided_by = by
    correction.decided_at = not_before(now, correction.asked_at)
    correction.save(update_fields=["decision", "decided_by", "decided_at"])
    audit.record(
        f"certificates.correction.{decision}",
        correction.certificate,
        by=by,
        now=now,
        correction=correction.pk,
        kind=correction.kind,
    )
