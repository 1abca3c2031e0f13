"""What the home page shows; it looks into every room."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate
from certificates.verification_code import display
from courses.jp import JpStatus, jp_status
from courses.models import Assignment, Course, Enrollment
from courses.published import outline_of
from courses.selectors.course_page import CourseCard, course_cards, course_page
from courses.selectors.fetching import listed_courses
from lib.indonesian import greeting
from lib.paths import ancestor_paths
from quizzes.selectors import Invitation, ScoreNotice, invitation, score_notices

NEAR_DAYS = 7
DEADLINES = 4
SUGGESTIONS = 3


@dataclass(frozen=True)
class Resume:
    """Where to go on."""

    title: str
    subtitle: str
    done: int
    total: int
    url: str
    minutes: int | None
    label: str


@dataclass(frozen=True)
class Deadline:
    """A course HR wants done by a day."""

    due_on: date
    title: str
    note: str
    days_left: int
    is_near: bool
    url: str


@dataclass(frozen=True)
class LatestCertificate:
    """A certificate that can be downloaded."""

    title: str
    jp: int
    issued_on: datetime
    code: str
    download_url: str


@dataclass(frozen=True)
class HomePage:
    """Everything on the home page."""

    greeting: str
    name: str
    jp: JpStatus
    resume: Resume | None
    deadlines: list[Deadline]
    suggestions: list[CourseCard]
    reason: str
    certificates: list[LatestCertificate]
    certificate_count: int
    is_newcomer: bool
    score_notices: list[ScoreNotice]
    review: Invitation | None


def home_page(user: User, *, now: datetime) -> HomePage:
    """Return the page in a number of queries that does not grow with the courses."""
    today = now.astimezone(ZoneInfo(user.time_zone))
    # A certificate that was drawn anew has more than one file.
    certificates = Certificate.objects.filter(
        person=user, files__isnull=False
    ).distinct()
    return HomePage(
        greeting=greeting(today.hour),
        name=user.greeting_name,
        jp=jp_status(user, on=today.date()),
        resume=_resume(user),
        deadlines=_deadlines(user, today.date()),
        suggestions=_suggestions(user),
        reason=_("Kursus singkat yang belum Anda ikuti. Mulai dari mana saja."),
        certificates=[_latest(row) for row in certificates.current()[:2]],
        certificate_count=certificates.count(),
        is_newcomer=not user.enrollments.exists(),
        score_notices=score_notices(user),
        review=invitation(user, now=now),
    )


def _resume(user: User) -> Resume | None:
    enrollment = (
        Enrollment.objects.active()
        .filter(person=user, completed_at__isnull=True)
        .select_related("course__unit")
        .order_by("-last_seen_at")
        .first()
    )
    if enrollment is None:
        return None
    page = course_page(enrollment.course, user)
    lesson = next(
        (row for step in page.steps for row in step.lessons if row.is_current), None
    )
    is_lesson = lesson is not None and lesson.url == page.action.url
    return Resume(
        title=lesson.title if lesson and is_lesson else page.action.label,
        subtitle=page.title,
        done=page.done,
        total=page.total,
        url=page.action.url,
        minutes=lesson.minutes if lesson and is_lesson else None,
        label=_("Lanjutkan"),
    )


def _deadlines(user: User, today: date) -> list[Deadline]:
    if user.unit is None or not user.unit.path:
        return []
    above = ancestor_paths(user.unit.path)
    orders = (
        Assignment.objects.filter(
            cancelled_at__isnull=True,
            unit__path__in=above,
            course__in=Course.objects.listed(),
        )
        .exclude(
            course__enrollments__in=Enrollment.objects.completed().filter(person=user)
        )
        .select_related("course")
        # Each unit above may have ordered the same course.
        .order_by("due_on", "pk")[: DEADLINES * len(above)]
    )
    earliest: dict[int, Assignment] = {}
    for order in orders:
        earliest.setdefault(order.course_id, order)
    return [_deadline(order, today) for order in list(earliest.values())[:DEADLINES]]


def _deadline(order: Any, today: date) -> Deadline:
    days = (order.due_on - today).days
    if days < 0:
        left = _("lewat tenggat %(days)d hari") % {"days": -days}
    elif days == 0:
        left = _("hari ini")
    else:
        left = _("%(days)d hari lagi") % {"days": days}
    return Deadline(
        due_on=order.due_on,
        title=outline_of(order.course.current_version_id).version.title,
        note=_("Wajib · %(left)s") % {"left": left},
        days_left=days,
        is_near=days <= NEAR_DAYS,
        url=order.course.get_absolute_url(),
    )


def _suggestions(user: User) -> list[CourseCard]:
    courses: list[Course] = list(
        listed_courses().exclude(enrollments__person=user)[:SUGGESTIONS]
    )
    return course_cards(courses, user)


def _latest(certificate: Certificate) -> LatestCertificate:
    code = display(certificate.code)
    return LatestCertificate(
        title=certificate.data["course_title"],
        jp=certificate.data["jp"],
        issued_on=certificate.issued_at,
        code=code,
        download_url=reverse("certificates:certificate_download", args=[code]),
    )
