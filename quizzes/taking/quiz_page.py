"""What the pages before and after an attempt show."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Enrollment
from courses.pretest_in_words import LOCKED, OFFER
from lib.indonesian import format_datetime, format_number, format_score
from quizzes.kinds import Refusal
from quizzes.models import Attempt, Quiz
from quizzes.taking import standing
from quizzes.taking.refusals_in_words import refusal_text
from quizzes.taking.rows import (
    is_locked_pretest,
    lessons_done,
    limits_of,
    sittings_of,
    submitted_attempts,
)
from quizzes.taking.running import is_over, resume_url
from quizzes.taking.terms import Terms, terms_of
from quizzes.taking.terms_in_words import extra_lines, terms_lines

_COUNTING: Mapping[str, Any] = {
    Quiz.Counting.BEST: gettext_lazy("Yang dihitung nilai terbaik."),
    Quiz.Counting.LAST: gettext_lazy("Yang dihitung percobaan terakhir."),
    Quiz.Counting.FIRST: gettext_lazy(
        "Yang dihitung hanya percobaan pertama, juga untuk kelulusan. Percobaan "
        "berikutnya hanya latihan."
    ),
}


@dataclass(frozen=True)
class HistoryRow:
    """An attempt that was handed in."""

    number: int
    score: Decimal
    passed: bool | None
    is_counted: bool
    submitted_at: datetime
    url: str


@dataclass(frozen=True)
class QuizPage:
    """What somebody sees before starting.

    `resume_url` leads to the attempt that is open, or whose time is over and that may
    wait for answers said in time (`is_waiting`).
    """

    title: str
    course_title: str
    course_url: str
    question_count: int
    minutes: int | None
    pass_mark: Decimal | None
    attempts_left: int | None
    rules: list[str]
    start_url: str
    can_start: bool
    needs_password: bool
    refusal: str
    resume_url: str | None
    is_waiting: bool = False
    history: list[HistoryRow] = field(default_factory=list)


def quiz_page(quiz: Quiz, enrollment: Enrollment, *, now: datetime) -> QuizPage:
    """Return rules, standing and history for one person."""
    terms = terms_of(quiz, enrollment.person)
    limits = limits_of(quiz, terms)
    attempts = submitted_attempts(enrollment, quiz.key)
    state = standing.standing(
        limits,
        sittings_of(attempts),
        lessons_done=lessons_done(enrollment),
        now=now,
        is_finished=enrollment.completed_at is not None,
        is_locked=is_locked_pretest(quiz, enrollment),
    )
    opened = (
        Attempt.objects.unmarked()
        .filter(enrollment=enrollment, quiz_key=quiz.key)
        .first()
    )
    course = enrollment.course
    key = quiz.grade_item.key if quiz.grade_item else quiz.key
    count = quiz.slots.count()
    return QuizPage(
        title=quiz.title,
        course_title=enrollment.version.title,
        course_url=course.get_absolute_url(),
        question_count=count,
        minutes=_minutes(quiz, terms),
        pass_mark=limits.pass_mark,
        attempts_left=state.left,
        rules=[
            *terms_lines(terms, now=now),
            *_rule_lines(quiz, limits, terms, count),
        ],
        start_url=reverse("quizzes:attempt_start", args=[course.key, key]),
        can_start=not state.code,
        needs_password=bool(terms.password),
        refusal="" if opened else refusal_text(state),
        resume_url=resume_url(opened) if opened else None,
        is_waiting=opened is not None and is_over(opened, now),
        history=[_history_row(attempt, limits) for attempt in attempts],
    )


def _minutes(quiz: Quiz, terms: Terms) -> int | None:
    limit = quiz.time_limit_seconds
    return -(-(limit + terms.extra.seconds_for(limit)) // 60) if limit else None


def _rule_lines(
    quiz: Quiz, limits: standing.Limits, terms: Terms, count: int
) -> list[str]:
    lines = [_("%(count)d soal.") % {"count": count}]
    minutes = _minutes(quiz, terms)
    if minutes:
        lines.append(
            _(
                "Waktu %(minutes)d menit sejak Anda mulai. Waktu tetap berjalan walau "
                "halaman ditutup."
            )
            % {"minutes": minutes}
        )
    else:
        lines.append(_("Tanpa batas waktu."))
    lines += extra_lines(quiz, terms)
    if quiz.purpose == Quiz.Purpose.PRETEST:
        lines += [_("Hanya untuk melihat titik mulai."), str(OFFER)]
    if limits.pass_mark is not None:
        lines.append(
            _("Nilai lulus %(mark)s.") % {"mark": format_score(limits.pass_mark)}
        )
    if limits.attempts_per_block != 1 or limits.cooldown:
        lines.append(str(_COUNTING[Quiz.Counting(quiz.counting)]))
    lines += _attempt_lines(limits)
    lines.append(_("Jawaban disimpan begitu Anda memilih atau berpindah soal."))
    return lines


def _attempt_lines(limits: standing.Limits) -> list[str]:
    """Say how many attempts there are, and when a rest comes between them."""
    count = limits.attempts_per_block
    if count is None and limits.pass_mark is not None:
        return [_("Boleh diulang sampai lulus.")]
    if count is None:
        return [_("Boleh diulang tanpa batas.")]
    values = {"count": count, "rest": _rest_in_words(limits.cooldown)}
    if not limits.cooldown:
        return [_("Ada %(count)d kesempatan.") % values]
    if count == 1:
        line = _("Bila belum lulus, ada jeda %(rest)s sebelum kesempatan berikutnya.")
    else:
        line = _(
            "Ada %(count)d kesempatan, boleh langsung berurutan. Bila semuanya belum "
            "lulus, ada jeda %(rest)s, lalu ada %(count)d kesempatan lagi."
        )
    return [line % values]


def _rest_in_words(rest: timedelta) -> str:
    """Return a rest in whole hours where it is, otherwise in minutes, never less."""
    minutes = math.ceil(rest / timedelta(minutes=1))
    if minutes % 60:
        return _("%(minutes)s menit") % {"minutes": format_number(minutes)}
    return _("%(hours)s jam") % {"hours": format_number(minutes // 60)}


def _history_row(attempt: Attempt, limits: standing.Limits) -> HistoryRow:
    sitting = sittings_of([attempt])[0]
    return HistoryRow(
        number=attempt.number,
        score=sitting.percent,
        passed=standing.reaches_pass_mark(limits, sitting),
        is_counted=sitting.is_counted,
        submitted_at=sitting.submitted_at,
        url=reverse("quizzes:attempt_result", args=[attempt.key]),
    )


def score_text(attempt: Attempt) -> str:
    """Return an attempt's score from 0 to 100 as people read it."""
    return "" if attempt.percent is None else format_score(attempt.percent)


