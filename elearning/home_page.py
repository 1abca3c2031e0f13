"""What the home page shows; it looks into every room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate, CertificateFile
from certificates.verification_code import display
from courses.jp import JpStatus, jp_status, jp_sum, year_of
from courses.models import Course, Enrollment
from courses.published import outline_of
from courses.selectors.cards import CourseCard, course_card
from courses.selectors.new_parts import (
    NewPartsNotice,
    has_new_parts,
    new_parts_notices,
)
from courses.selectors.way import next_action, standing_of
from lib.indonesian import greeting
from lib.written_once import written_once
from quizzes.selectors import (
    Invitation,
    ReviewDay,
    RunningAttempt,
    ScoreNotice,
    invitation,
    running_attempts,
    score_notices,
    waiting_for,
)

NEAR_DAYS = 7
DEADLINES = 4
SUGGESTIONS = 3
CERTIFICATES = 2


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
    issued_on: date
    code: str
    download_url: str


@dataclass(frozen=True)
class HomePage:
    """Everything on the home page."""

    greeting: str
    name: str
    jp: JpStatus
    resume: Resume | None
    deadlines: tuple[Deadline, ...]
    suggestions: tuple[CourseCard, ...]
    reason: str
    certificates: tuple[LatestCertificate, ...]
    certificate_count: int
    is_newcomer: bool
    running: list[RunningAttempt]
    score_notices: list[ScoreNotice]
    review: Invitation | None
    new_parts: list[NewPartsNotice]

    @property
    def is_running(self) -> bool:
        """Say whether a test waits for her."""
        return bool(self.running)


def home_page(user: User, *, now: datetime) -> HomePage:
    """Return the page in a number of queries that does not grow with the courses.

    The first asks what there is to tell; what there is not is not asked for.
    """
    today = now.astimezone(ZoneInfo(user.time_zone))
    her_day, year = ReviewDay.of(user, now), year_of(user, today.date())
    (said,) = _said(user.pk, now, her_day.today, her_day.ends_at, year.first, year.last)
    running = running_attempts(user, now=now) if said["has_running"] else []
    enrollments = _enrollments(user.pk)
    courses = list(Course.objects.listed().with_due_day(user))
    certificates = _certificates(user.pk)
    return HomePage(
        greeting=greeting(today.hour),
        name=user.greeting_name,
        jp=jp_status(user, on=today.date(), earned=said["earned_jp"] or 0),
        resume=_resume(enrollments, besides={one.course_id for one in running}),
        deadlines=_deadlines(courses, enrollments, today.date()),
        suggestions=_suggestions(courses, enrollments),
        reason=_("Kursus singkat yang belum Anda ikuti. Mulai dari mana saja."),
        certificates=tuple(_latest(row) for row in certificates),
        certificate_count=certificates[0].in_all if certificates else 0,
        is_newcomer=not enrollments,
        running=running,
        score_notices=score_notices(user) if said["has_notices"] else [],
        review=invitation(her_day, waiting=said),
        new_parts=new_parts_notices(user) if said["has_new_parts"] else [],
    )


def _resume(enrollments: Iterable[Enrollment], *, besides: set[int]) -> Resume | None:
    """Return where to go on; a course whose quiz is running says so itself."""
    open_ones = [
        one
        for one in enrollments
        if one.state == Enrollment.State.ACTIVE
        and one.completed_at is None
        and one.course_id not in besides
    ]
    if not open_ones:
        return None
    enrollment = max(open_ones, key=lambda one: one.last_seen_at)
    standing = standing_of(enrollment.course, enrollment)
    action, lesson = next_action(standing), standing.next_lesson
    is_lesson = lesson is not None and standing.lesson_url(lesson) == action.url
    outline = standing.outline
    url = action.url
    read = getattr(enrollment, "reading_place", None)
    if is_lesson and lesson and read and read.lesson_key == lesson.key:
        # Where she stopped in it, on whatever device.
        url += read.anchor
    return Resume(
        title=lesson.title if lesson and is_lesson else action.label,
        subtitle=outline.version.title,
        done=len({row.key for row in outline.lessons} & standing.done),
        total=len(outline.lessons),
        url=url,
        minutes=lesson.minutes if lesson and is_lesson else action.minutes,
        label=_("Lanjutkan"),
    )


def _deadlines(
    courses: Iterable[Any], enrollments: Iterable[Enrollment], today: date
) -> tuple[Deadline, ...]:
    """Return what is ordered and not finished in any cycle, by date."""
    finished = {one.course_id for one in enrollments if one.completed_at}
    ordered = [one for one in courses if one.due_on and one.pk not in finished]
    ordered.sort(key=lambda course: course.due_on)
    return tuple(_deadline(course, today) for course in ordered[:DEADLINES])


def _deadline(course: Any, today: date) -> Deadline:
    days = (course.due_on - today).days
    if days < 0:
        left = _("lewat tenggat %(days)d hari") % {"days": -days}
    elif days == 0:
        left = _("hari ini")
    else:
        left = _("%(days)d hari lagi") % {"days": days}
    return Deadline(
        due_on=course.due_on,
        title=outline_of(course.current_version_id).version.title,
        note=_note(course, left),
        days_left=days,
        is_near=days <= NEAR_DAYS,
        url=course.get_absolute_url(),
    )


def _note(course: Any, left: str) -> str:
    if course.due_reason:
        said = _("Wajib · %(left)s · diundur: %(reason)s")
        return said % {"left": left, "reason": course.due_reason}
    return _("Wajib · %(left)s") % {"left": left}


def _suggestions(
    courses: Iterable[Any], enrollments: Iterable[Enrollment]
) -> tuple[CourseCard, ...]:
    """Return the first courses that she has never joined; what HR suggests first."""
    joined = {one.course_id for one in enrollments}
    fresh = [one for one in courses if one.pk not in joined]
    fresh.sort(key=lambda course: not course.is_suggested)
    return tuple(course_card(course, None) for course in fresh[:SUGGESTIONS])


@written_once
def _said(
    person_id: int,
    now: datetime,
    today: date,
    day_ends_at: datetime,
    first: date,
    last: date,
) -> "QuerySet[User, dict[str, Any]]":
    """Ask what there is to tell; `first` and `last` are the days of her JP year."""
    return User.objects.filter(pk=person_id).values(
        earned_jp=jp_sum(person_id, first, last),
        has_new_parts=has_new_parts(person_id),
        **waiting_for(ReviewDay(person_id, now, today, day_ends_at)),
    )


@written_once
def _enrollments(person_id: int) -> "QuerySet[Enrollment]":
    mine = Enrollment.objects.filter(person=person_id)
    return mine.select_related("course", "reading_place")


@written_once
def _certificates(person_id: int) -> "QuerySet[Certificate]":
    """Return what can be downloaded, with `in_all`: how many there are."""
    files = CertificateFile.objects.filter(certificate=OuterRef("pk"))
    hers = Certificate.objects.current().filter(Exists(files), person=person_id)
    found: QuerySet[Certificate] = hers.annotate(in_all=Window(Count("pk")))
    return found[:CERTIFICATES]


def _latest(certificate: Certificate) -> LatestCertificate:
    code = display(certificate.code)
    return LatestCertificate(
        title=certificate.data["course_title"],
        jp=certificate.data["jp"],
        issued_on=date.fromisoformat(certificate.data["issued_on"]),
        code=code,
        download_url=reverse("certificates:certificate_download", args=[code]),
    )
