"""Issuing, storing, telling, revoking and replacing certificates.

Two facts kept apart: that a certificate was issued (a row, permanent) and its PDF (a
file). Lock order: Enrollment, then the number's counter last of all.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import News, tell
from accounts.models import NoticeKind, Unit, User
from accounts.seal_witness import seals_cut_off
from certificates import (
    eligibility,
    issuing_site,
    jobs,
    numbering,
    rendering,
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
    CertificateWork,
    NumberCounter,
    PublicAddress,
    Revocation,
)
from courses import actions as courses_actions
from courses.models import Enrollment
from lib.moments import not_before
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry

# Why a certificate was replaced by rule.
RAISED = "Nilai akhir naik sesudah sertifikat terbit"


@atomic_with_retry
def issue_certificate(
    *, enrollment_id: int, by: User | None, now: datetime
) -> Certificate:
    """Issue the one certificate of a completed enrolment.

    A second call returns the first certificate. Locks the enrolment, then the
    number's counter, so that numbers have no gaps. Raises NotEligible, SiteNotReady
    without a public address, or `rendering.RenderingFailed`, all before a number is
    taken.
    """
    enrollment = _locked_enrollment(enrollment_id)
    existing = Certificate.objects.filter(
        enrollment=enrollment, replaces__isnull=True
    ).first()
    if existing:
        return existing
    _check_is_eligible(enrollment)
    data = snapshot.take(enrollment)
    return _issue(enrollment, data, replaces=None, by=by, now=now, reason="")


def _locked_enrollment(enrollment_id: int) -> Enrollment:
    courses_actions.lock_enrollment(enrollment_id)
    found = Enrollment.objects.select_related(
        "person__unit", "course__unit", "completed_version", "jp_entry"
    )
    enrollment: Enrollment = found.get(pk=enrollment_id)
    return enrollment


def _check_is_eligible(enrollment: Enrollment) -> None:
    reasons = eligibility.reasons_against(
        eligibility.EnrollmentFacts(
            completed_at=enrollment.completed_at, person_name=enrollment.person.name
        )
    )
    if "not_complete" in reasons:
        raise NotEligible(
            "not_complete",
            _("Kursus ini belum selesai. Sertifikat terbit setelah lulus."),
        )
    if reasons:
        raise NotEligible(
            reasons[0], _("Nama peserta kosong. Isi namanya lewat impor pegawai.")
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
    now = not_before(
        now, enrollment.completed_at, replaces.issued_at if replaces else None
    )
    issuing_site.check_was_not_restored()
    address = issuing_site.public_address()
    design = current_design(now=now)
    code = verification_code.new_code()
    day = _day_of_issue(enrollment, data, now=now)
    data |= {
        "issued_on": day.isoformat(),
        "verify_url": snapshot.verify_url(address, verification_code.display(code)),
    }
    rendering.check_data(
        snapshot.certificate_data(data, number="0", code=code, design=design)
    )
    PublicAddress.objects.get_or_create(url=address, defaults={"first_used_at": now})
    issuer = settings.ELEARNING_ISSUER_CODE
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
    _tell_of(certificate, now=now)
    queue_on_commit(jobs.STORE_PDF, certificate_id=certificate.pk)
    return certificate


def _tell_of(certificate: Certificate, *, now: datetime) -> None:
    """Put it on the person's list; its own mail follows with the file."""
    if certificate.replaces_id is None:
        text = _("Sertifikat “%(title)s” sudah terbit.")
    else:
        text = _("Sertifikat “%(title)s” diganti dengan yang baru.")
    tell(
        News(
            person_id=certificate.person_id,
            kind=NoticeKind.CERTIFICATE,
            key=f"certificate:{certificate.pk}",
            text=text % {"title": certificate.data["course_title"]},
            url=reverse("certificates:certificate_list"),
            is_mailed_apart=True,
        ),
        now=now,
    )


def _day_of_issue(
    enrollment: Enrollment, data: dict[str, Any], *, now: datetime
) -> date:
    """Return the day that is printed and that the number's month and year come from.

    It is the day where the issuer is: the unit whose code is the issuer's, else the
    unit that owns the course. Further east a course may be finished tomorrow already;
    then tomorrow it is, for nobody has a certificate before she has finished.
    """
    unit = Unit.objects.filter(code=settings.ELEARNING_ISSUER_CODE).first()
    zone = ZoneInfo((unit or enrollment.course.unit).time_zone)
    return max(now.astimezone(zone).date(), date.fromisoformat(data["completed_on"]))


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


