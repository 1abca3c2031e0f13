"""What the page right after an attempt shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from courses.jp import JpStatus, jp_after
from lib.indonesian import format_datetime, format_number
from quizzes.late_answers.pages import kept_aside
from quizzes.marking.rows import current_among
from quizzes.models import AttemptItem, Quiz
from quizzes.questions import marking
from quizzes.questions.verdicts import PARTLY, RIGHT
from quizzes.results.inquiry_page import inquiry_links
from quizzes.results.submitted import (
    ExplanationChip,
    SubmittedAttempt,
    chips_of,
    state_of,
)
from quizzes.taking import quiz_page, readings, standing
from quizzes.taking.refusals_in_words import refusal_text
from quizzes.taking.rows import sittings_of

# So many points below the pass mark is "almost".
CLOSE = 10


@dataclass(frozen=True)
class Link:
    """A link with its words."""

    label: str
    url: str


@dataclass(frozen=True)
class ObjectiveResult:
    """How an objective went, in points; `tone` is good, fair or weak."""

    text: str
    points: Fraction
    max_points: Decimal
    percent: Decimal
    tone: str
    advice: str
    reread: Link | None


@dataclass(frozen=True)
class Retry:
    """What can be done after an attempt that did not pass."""

    label: str
    url: str | None
    note: str


@dataclass(frozen=True)
class ResultPage:
    """The result of one attempt.

    `kept_aside` counts answers that came too late, `readings` tell of typed answers
    that were read otherwise.
    """

    passed: bool | None
    headline: str
    counting_note: str
    score: str
    percent: Decimal
    pass_mark: Decimal | None
    correct: int
    partly: int
    total: int
    gain: Decimal | None
    pretest_score: Decimal | None
    course_title: str
    course_url: str
    objectives: list[ObjectiveResult]
    chips: list[ExplanationChip]
    explanation_note: str
    inquiries: list[tuple[int, str]]
    jp: JpStatus | None
    completed: bool
    certificate_url: str | None
    next: Link | None
    retry: Retry | None
    kept_aside: int
    readings: list[str]


def result_page(loaded: SubmittedAttempt, *, today: date) -> ResultPage:
    """Return the result of a submitted attempt."""
    attempt, enrollment = loaded.attempt, loaded.enrollment
    quiz = attempt.quiz
    sitting = sittings_of([attempt])[0]
    states = [state_of(item) for item in loaded.items]
    reaches = standing.reaches_pass_mark(loaded.limits, sitting)
    # An attempt that does not count changes nothing, however good it is.
    passed = reaches and sitting.is_counted
    pretest = None
    if quiz.purpose == Quiz.Purpose.POSTTEST and sitting.is_counted:
        pretest = loaded.pretest.percent if loaded.pretest else None
    return ResultPage(
        passed=passed,
        headline=_headline(loaded, sitting, passed=passed),
        counting_note=_counting_note(loaded, sitting),
        score=quiz_page.score_text(attempt),
        percent=sitting.percent,
        pass_mark=sitting.pass_mark or loaded.limits.pass_mark,
        correct=states.count(RIGHT),
        partly=states.count(PARTLY),
        total=len(loaded.items),
        gain=None if pretest is None else sitting.percent - pretest,
        pretest_score=pretest,
        course_title=loaded.outline.version.title,
        course_url=enrollment.course.get_absolute_url(),
        objectives=_objectives(loaded),
        chips=chips_of(loaded, current=None) if loaded.shows_keys else [],
        explanation_note="" if loaded.shows_keys else _explanation_note(loaded, passed),
        inquiries=inquiry_links(loaded),
        jp=jp_after(enrollment, on=today) if passed else None,
        completed=enrollment.completed_at is not None,
        certificate_url=reverse("certificates:certificate_list")
        if passed and enrollment.completed_at
        else None,
        next=_next_link(loaded) if not passed else None,
        retry=_retry(loaded) if passed is False else None,
        kept_aside=kept_aside(loaded.saves),
        readings=_readings(loaded),
    )


def _readings(loaded: SubmittedAttempt) -> list[str]:
    typed = readings.typed_items(loaded.items)
    saves = current_among(loaded.saves, loaded.attempt)
    return readings.readings(typed, saves) if typed else []


def _headline(
    loaded: SubmittedAttempt, sitting: standing.Sitting, *, passed: bool | None
) -> str:
    name = loaded.attempt.person.greeting_name
    if passed is None:
        return _("Pre-test selesai, %(name)s.") % {"name": name}
    if passed:
        return _("Anda lulus, %(name)s. Selamat.") % {"name": name}
    if standing.reaches_pass_mark(loaded.limits, sitting):
        return _("Percobaan ini tidak mengubah kelulusan, %(name)s.") % {"name": name}
    mark = sitting.pass_mark or loaded.limits.pass_mark
    if mark is not None and sitting.percent >= mark - CLOSE:
        return _("Belum lulus, %(name)s. Sedikit lagi.") % {"name": name}
    return _("Belum lulus, %(name)s. Mari kuatkan dulu.") % {"name": name}


def _counting_note(loaded: SubmittedAttempt, sitting: standing.Sitting) -> str:
    """Say which attempt counts, where it is another one."""
    counting = next((one for one in loaded.attempts if one.is_counted), None)
    if sitting.is_counted or counting is None:
        return ""
    return _("Nilai yang dihitung %(score)s, dari percobaan %(number)s.") % {
        "score": quiz_page.score_text(counting),
        "number": format_number(counting.number),
    }


def _objectives(loaded: SubmittedAttempt) -> list[ObjectiveResult]:
    items: dict[str, list[AttemptItem]] = defaultdict(list)
    for item in loaded.items:
        if not item.left_out:
            items[loaded.question_of(item).objective_key].append(item)
    results = []
    for key, text in loaded.outline.objectives:
        if key not in items:
            continue
        points = sum((item.points for item in items[key]), Fraction(0))
        most = sum((item.max_points for item in items[key]), Decimal(0))
        percent = marking.percent(points, most)
        tone = "good" if points == most else "fair" if percent >= 60 else "weak"
        results.append(
            ObjectiveResult(
                text=text,
                points=points,
                max_points=most,
                percent=percent,
                tone=tone,
                advice={
                    "good": _("Sudah kuat."),
                    "fair": _("Hampir. Satu kali baca lagi sudah membantu."),
                    "weak": _("Ini yang paling layak dibaca lagi."),
                }[tone],
                reread=None if tone == "good" else _reread(loaded, key),
            )
        )
    return results


def _reread(loaded: SubmittedAttempt, objective_key: str) -> Link | None:
    """Return the lesson to read again: the one that stands where the objective does."""
    keys = [key for key, _text in loaded.outline.objectives]
    lessons = loaded.outline.lessons
    if not lessons:
        return None
    lesson = lessons[min(keys.index(objective_key), len(lessons) - 1)]
    return Link(
        label=_("Baca lagi %(number)s, %(minutes)d menit")
        % {"number": lesson.number, "minutes": lesson.minutes},
        url=reverse(
            "courses:lesson_detail", args=[loaded.enrollment.course.key, lesson.key]
        ),
    )


def _explanation_note(loaded: SubmittedAttempt, passed: bool | None) -> str:
    quiz = loaded.attempt.quiz
    if quiz.purpose == Quiz.Purpose.PRETEST and loaded.pretest is None:
        return _(
            "Pembahasan pre-test tidak ditampilkan. Peningkatan nilai tidak dihitung, "
            "karena pelajaran atau post-test sudah dimulai sebelum pre-test ini "
            "dikirim."
        )
    if quiz.purpose == Quiz.Purpose.PRETEST:
        return _(
            "Pembahasan pre-test tidak ditampilkan, supaya hasilnya dapat dibandingkan "
            "dengan post-test."
        )
    if quiz.review == Quiz.Review.EXAM:
        return _("Pembahasan ujian ini tidak ditampilkan.")
    if loaded.is_sitting:
        return _("Pembahasan terbuka setelah percobaan Anda yang lain dinilai.")
    if passed:
        return ""
    return _("Pembahasan per soal terbuka setelah Anda lulus.")


def _next_link(loaded: SubmittedAttempt) -> Link | None:
    if loaded.attempt.quiz.purpose != Quiz.Purpose.PRETEST:
        return None
    if not loaded.outline.lessons:
        return None
    lesson = loaded.outline.lessons[0]
    return Link(
        label=_("Mulai pelajaran %(number)s") % {"number": lesson.number},
        url=reverse(
            "courses:lesson_detail", args=[loaded.enrollment.course.key, lesson.key]
        ),
    )


def _retry(loaded: SubmittedAttempt) -> Retry | None:
    state = standing.standing(
        loaded.limits,
        loaded.sittings,
        lessons_done=True,
        now=loaded.sittings[-1].submitted_at,
        is_finished=loaded.enrollment.completed_at is not None,
    )
    if state.passed:
        return None
    item = loaded.attempt.quiz.grade_item
    key = item.key if item else loaded.attempt.quiz_key
    url = reverse("quizzes:quiz_detail", args=[loaded.enrollment.course.key, key])
    if state.opens_at:
        when = format_datetime(state.opens_at, get_current_timezone())
        return Retry(
            _("Lihat kapan bisa mencoba lagi"),
            url,
            _("Kesempatan berikutnya terbuka %(when)s.") % {"when": when},
        )
    if state.code:
        return Retry("", None, refusal_text(state))
    note = ""
    if state.left is not None:
        note = _("Anda masih punya %(left)d kesempatan.") % {"left": state.left}
    if loaded.rule == Quiz.Counting.FIRST:
        practice = _("Percobaan berikutnya hanya latihan: nilai tidak berubah.")
        return Retry(_("Berlatih lagi"), url, f"{practice} {note}".strip())
    return Retry(_("Coba lagi"), url, note)
