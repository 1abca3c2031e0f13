"""The attempts that somebody has begun and that are not marked yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Enrollment
from lib.indonesian import format_datetime
from lib.written_once import written_once
from quizzes.models import Attempt
from quizzes.taking.attempt_pages import seconds_left


@dataclass(frozen=True)
class RunningAttempt:
    """An attempt to go on with, and until when; `is_over` once its time is."""

    quiz_title: str
    course_title: str
    course_id: int
    url: str
    is_over: bool
    seconds_left: int | None
    note: str

    @property
    def minutes_left(self) -> int:
        """Return the minutes that are left, the one that has begun included."""
        return -(-(self.seconds_left or 0) // 60)

    @property
    def label(self) -> str:
        """What its button says."""
        if self.is_over:
            return _("Waktu habis: lihat hasil")
        return _("Lanjutkan mengerjakan")


def running_of(person: User | int) -> "QuerySet[Attempt]":
    """Return a person's attempts that wait for her.

    What belongs to an enrolment that she has left waits for nobody.
    """
    return Attempt.objects.unmarked().filter(
        person=person, enrollment__in=Enrollment.objects.active()
    )


@written_once
def _running_rows(person_id: int) -> "QuerySet[Attempt]":
    """Ask what `running_of` says; every page does."""
    return running_of(person_id).select_related("quiz", "enrollment__version")


def running_attempts(
    person: User, *, now: datetime, course_id: int | None = None
) -> list[RunningAttempt]:
    """Return a person's attempts that wait for her, the most urgent first; one query.

    Of one course, if it is named.
    """
    rows = [
        row
        for row in _running_rows(person.pk)
        if course_id in {None, row.enrollment.course_id}
    ]
    urgent = sorted(rows, key=lambda row: (row.deadline_at is None, row.deadline_at))
    return [_running(attempt, now) for attempt in urgent]


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Say whether the time of an attempt that is not marked has come to its end."""
    return attempt.deadline_at is not None and attempt.deadline_at <= now


def resume_url(attempt: Attempt) -> str:
    """Return where an attempt that is not marked goes on."""
    if attempt.state == Attempt.State.CLOSED:
        return reverse("quizzes:attempt_result", args=[attempt.key])
    return reverse("quizzes:attempt_item", args=[attempt.key, 1])


def _running(attempt: Any, now: datetime) -> RunningAttempt:
    enrollment = attempt.enrollment
    return RunningAttempt(
        quiz_title=attempt.quiz.title,
        course_title=enrollment.version.title,
        course_id=enrollment.course_id,
        url=resume_url(attempt),
        is_over=is_over(attempt, now),
        seconds_left=seconds_left(attempt, now),
        note=_note(attempt, now),
    )


def _note(attempt: Attempt, now: datetime) -> str:
    if attempt.deadline_at is None:
        return _("Tanpa batas waktu. Jawaban Anda tersimpan.")
    if is_over(attempt, now):
        return _("Waktunya sudah habis.")
    when = format_datetime(attempt.deadline_at, get_current_timezone())
    return _("Waktu terus berjalan. Kirim paling lambat %(when)s.") % {"when": when}


def count_open_attempts() -> int:
    """Return how many attempts are in progress, whoever's they are."""
    return Attempt.objects.open().count()