@atomic_with_retry
def continue_numbers(
    *, issuer: str, year: int, last: int, by: User | None, now: datetime
) -> bool:
    """Go on after number `last` of a year; True when that is new.

    For a site that was restored from an older copy: what it issued after the copy is
    in people's hands, and its numbers must not be given to others. A counter that is
    further on already stays as it is, and never goes back. From then on the site
    issues again (`issuing_site.restore_problem`).
    """
    seals = sorted(seals_cut_off(settings.ELEARNING_SEAL_FILE))
    NumberCounter.objects.get_or_create(issuer=issuer, year=year)
    counters = NumberCounter.objects.select_for_update(no_key=True)
    counter = counters.get(issuer=issuer, year=year)
    before, counter.last = counter.last, max(counter.last, last)
    counter.save(update_fields=["last"])
    audit.record(
        issuing_site.NUMBERS_CONTINUED,
        counter,
        by=by,
        now=now,
        year=year,
        before=before,
        after=counter.last,
        seals=seals,
    )
    return counter.last > before


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
    from certificates import signing

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
            _ask_to_tell(certificate, now=now)
    if not is_new:
        storage.discard(path)
    return file


def _ask_to_tell(certificate: Certificate, *, now: datetime) -> None:
    """Take down that the owner is to be told, so that a lost message is sent again."""
    row, _is_new = CertificateWork.objects.get_or_create(
        certificate=certificate, defaults={"enrollment_id": certificate.enrollment_id}
    )
    CertificateWork.objects.filter(pk=row.pk).update(
        is_mail=True,
        asked_at=now,
        starts=0,
        started_at=None,
        failures=0,
        failed_at=None,
        next_try_at=None,
        kind="",
        problem="",
    )
    queue_on_commit(jobs.MAIL_CERTIFICATE, certificate_id=certificate.pk)


def mail_certificate(*, certificate_id: int, now: datetime) -> bool:
    """Tell the person once that the certificate is there; True when a mail went out.

    The row comes first: a mail may be lost, but never sent twice. Whoever has no
    address, or has left and can sign in no longer, is not written to, nor is anybody
    about a certificate that was replaced or revoked before its mail went out.
    """
    certificate = Certificate.objects.select_related("person", "replaces").get(
        pk=certificate_id
    )
    if not certificate.person.email or not certificate.person.is_active:
        return False
    if not Certificate.objects.current().filter(pk=certificate.pk).exists():
        return False
    with transaction.atomic():
        _row, is_new = CertificateMail.objects.get_or_create(
            certificate=certificate, defaults={"sent_at": now}
        )
    if not is_new:
        return False
    context = {
        "name": certificate.person.full_name,
        "course_title": certificate.data["course_title"],
        "number": certificate.number,
        "old_number": certificate.replaces.number if certificate.replaces else "",
        "reason": certificate.reason,
        "verify_url": certificate.data["verify_url"],
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    message = EmailMessage(
        subject=f"Sertifikat {certificate.data['course_title']}",
        body=render_to_string("email/certificate_issued.txt", context),
        to=[certificate.person.email],
    )
    return message.send() == 1


def check_is_current(certificate: Certificate) -> None:
    """Refuse a certificate that was replaced or revoked. Hold its enrolment's lock."""
    if not Certificate.objects.current().filter(pk=certificate.pk).exists():
        raise CertificateNotRevocable(
            "not_current", _("Sertifikat ini sudah diganti atau dicabut.")
        )


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
    CertificateNotRevocable for one that was replaced or revoked already, and whatever
    issuing raises.
    """
    old = Certificate.objects.get(pk=certificate_id)
    enrollment = _locked_enrollment(old.enrollment_id)
    check_is_current(old)
    data = snapshot.take(enrollment)
    for kept in ("score", "predikat", "jp", "started_on", "completed_on", "modules"):
        data[kept] = old.data[kept]
    return _issue(enrollment, data, replaces=old, by=by, now=now, reason=reason)


@atomic_with_retry
def replace_outdated(*, enrollment_id: int, now: datetime) -> Certificate | None:
    """Replace the certificate that prints a lower score than the person has by now.

    By rule, as after a repaired question: nobody asks, nobody confirms, and nothing but
    score and predikat changes. A score that fell or looks the same as printed changes
    nothing. Returns the new certificate, None where there is none; a second call finds
    nothing left to do. Locks the enrolment, then the number's counter.
    """
    enrollment = _locked_enrollment(enrollment_id)
    old = Certificate.objects.current().filter(enrollment=enrollment).first()
    if old is None or not snapshot.is_outdated(old.data, enrollment.final_percent):
        return None
    data = old.data | snapshot.result_of(enrollment.final_percent)
    return _issue(enrollment, data, replaces=old, by=None, now=now, reason=RAISED)
