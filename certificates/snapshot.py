"""Everything printed on a certificate, as JSON of the day of issue, and back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models.person import IdentityKind
from accounts.nip import format_nip
from certificates.models import CertificateDesign
from certificates.predikat import predikat_for
from certificates.rendering import (
    CertificateData,
    IssuerBlock,
    ModuleLine,
    SignerBlock,
)
from courses.models import Enrollment


def design_settings() -> dict[str, Any]:
    """Return issuer, signer and wording as the settings have them today."""
    return {
        "design": "kawung_1",
        "agency_name": settings.ELEARNING_AGENCY_NAME,
        "body_name": settings.ELEARNING_OPERATOR,
        "product_name": settings.ELEARNING_PRODUCT_NAME,
        "place": settings.ELEARNING_ISSUE_PLACE,
        "signer": {
            "title": settings.ELEARNING_SIGNER_TITLE,
            "name": settings.ELEARNING_SIGNER_NAME,
            "rank": settings.ELEARNING_SIGNER_RANK,
            "nip": format_nip(settings.ELEARNING_SIGNER_NIP)
            if settings.ELEARNING_SIGNER_NIP
            else "",
        },
    }


def take(enrollment: Enrollment, *, now: datetime) -> dict[str, Any]:
    """Return the snapshot of a completed enrolment: JSON, dates in ISO form.

    Dates are those of the person's own time zone.
    """
    person, version = enrollment.person, enrollment.completed_version
    if version is None or enrollment.completed_at is None:
        raise ValueError("The enrolment is not complete.")
    zone = ZoneInfo(person.time_zone)
    score = enrollment.final_percent
    return {
        "name": person.full_name,
        "id_label": IdentityKind(person.identity_kind).label,
        "id_number": person.nip or "",
        "jabatan": person.jabatan,
        "unit_name": person.unit.name if person.unit else "",
        "agency": person.agency_name
        or (person.unit.agency_name if person.unit else ""),
        "course_title": version.title,
        "course_code": enrollment.course.code,
        "course_version": str(version.number),
        "jp": version.jp,
        "started_on": enrollment.started_at.astimezone(zone).date().isoformat(),
        "completed_on": enrollment.completed_at.astimezone(zone).date().isoformat(),
        "issued_on": now.astimezone(zone).date().isoformat(),
        "score": str(score) if score is not None else None,
        "predikat": predikat_for(score, settings.ELEARNING_PREDIKAT)
        if score is not None
        else "",
        "modules": _modules(enrollment),
        "objectives": [row.text for row in version.objectives.all()],
    }


def _modules(enrollment: Enrollment) -> list[list[Any]]:
    version = enrollment.completed_version
    if version is None:
        return []
    titles = {item.key: item.title for item in version.grade_items.all()}
    lessons = [[lesson.title, lesson.minutes] for lesson in version.lessons.all()]
    graded = {
        row.key: [titles.get(row.key, row.key), row.minutes]
        for row in version.requirements.all()
        if row.minutes
    }
    before = [graded.pop(key) for key in list(graded) if key == "pretest"]
    plan = [["Rencana tindak", version.plan_minutes]] if version.plan_minutes else []
    return [*before, *lessons, *graded.values(), *plan]


def verify_url(code: str) -> str:
    """Return the public address that the QR code holds."""
    return f"{settings.PUBLIC_URL or 'http://localhost:8000'}/verifikasi/{code}/"


def certificate_data(
    snapshot: dict[str, Any], *, number: str, code: str, design: CertificateDesign
) -> CertificateData:
    """Return what the renderer prints, from what was stored at issue."""
    look = design.settings
    score = snapshot["score"]
    return CertificateData(
        number=number,
        code=code,
        verify_url=snapshot["verify_url"],
        issuer=IssuerBlock(
            agency_name=look["agency_name"],
            body_name=look["body_name"],
            product_name=look["product_name"],
        ),
        name=snapshot["name"],
        id_label=snapshot["id_label"],
        id_number=_printed_number(snapshot["id_number"]),
        jabatan=snapshot["jabatan"],
        unit_name=snapshot["unit_name"],
        agency=snapshot["agency"],
        course_title=snapshot["course_title"],
        course_code=snapshot["course_code"],
        course_version=snapshot["course_version"],
        jp=snapshot["jp"],
        started_on=date.fromisoformat(snapshot["started_on"]),
        completed_on=date.fromisoformat(snapshot["completed_on"]),
        predikat=snapshot["predikat"],
        score=Decimal(score) if score is not None else None,
        place=look["place"],
        issued_on=date.fromisoformat(snapshot["issued_on"]),
        signer=SignerBlock(**look["signer"]),
        modules=tuple(ModuleLine(*line) for line in snapshot["modules"]),
        objectives=tuple(snapshot["objectives"]),
        design_version=look["design"],
    )


def _printed_number(number: str) -> str:
    return format_nip(number) if len(number) == 18 else number
