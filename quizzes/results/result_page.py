"""What the page right after an attempt shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from courses.jp import JpStatus, jp_status
from courses.models import Enrollment, JpEntry
from lib.indonesian import format_datetime
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.questions import marking
from quizzes.questions.verdicts import PARTLY, RIGHT
from quizzes.results.submitted import (
    ExplanationChip,
    SubmittedAttempt,
    chips_of,
    load,
    state_of,
)
from quizzes.taking import quiz_page, standing
from quizzes.taking.refusals_in_words import refusal_text
from quizzes.taking.rows import first_pretest, sittings_of

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
    points: Decimal
    max_points: Decimal
    percent: int
    tone: str
    advice: str
    reread: Link | None

    @property
    def tenths(self) -> Decimal:
        """Return the points to one decimal, never rounded up to all of them."""
        return self.points.quantize(Decimal("0.1"), ROUND_DOWN)


@dataclass(frozen=True)
class Retry:
    """What can be done after an attempt that did not pass."""

    label: str
    url: str | None
    note: str


@dataclass(frozen=True)
class ResultPage:
    """The result of one attempt."""

    passed: bool | None
    headline: str
    score: str
    percent: Decimal
    pass_mark: Decimal | None
    correct: int
    partly: int
    total: int
    gain: int | None
    pretest_score: int | None
    course_title: str
    course_url: str
    objectives: list[ObjectiveResult]
    chips: list[ExplanationChip]
    explanation_note: str
    jp: JpStatus | None
    completed: bool
    certificate_url: str | None
    next: Link | None
    retry: Retry | None


def result_page(attempt: Attempt, *, today: date) -> ResultPage:
    """Return the result of a submitted attempt."""
    loaded = load(attempt)
    enrollment, quiz = loaded.enrollment, attempt.quiz
    sitting = sittings_of([attempt])[0]
    states = [state_of(item) for item in loaded.items]
    mark = loaded.limits.pass_mark
    passed = None if mark is None else sitting.percent >= mark
    pretest = (
        _pretest_percent(enrollment) if quiz.purpose == Quiz.Purpose.POSTTEST else None
    )
    entry = JpEntry.objects.filter(enrollment=enrollment).first() if passed else None
    return ResultPage(
        passed=passed,
        headline=_headline(loaded, passed),
        score=quiz_page.score_text(attempt),
        percent=sitting.percent,
        pass_mark=mark,
        correct=states.count(RIGHT),
        partly=states.count(PARTLY),
        total=len(loaded.items),
        gain=None if pretest is None else round(sitting.percent - pretest),
        pretest_score=None if pretest is None else round(pretest),
        course_title=loaded.outline.version.title,
        course_url=enrollment.course.get_absolute_url(),
        objectives=_objectives(loaded),
        chips=chips_of(loaded, current=None) if loaded.shows_keys else [],
        explanation_note="" if loaded.shows_keys else _explanation_note(quiz, passed),
        jp=jp_status(enrollment.person, on=today, added=entry.jp) if entry else None,
        completed=enrollment.completed_at is not None,
        certificate_url=reverse("certificates:certificate_list")
        if passed and enrollment.completed_at
        else None,
        next=_next_link(loaded) if not passed else None,
        retry=_retry(loaded) if passed is False else None,
    )


def _headline(loaded: SubmittedAttempt, passed: bool | None) -> str:
    name = loaded.attempt.person.greeting_name
    if passed is None:
        return _("Pre-test selesai, %(name)s.") % {"name": name}
    if passed:
        return _("Anda lulus, %(name)s. Selamat.") % {"name": name}
    mark = loaded.limits.pass_mark
    percent = sittings_of([loaded.attempt])[0].percent
    if mark is not None and percent >= mark - CLOSE:
        return _("Belum lulus, %(name)s. Sedikit lagi.") % {"name": name}
    return _("Belum lulus, %(name)s. Mari kuatkan dulu.") % {"name": name}


def _pretest_percent(enrollment: Enrollment) -> Decimal | None:
    first = first_pretest(enrollment.pk)
    if first is None or first.points is None:
        return None
    return marking.percent(first.points, first.max_points)


def _objectives(loaded: SubmittedAttempt) -> list[ObjectiveResult]:
    items: dict[str, list[AttemptItem]] = defaultdict(list)
    for item in loaded.items:
        items[item.question_version.objective_key].append(item)
    results = []
    for key, text in loaded.outline.objectives:
        if key not in items:
            continue
        points = sum((item.points or Decimal(0) for item in items[key]), Decimal(0))
        most = sum((item.max_points for item in items[key]), Decimal(0))
        percent = int(100 * points / most)
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


def _explanation_note(quiz: Quiz, passed: bool | None) -> str:
    if quiz.purpose == Quiz.Purpose.PRETEST:
        return _(
            "Pembahasan pre-test tidak ditampilkan, supaya hasilnya dapat dibandingkan "
            "dengan post-test."
        )
    if quiz.review == Quiz.Review.EXAM:
        return _("Pembahasan ujian ini tidak ditampilkan.")
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
    return Retry(_("Coba lagi"), url, note)
