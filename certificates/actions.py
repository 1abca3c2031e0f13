"""Issuing, storing, telling, revoking and replacing certificates.

Two facts kept apart: that a certificate was issued (a row, permanent) and its PDF (a
file). Lock order: Enrollment, then the number's counter last of all.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.timezone import get_default_timezone

from accounts import audit
from accounts.models import User
from certificates import (
    eligibility,
    jobs,
    numbering,
    rendering,
    signing,
    signing_keys,
    snapshot,
    storage,
    verification_code,
)
from certificates.exceptions import CertificateNotRevocable, NotEligible
from certificates.models import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    CertificateMail,
    NumberCounter,
    Revocation,
)
from courses import actions as courses_actions
from courses.models import Enrollment
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry


@atomic_with_retry
def issue_certificate(
    *, enrollment_id: int, by: User | None, now: datetime
) -> Certificate:
    """Issue the one certificate of a completed enrolment.

    A second call returns the first certificate. Locks the enrolment, then the
    number's counter, so that numbers have no gaps. Raises NotEligible, or
    `rendering.RenderingFailed` before a number is taken.
    """
    enrollment = _locked_enrollment(enrollment_id)
    existing = Certificate.objects.filter(
        enrollment=enrollment, replaces__isnull=True
    ).first()
    if existing:
        return existing
    _check_is_eligible(enrollment)
    data = snapshot.take(enrollment, now=now)
    return _issue(enrollment, data, replaces=None, by=by, now=now, reason="")


def _locked_enrollment(enrollment_id: int) -> Enrollment:
    courses_actions.lock_enrollment(enrollment_id)
    found = Enrollment.objects.select_related(
        "person__unit", "course", "completed_version"
    )
    enrollment: Enrollment = found.get(pk=enrollment_id)
    return enrollment


def _check_is_eligible(enrollment: Enrollment) -> None:
    reasons = eligibility.reasons_against(
        eligibility.EnrollmentFacts(
            completed_at=enrollment.completed_at, person_name=enrollment.person.name
        )
    )
    if reasons:
        raise NotEligible(
            reasons[0], "Kursus ini belum selesai. Sertifikat terbit setelah lulus."
        )


def _issue(
    enrollment: Enrollment,
    data: dict[str, Any],
    *,
    replaces: Certificate | None,
    by: User | None,
    now: datetime,
    reason: str,
) -> Certificate:
    design = current_design(now=now)
    code = verification_code.new_code()
    data["verify_url"] = snapshot.verify_url(verification_code.display(code))
    rendering.check_data(
        snapshot.certificate_data(data, number="0", code=code, design=design)
    )
    issuer = settings.ELEARNING_ISSUER_CODE
    # The register is the issuer's, and so is its year: the person may be two zones on.
    day = now.astimezone(get_default_timezone()).date()
    sequence = _next_number(issuer=issuer, year=day.year)
    certificate = Certificate.objects.create(
        enrollment=enrollment,
        person=enrollment.person,
        replaces=replaces,
        issuer=issuer,
        year=day.year,
        sequence=sequence,
        number=numbering.number_text(
            settings.ELEARNING_NUMBER_PATTERN,
            sequence=sequence,
            classification=settings.ELEARNING_CLASSIFICATION_CODE,
            unit=issuer,
            month=day.month,
            year=day.year,
        ),
        code=code,
        design=design,
        data=data,
        reason=reason,
        issued_at=now,
        issued_by=by,
    )
    audit.record("certificates.certificate.issued", certificate, by=by, now=now)
    queue_on_commit(jobs.STORE_PDF, certificate_id=certificate.pk)
    return certificate


def current_design(*, now: datetime) -> CertificateDesign:
    """Return the design that today's settings describe, stored now if it is new."""
    content = snapshot.design_settings()
    canonical = json.dumps(content, sort_keys=True).encode()
    sha256 = hashlib.sha256(canonical).hexdigest()
    existing = CertificateDesign.objects.filter(sha256=sha256).first()
    if existing:
        return existing
    last = CertificateDesign.objects.aggregate(last=Max("number"))["last"] or 0
    design, _ = CertificateDesign.objects.get_or_create(
        sha256=sha256,
        defaults={"number": last + 1, "settings": content, "created_at": now},
    )
    return design


