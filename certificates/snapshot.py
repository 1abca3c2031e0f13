"""Everything printed on a certificate, as JSON of the day of issue, and back."""

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models.person import IdentityKind
from accounts.nip import normalise_nip
from certificates.models import CertificateDesign
from certificates.predikat import predikat_for
from certificates.rendering import (
    CertificateData,
    IssuerBlock,
    ModuleLine,
    SignerBlock,
)
from certificates.wording import score_text
from courses.jp import credited_jp
from courses.models import Enrollment, JpEntry


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
            "nip": normalise_nip(settings.ELEARNING_SIGNER_NIP),
        },
    }


def take(enrollment: Enrollment) -> dict[str, Any]:
    """Return the snapshot of a completed enrolment: JSON, dates in ISO form.

    Dates of learning are those of the person's own time zone. The day of issue and
    the address belong to the issuer and are added when it is issued.
    """
    person, version = enrollment.person, enrollment.completed_version
    if version is None:
        raise ValueError("The enrolment is not complete.")
    started_on, completed_on = _learned(enrollment, ZoneInfo(person.time_zone))
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
        # 0 where the course was taken again: no JP is credited, so none is certified.
        "jp": credited_jp(enrollment),
        "started_on": started_on.isoformat(),
        "completed_on": completed_on.isoformat(),
        **result_of(enrollment.final_percent),
        "modules": _modules(enrollment),
        "objectives": [row.text for row in version.objectives.all()],
    }


def _learned(enrollment: Enrollment, zone: ZoneInfo) -> tuple[date, date]:
    """Return first and last day of learning.

    The last one is the day on which the JP were earned, if they were: whoever has moved
    to another zone since has finished on the same day all the same.
    """
    if enrollment.completed_at is None:
        raise ValueError("The enrolment is not complete.")
    earned: JpEntry | None = getattr(enrollment, "jp_entry", None)
    last = (
        earned.earned_on if earned else enrollment.completed_at.astimezone(zone).date()
    )
    return min(enrollment.started_at.astimezone(zone).date(), last), last


def result_of(score: Decimal | None) -> dict[str, Any]:
    """Return what is printed of a final score."""
    if score is None:
        return {"score": None, "predikat": ""}
    return {
        "score": str(score),
        "predikat": predikat_for(score, settings.ELEARNING_PREDIKAT),
    }


def is_outdated(snapshot: dict[str, Any], score: Decimal | None) -> bool:
    """Say whether the printed score looks lower than this one. Scores only rise."""
    if score is None or snapshot["score"] is None:
        return False
    printed = Decimal(snapshot["score"])
    return score > printed and score_text(score) != score_text(printed)


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


def verify_url(address: str, code: str) -> str:
    """Return the page that the QR code leads to."""
    return f"{address}/verifikasi/{code}/"


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
        id_number=snapshot["id_number"],
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
        signer=_signer(look["signer"]),
        modules=tuple(ModuleLine(*line) for line in snapshot["modules"]),
        objectives=tuple(snapshot["objectives"]),
        design_version=look["design"],
    )


def _signer(look: dict[str, str]) -> SignerBlock:
    """Return who signs; older snapshots hold the number in groups, which a screen
    reader takes for four numbers.
    """
    return SignerBlock(**{**look, "nip": normalise_nip(look.get("nip", ""))})
