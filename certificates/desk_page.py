"""What the pages show on which HR looks after the certificates of her people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.nip import LENGTH, normalise_nip
from certificates.correcting import may_decide
from certificates.issuing_site import SiteObstacle, obstacles
from certificates.models import Certificate, CertificateWork, Correction
from certificates.policy import CORRECT
from certificates.selectors import state_of
from certificates.verification_code import display, normalise_code
from lib.folding import folded_words

PER_PAGE, MOST_FOUND, MOST_OPEN = 50, 20, 200
SEARCH_KEY = "certificates.desk.words"


@dataclass(frozen=True)
class FailedRow:
    """A certificate that could not be made: why, whose task it is, when again."""

    pk: int
    name: str
    unit: str
    course: str
    problem: str
    remedy: str
    failed_at: datetime
    next_try_at: datetime | None
    is_for_operator: bool


@dataclass(frozen=True)
class FoundCertificate:
    """A certificate that the words find; `state` in words."""

    code: str
    number: str
    name: str
    course: str
    issued_on: date
    state: str


@dataclass(frozen=True)
class CorrectionRow:
    """A request, and whether the person who looks at it may decide it."""

    pk: int
    code: str
    kind: str
    number: str
    name: str
    course: str
    reason: str
    note: str
    asked_by: str
    asked_at: datetime
    may_decide: bool
    may_withdraw: bool
    decision: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class CertificateDesk:
    """Everything about certificates that waits for a person."""

    site: list[SiteObstacle]
    failed: "Page[Any]"
    open: list[CorrectionRow]
    found: list[FoundCertificate]
    words: str


def certificate_desk(
    user: User, *, words: str, page: str | None, now: datetime
) -> CertificateDesk:
    """Return what waits in the user's units, and what the words find there."""
    failed = CertificateWork.objects.visible_to(user, CORRECT).failed()
    rows = failed.select_related(
        "enrollment__person__unit",
        "enrollment__completed_version",
        "enrollment__version",
    ).order_by("failed_at", "pk")
    shown = Paginator(rows, PER_PAGE).get_page(page)
    shown.object_list = [_failed_row(row) for row in shown.object_list]
    waiting = _with_names(Correction.objects.visible_to(user, CORRECT).open())
    return CertificateDesk(
        site=obstacles(now=now),
        failed=shown,
        open=[_correction_row(row, user) for row in waiting[:MOST_OPEN]],
        found=_found(user, words),
        words=words,
    )


def correction_rows(certificate: Certificate, user: User) -> list[CorrectionRow]:
    """Return every request about a certificate, latest first."""
    rows = _with_names(Correction.objects.filter(certificate=certificate))
    return [_correction_row(row, user) for row in rows]


def correction_row(correction: Correction, user: User) -> CorrectionRow:
    """Return one request as its page shows it."""
    return _correction_row(correction, user)


def _failed_row(row: Any) -> FailedRow:
    enrollment = row.enrollment
    version = enrollment.completed_version or enrollment.version
    return FailedRow(
        pk=row.pk,
        name=enrollment.person.full_name,
        unit=enrollment.person.unit.name if enrollment.person.unit else "",
        course=version.title,
        problem=row.problem,
        remedy=_remedy(row.kind),
        failed_at=row.failed_at,
        next_try_at=row.next_try_at,
        is_for_operator=row.kind != CertificateWork.Problem.DATA,
    )


def _remedy(kind: str) -> str:
    if kind == CertificateWork.Problem.DATA:
        return _(
            "Betulkan data pegawai lewat impor, atau minta penyusun membetulkan "
            "kursusnya. Lalu coba lagi."
        )
    return _("Beri tahu operator situs. Setelah diperbaiki, sertifikat dicoba lagi.")


def _found(user: User, words: str) -> list[FoundCertificate]:
    if not words:
        return []
    rows = (
        Certificate.objects.visible_to(user, CORRECT)
        .filter(_wanted(words))
        .select_related("revocation", "replaced_by")
    )
    return [
        FoundCertificate(
            code=display(row.code),
            number=row.number,
            name=row.data["name"],
            course=row.data["course_title"],
            issued_on=date.fromisoformat(row.data["issued_on"]),
            state=state_of(row),
        )
        for row in rows[:MOST_FOUND]
    ]


def _wanted(words: str) -> Q:
    """Read the words as a NIP, a code, a number or a part of a name."""
    number = normalise_nip(words)
    if number.isdigit() and len(number) == LENGTH:
        return Q(person__in=User.objects.all().numbered(number).values("pk"))
    named = Q()
    for word in folded_words(words):
        named &= Q(person__name_key__contains=word)
    wanted = Q(number__iexact=words) | named
    code = normalise_code(words)
    return wanted | Q(code=code) if code else wanted


def _with_names(rows: Any) -> Any:
    return rows.select_related("certificate", "asked_by", "decided_by")


def _correction_row(row: Any, user: User) -> CorrectionRow:
    return CorrectionRow(
        pk=row.pk,
        code=display(row.certificate.code),
        kind=row.kind,
        number=row.certificate.number,
        name=row.certificate.data["name"],
        course=row.certificate.data["course_title"],
        reason=row.get_reason_display(),
        note=row.note,
        asked_by=row.asked_by.full_name,
        asked_at=row.asked_at,
        may_decide=may_decide(row, user),
        may_withdraw=row.asked_by_id == user.pk,
        decision=row.get_decision_display() if row.decision else "",
        decided_by=row.decided_by.full_name if row.decided_by else "",
        decided_at=row.decided_at,
    )