def _next_number(*, issuer: str, year: int) -> int:
    NumberCounter.objects.get_or_create(issuer=issuer, year=year)
    counters = NumberCounter.objects.select_for_update(no_key=True)
    counter = counters.get(issuer=issuer, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def store_pdf(*, certificate_id: int, now: datetime) -> CertificateFile:
    """Render, sign and store the certificate's file.

    The same certificate twice gives the first file. Rendering happens outside any
    transaction; the file is written under its hash before its row commits, and of
    two workers the later one withdraws its own copy.
    """
    certificate = Certificate.objects.select_related("design").get(pk=certificate_id)
    data = snapshot.certificate_data(
        certificate.data,
        number=certificate.number,
        code=verification_code.display(certificate.code),
        design=certificate.design,
    )
    input_hash = rendering.input_hash(data)
    existing = certificate.files.filter(input_hash=input_hash).first()
    if existing:
        return existing
    pdf = signing.sign(
        rendering.render(data),
        key=signing_keys.load_site_key(settings.ELEARNING_SIGNING_KEY),
        signed_at=now,
        reason=f"Sertifikat {certificate.number}",
    )
    sha256, path = storage.write(pdf)
    with transaction.atomic():
        file, is_new = CertificateFile.objects.get_or_create(
            certificate=certificate,
            input_hash=input_hash,
            defaults={
                "sha256": sha256,
                "path": path,
                "byte_size": len(pdf),
                "created_at": now,
            },
        )
        if is_new:
            queue_on_commit(jobs.MAIL_CERTIFICATE, certificate_id=certificate.pk)
    if not is_new:
        storage.discard(path)
    return file


def mail_certificate(*, certificate_id: int, now: datetime) -> bool:
    """Tell the person once that the certificate is there; True when a mail went out.

    The row comes first: a mail may be lost, but never sent twice.
    """
    certificate = Certificate.objects.select_related("person").get(pk=certificate_id)
    if not certificate.person.email:
        return False
    with transaction.atomic():
        _mail, is_new = CertificateMail.objects.get_or_create(
            certificate=certificate, defaults={"sent_at": now}
        )
    if not is_new:
        return False
    context = {
        "name": certificate.person.full_name,
        "course_title": certificate.data["course_title"],
        "number": certificate.number,
        "verify_url": certificate.data["verify_url"],
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    message = EmailMessage(
        subject=f"Sertifikat {certificate.data['course_title']}",
        body=render_to_string("email/certificate_issued.txt", context),
        to=[certificate.person.email],
    )
    return message.send() == 1


@transaction.atomic
def revoke_certificate(
    *, certificate_id: int, reason: str, note: str, by: User, now: datetime
) -> Revocation:
    """Revoke a certificate; its number is never used again. Twice changes nothing."""
    certificate = Certificate.objects.get(pk=certificate_id)
    revocation, is_new = Revocation.objects.get_or_create(
        certificate=certificate,
        defaults={
            "reason": reason,
            "note": note,
            "revoked_at": now,
            "revoked_by": by,
        },
    )
    if is_new:
        audit.record(
            "certificates.certificate.revoked",
            certificate,
            by=by,
            now=now,
            reason=reason,
        )
    return revocation


@atomic_with_retry
def replace_certificate(
    *, certificate_id: int, reason: str, by: User, now: datetime
) -> Certificate:
    """Issue a corrected certificate from today's data; the old one stays, "diganti".

    Score, JP and dates of learning are those of the first certificate. Raises
    CertificateNotRevocable for one that was replaced or revoked already.
    """
    old = Certificate.objects.get(pk=certificate_id)
    enrollment = _locked_enrollment(old.enrollment_id)
    if not Certificate.objects.current().filter(pk=old.pk).exists():
        raise CertificateNotRevocable(
            "not_current", "Sertifikat ini sudah diganti atau dicabut."
        )
    data = snapshot.take(enrollment, now=now)
    for kept in ("score", "predikat", "jp", "started_on", "completed_on", "modules"):
        data[kept] = old.data[kept]
    return _issue(enrollment, data, replaces=old, by=by, now=now, reason=reason)
