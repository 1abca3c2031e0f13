"""The making of certificates as work: asked for, begun, done, failed, tried again.

Every change is one conditional UPDATE that commits at once, so that a worker killed in
the middle leaves behind that it had begun. Nothing here is needed for a certificate to
be right; it decides when something is tried.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from certificates import actions, issuing_site, jobs, retrying
from certificates.exceptions import NotEligible, SigningFailed, SiteNotReady
from certificates.models import Certificate, CertificateWork
from certificates.rendering import RenderingFailed
from certificates.selectors import enrollments_without_certificate
from certificates.signing_keys import SigningKeyError
from courses.models import Enrollment
from lib.queueing import Job

# A sweep asks for so many new ones, and besides for so many that failed before.
MOST_NEW, MOST_AGAIN = 2_000, 200
_LONGEST_PROBLEM = 500
Question = tuple[Job, dict[str, int]]
logger = logging.getLogger(__name__)


def note(*, enrollment_id: int) -> None:
    """Keep in mind that the certificate of an enrolment is to be looked at again."""
    CertificateWork.objects.get_or_create(enrollment_id=enrollment_id, certificate=None)


def ask_for_what_is_missing(*, now: datetime) -> int:
    """Send a message for everything that is due, and return how many.

    A site that cannot issue at all asks for nothing, and says why. A row is asked for
    again only when its message has expired, so that it has one open message at most.
    """
    obstacles = issuing_site.obstacles(now=now)
    for obstacle in obstacles:
        logger.error("No certificate can be issued: %s", obstacle.message)
    if obstacles:
        return 0
    _begin_with_enrollments(now)
    _begin_with_files(now)
    return _send(_due(now), now=now)


def _due(now: datetime) -> list[CertificateWork]:
    """Return what is to be asked for: however many failed, new ones do not wait."""
    due = CertificateWork.objects.due(now)
    return [*due.unfailed()[:MOST_NEW], *due.failed()[:MOST_AGAIN]]


def _send(rows: list[CertificateWork], *, now: datetime) -> int:
    """Send one message a row; where the broker gives up, the rest may be asked again.

    It is taken down first: a worker may have done the work before we are back. Of two
    sweeps at once each sends only what it has taken down itself.
    """
    ids = [row.pk for row in rows]
    still_due = CertificateWork.objects.due(now).filter(pk__in=ids)
    still_due.update(asked_at=now)
    rows = list(CertificateWork.objects.filter(pk__in=ids, asked_at=now))
    sent = 0
    try:
        for row in rows:
            job, arguments = _question(row)
            job.send(expires=retrying.PATIENCE.total_seconds(), **arguments)
            sent += 1
    finally:
        unsent = [row.pk for row in rows[sent:]]
        CertificateWork.objects.filter(pk__in=unsent).update(asked_at=None)
    return sent


def _question(row: CertificateWork) -> Question:
    if row.certificate_id is None:
        return jobs.ISSUE_CERTIFICATE, {"enrollment_id": row.enrollment_id}
    if row.is_mail:
        return jobs.MAIL_CERTIFICATE, {"certificate_id": row.certificate_id}
    return jobs.STORE_PDF, {"certificate_id": row.certificate_id}


def _begin_with_enrollments(now: datetime) -> None:
    known = CertificateWork.objects.filter(enrollment=OuterRef("pk"))
    waiting = enrollments_without_certificate().filter(
        ~Exists(known), completed_at__lte=now - retrying.GRACE
    )
    CertificateWork.objects.bulk_create(
        [CertificateWork(enrollment_id=pk) for pk in waiting[:MOST_NEW]],
        ignore_conflicts=True,
    )


def _begin_with_files(now: datetime) -> None:
    known = CertificateWork.objects.filter(certificate=OuterRef("pk"))
    waiting = Certificate.objects.without_file().filter(
        ~Exists(known), issued_at__lte=now - retrying.GRACE
    )
    pairs = waiting.order_by("pk").values_list("pk", "enrollment_id")
    CertificateWork.objects.bulk_create(
        [
            CertificateWork(certificate_id=pk, enrollment_id=enrollment_id)
            for pk, enrollment_id in pairs[:MOST_NEW]
        ],
        ignore_conflicts=True,
    )


def make_certificate(
    *, enrollment_id: int, now: datetime, is_asked: bool = False
) -> bool:
    """Issue the certificate of a completed enrolment, or correct its score.

    True when that is done; see `_carry_out` for what happens otherwise, and for
    `is_asked`.
    """

    def verb() -> None:
        actions.issue_certificate(enrollment_id=enrollment_id, by=None, now=now)
        actions.replace_outdated(enrollment_id=enrollment_id, now=now)

    row, _is_new = CertificateWork.objects.get_or_create(
        enrollment_id=enrollment_id, certificate=None
    )
    return _carry_out(row, verb, now=now, is_asked=is_asked)


def make_file(*, certificate_id: int, now: datetime, is_asked: bool = False) -> bool:
    """Draw, sign and store the file of a certificate; True when that is done."""
    certificate = Certificate.objects.get(pk=certificate_id)
    row, _is_new = CertificateWork.objects.get_or_create(
        enrollment_id=certificate.enrollment_id, certificate=certificate
    )
    return _carry_out(
        row,
        lambda: actions.store_pdf(certificate_id=certificate_id, now=now),
        now=now,
        is_asked=is_asked,
    )


def tell_owner(*, certificate_id: int, now: datetime) -> bool:
    """Tell the owner about her certificate, at most once; True when a mail went out."""
    is_told = actions.mail_certificate(certificate_id=certificate_id, now=now)
    CertificateWork.objects.filter(certificate=certificate_id, is_mail=True).delete()
    return is_told


def _carry_out(
    row: CertificateWork,
    verb: Callable[[], object],
    *,
    now: datetime,
    is_asked: bool,
) -> bool:
    """Do the work of a row; True when it is done.

    Says beforehand that it begins: a verb that takes its worker with it is begun three
    times at most, then it has failed like any other. A failure is written down with
    the time of the next try and does not go further. Work that waits for a later try
    is left alone, whatever old message asks for it, but not where a person asks.
    """
    if not is_asked and row.next_try_at is not None and row.next_try_at > now:
        return False
    if row.starts >= retrying.MOST_STARTS:
        _fail(row, CertificateWork.Problem.KILLED, _killed(), now=now)
        return False
    this = CertificateWork.objects.filter(pk=row.pk)
    this.update(starts=F("starts") + 1, started_at=now)
    try:
        verb()
    except (SiteNotReady, SigningKeyError) as error:
        # Nothing is wrong with this one: it waits for the operator like all others.
        this.update(starts=0, started_at=None)
        logger.warning("No certificate can be made: %s", error)
        return False
    except Exception as error:
        kind, problem = _told(error)
        _fail(row, kind, problem, now=now)
        logger.exception("Certificate of enrolment %s: %s", row.enrollment_id, kind)
        return False
    this.filter(is_mail=False).delete()
    this.update(starts=0, started_at=None)
    return True


def _told(error: Exception) -> tuple[str, str]:
    """Return who can mend it, and what is wrong, in words."""
    match error:
        case NotEligible():
            return CertificateWork.Problem.DATA, error.message
        case RenderingFailed():
            return CertificateWork.Problem.DATA, str(error)
        case SigningFailed():
            return CertificateWork.Problem.SITE, str(error)
        case OSError() | OperationalError():
            return CertificateWork.Problem.SITE, _(
                "Berkas tidak dapat disimpan. Periksa ruang dan izin penyimpanan."
            )
    return CertificateWork.Problem.BUG, _(
        "Galat tak terduga (%(name)s). Rinciannya ada pada catatan pekerja."
    ) % {"name": type(error).__name__}


def _killed() -> str:
    return _(
        "Pekerja terhenti %(count)s kali saat membuat sertifikat ini. Periksa memori "
        "dan catatan pekerja."
    ) % {"count": retrying.MOST_STARTS}


def _fail(row: CertificateWork, kind: str, problem: str, *, now: datetime) -> None:
    failures = row.failures + 1
    CertificateWork.objects.filter(pk=row.pk).update(
        starts=0,
        started_at=None,
        asked_at=None,
        failures=failures,
        failed_at=now,
        next_try_at=now + retrying.wait_after(failures),
        kind=kind,
        problem=problem[:_LONGEST_PROBLEM],
    )


def try_again(*, work_id: int, by: User, now: datetime) -> bool:
    """Let the next sweep try at once; True when there was something to try.

    How often it failed is kept, so that the wait goes on growing if it fails again.
    """
    row = CertificateWork.objects.filter(pk=work_id).first()
    if row is None:
        return False
    CertificateWork.objects.filter(pk=work_id).update(next_try_at=None, asked_at=None)
    audit.record(
        "certificates.work.hastened",
        Enrollment(pk=row.enrollment_id),
        by=by,
        now=now,
    )
    return True
