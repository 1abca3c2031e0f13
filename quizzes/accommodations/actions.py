"""Giving one person more time or more attempts. Appended, audited, at once.

Lock order: the person's enrolments by id, then her open attempts by id. Starting an
attempt holds the enrolment's lock too, so an attempt either sees the accommodation
when it starts or is found here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course, Enrollment
from lib.transactions import atomic_with_retry
from quizzes.exceptions import AccommodationNotAccepted
from quizzes.models import Accommodation, AccommodationRevocation, Attempt, Quiz
from quizzes.taking.actions import move_deadline

MOST_MINUTES, MOST_PERCENT, MOST_EXTRA_ATTEMPTS = 24 * 60, 300, 20
LONGEST_GROUNDS = 300


@dataclass(frozen=True)
class AccommodationContent:
    """What a person is given: for a quiz of a course, a course, or every quiz."""

    reason: str
    course: Course | None = None
    quiz_key: str = ""
    extra_minutes: int = 0
    extra_percent: int = 0
    extra_attempts: int = 0


@atomic_with_retry
def grant_accommodation(
    *,
    person: User,
    content: AccommodationContent,
    token: UUID,
    by: User | None,
    now: datetime,
) -> Accommodation:
    """Give `person` more time or attempts, also in the attempt she is sitting.

    The same `token` twice gives the first row. A deadline only moves to later. Locks
    the person's enrolments, then her open attempts. Raises AccommodationNotAccepted.
    """
    _check(content)
    _lock_enrollments(person, content.course)
    row, is_new = Accommodation.objects.get_or_create(
        token=token,
        defaults={
            "person": person,
            "course": content.course,
            "quiz_key": content.quiz_key,
            "extra_seconds": 60 * content.extra_minutes,
            "extra_percent": content.extra_percent,
            "extra_attempts": content.extra_attempts,
            "reason": content.reason.strip(),
            "granted_by": by,
            "granted_at": now,
        },
    )
    if row.person_id != person.pk:
        raise AssertionError("A token belongs to one form about one person.")
    if is_new:
        audit.record(
            "quizzes.accommodation.granted", row, by=by, now=now, person=person.pk
        )
        _extend_running(row, by=by, now=now)
    return row


def _check(content: AccommodationContent) -> None:
    amounts = (content.extra_minutes, content.extra_percent, content.extra_attempts)
    if not any(amounts):
        raise AccommodationNotAccepted(
            "nothing",
            _("Belum ada yang diberikan. Isi tambahan waktu atau kesempatan."),
        )
    most = (MOST_MINUTES, MOST_PERCENT, MOST_EXTRA_ATTEMPTS)
    if any(not 0 <= n <= limit for n, limit in zip(amounts, most, strict=True)):
        raise AccommodationNotAccepted(
            "too_much", _("Tambahan itu di luar batas. Isi angka yang lebih kecil.")
        )
    if content.extra_attempts and not content.quiz_key:
        raise AccommodationNotAccepted(
            "attempts_need_a_quiz",
            _("Tambahan kesempatan berlaku untuk satu kuis. Pilih kuisnya."),
        )
    _check_names_a_quiz(content)
    _check_reason(content.reason, _("Alasan masih kosong. Tulis dasar pemberiannya."))


def _check_names_a_quiz(content: AccommodationContent) -> None:
    """Refuse a quiz without its course, and one that the course does not have."""
    if not content.quiz_key:
        return
    if content.course is None:
        raise AccommodationNotAccepted(
            "quiz_needs_a_course",
            _("Kuis ini tanpa kursus. Pilih kuisnya dari daftar kuis kursus."),
        )
    quizzes = Quiz.objects.filter(grade_item__version__course=content.course)
    if not quizzes.filter(key=content.quiz_key).exists():
        raise AccommodationNotAccepted(
            "unknown_quiz", _("Kursus ini tidak punya kuis itu. Pilih kuis yang ada.")
        )


def _check_reason(reason: str, remedy: str) -> None:
    if not reason.strip():
        raise AccommodationNotAccepted("no_reason", remedy)
    if len(reason.strip()) > LONGEST_GROUNDS:
        raise AccommodationNotAccepted(
            "long_reason",
            _("Alasan terlalu panjang. Tulis paling banyak %(most)d huruf.")
            % {"most": LONGEST_GROUNDS},
        )


def _lock_enrollments(person: User, course: Course | None) -> None:
    enrollments = Enrollment.objects.filter(person=person)
    if course:
        enrollments = enrollments.filter(course=course)
    courses_actions.lock_enrollments(enrollments)


def _extend_running(row: Accommodation, *, by: User | None, now: datetime) -> None:
    running = Attempt.objects.open().filter(person=row.person_id)
    if row.course_id:
        running = running.filter(enrollment__course=row.course_id)
    if row.quiz_key:
        running = running.filter(quiz_key=row.quiz_key)
    for attempt in running.select_for_update(of=("self",), no_key=True).order_by("pk"):
        move_deadline(attempt, by=by, now=now)


@transaction.atomic
def revoke_accommodation(
    *, accommodation_id: int, reason: str, by: User | None, now: datetime
) -> AccommodationRevocation:
    """End an accommodation; a running attempt keeps the deadline it has.

    A second call gives the first row. Raises AccommodationNotAccepted without a
    reason of at most `LONGEST_GROUNDS` characters.
    """
    _check_reason(reason, _("Alasan masih kosong. Tulis mengapa dicabut."))
    row, is_new = AccommodationRevocation.objects.get_or_create(
        accommodation_id=accommodation_id,
        defaults={"reason": reason.strip(), "revoked_by": by, "revoked_at": now},
    )
    if is_new:
        audit.record("quizzes.accommodation.revoked", row.accommodation, by=by, now=now)
    return row