def rest_notes(enrollment: Enrollment, *, now: datetime) -> dict[str, str]:
    """Say when a rest ends, and that the pre-test is locked; by the key of either."""
    quizzes = Quiz.objects.of_version(enrollment.version_id).filter(
        Q(cooldown_seconds__gt=0, attempts_per_block__isnull=False)
        | Q(purpose=Quiz.Purpose.PRETEST)
    )
    notes = {}
    for quiz in quizzes.select_related("grade_item__version"):
        if quiz.grade_item and quiz.purpose == Quiz.Purpose.PRETEST:
            if is_locked_pretest(quiz, enrollment):
                notes[quiz.grade_item.key] = str(LOCKED)
            continue
        state = standing_of(quiz, enrollment, now=now)
        if quiz.grade_item and state.code == Refusal.RESTING and state.opens_at:
            when = format_datetime(state.opens_at, get_current_timezone())
            notes[quiz.grade_item.key] = _("Dapat dikerjakan lagi mulai %(when)s.") % {
                "when": when
            }
    return notes


def standing_of(
    quiz: Quiz, enrollment: Enrollment, *, now: datetime
) -> standing.Standing:
    """Say where she stands with a quiz once her lessons are read."""
    attempts = submitted_attempts(enrollment, quiz.key)
    return standing.standing(
        limits_of(quiz, terms_of(quiz, enrollment.person)),
        sittings_of(attempts),
        lessons_done=True,
        now=now,
    )
