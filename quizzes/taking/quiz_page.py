"""What the pages before and after an attempt show."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from courses.models import Enrollment
from courses.selectors.facts import required_lessons_done
from lib.indonesian import format_datetime, format_number, format_score
from quizzes.kinds import Refusal
from quizzes.models import Attempt, Quiz
from quizzes.questions import marking
from quizzes.taking import standing
from quizzes.taking.refusals_in_words import refusal_text
from quizzes.taking.rows import limits_of, sittings_of, submitted_attempts
from quizzes.taking.terms import Terms, terms_of
from quizzes.taking.terms_in_words import extra_lines, terms_lines


@dataclass(frozen=True)
class HistoryRow:
    """An attempt that was handed in."""

    number: int
    score: Decimal
    passed: bool | None
    submitted_at: datetime
    url: str


@dataclass(frozen=True)
class QuizPage:
    """What somebody sees before starting."""

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
    history: list[HistoryRow] = field(default_factory=list)


def quiz_page(quiz: Quiz, enrollment: Enrollment, *, now: datetime) -> QuizPage:
    """Return rules, standing and history for one person."""
    terms = terms_of(quiz, enrollment.person)
    limits = limits_of(quiz, terms)
    attempts = submitted_attempts(enrollment, quiz.key)
    state = standing.standing(
        limits,
        sittings_of(attempts),
        lessons_done=required_lessons_done(enrollment),
        now=now,
    )
    opened = (
        Attempt.objects.open().filter(enrollment=enrollment, quiz_key=quiz.key).first()
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
        resume_url=reverse("quizzes:attempt_item", args=[opened.key, 1])
        if opened
        else None,
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
        lines.append(
            _("Hanya untuk melihat titik mulai. Nilainya tidak memengaruhi kelulusan.")
        )
    if limits.pass_mark is not None:
        lines.append(
            _("Nilai lulus %(mark)s.") % {"mark": format_number(limits.pass_mark)}
        )
    if limits.attempts_per_block and limits.cooldown:
        lines.append(
            _(
                "Ada %(count)d kesempatan. Bila belum lulus, ada jeda %(hours)d jam "
                "sebelum kesempatan berikutnya."
            )
            % {
                "count": limits.attempts_per_block,
                "hours": limits.cooldown.total_seconds() // 3600,
            }
        )
    lines.append(_("Jawaban disimpan begitu Anda memilih atau berpindah soal."))
    return lines


def _history_row(attempt: Attempt, limits: standing.Limits) -> HistoryRow:
    sitting = sittings_of([attempt])[0]
    passed = None
    if limits.pass_mark is not None:
        passed = sitting.percent >= limits.pass_mark
    return HistoryRow(
        number=attempt.number,
        score=sitting.percent,
        passed=passed,
        submitted_at=sitting.submitted_at,
        url=reverse("quizzes:attempt_result", args=[attempt.key]),
    )


def score_text(attempt: Attempt) -> str:
    """Return an attempt's score from 0 to 100 as people read it."""
    if attempt.points is None:
        return ""
    return format_score(marking.percent(attempt.points, attempt.max_points))


def rest_notes(enrollment: Enrollment, *, now: datetime) -> dict[str, str]:
    """Say when a rest ends, by the key of the graded thing."""
    quizzes = Quiz.objects.of_version(enrollment.version_id).filter(
        cooldown_seconds__gt=0, attempts_per_block__isnull=False
    )
    notes = {}
    for quiz in quizzes.select_related("grade_item__version"):
        state = _standing(quiz, enrollment, now=now)
        if quiz.grade_item and state.code == Refusal.RESTING and state.opens_at:
            when = format_datetime(state.opens_at, get_current_timezone())
            notes[quiz.grade_item.key] = _("Dapat dikerjakan lagi mulai %(when)s.") % {
                "when": when
            }
    return notes


def _standing(
    quiz: Quiz, enrollment: Enrollment, *, now: datetime
) -> standing.Standing:
    attempts = submitted_attempts(enrollment, quiz.key)
    return standing.standing(
        limits_of(quiz, terms_of(quiz, enrollment.person)),
        sittings_of(attempts),
        lessons_done=True,
        now=now,
    )
