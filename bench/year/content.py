"""The courses of the simulated agency: small, and different in every rule.

Each has a pre-test, lessons, a post-test and practice questions. They differ in which
attempt counts, in the pass mark, in time and tries, and in when keys are shown. A
question of each is wrong about its key from the beginning, so that there is something
to repair.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.models import Unit
from courses import actions as courses_actions
from courses.content_types import (
    GradeItemContent,
    LessonContent,
    ModuleContent,
    ObjectiveContent,
    PartContent,
    RequirementContent,
    SourceContent,
    VersionContent,
)
from courses.models import Course
from quizzes import actions as quizzes_actions
from quizzes.definition.plans import SlotContent
from quizzes.definition.publishing import QuizContent
from quizzes.questions.content import OptionContent, QuestionContent

CHECKED_ON = date(2026, 1, 1)
ONE, NONE = Decimal(1), Decimal(0)
OBJECTIVES = ("t1", "t2")
MINUTES = 45
# What the first place of a drawn test asks for.
_FIRST_TYPES = ("single_choice", "true_false_set")


@dataclass(frozen=True)
class CourseSpec:
    """What makes a course of the simulation different from the others."""

    key: str
    title: str
    counting: str
    review: str
    pass_mark: int
    time_limit: int | None
    attempts: int | None
    cooldown: int
    is_drawn: bool
    points: tuple[int, ...]
    lessons: int = 3


COURSES = (
    CourseSpec(
        key="nilai-terbaik",
        title="Nilai terbaik",
        counting="best",
        review="test",
        pass_mark=70,
        time_limit=600,
        attempts=3,
        cooldown=24 * 3600,
        is_drawn=True,
        points=(3, 1, 3, 3),
    ),
    CourseSpec(
        key="nilai-terakhir",
        title="Nilai terakhir",
        counting="last",
        review="learn",
        pass_mark=60,
        time_limit=None,
        attempts=None,
        cooldown=0,
        is_drawn=False,
        points=(1, 1, 1, 1, 2, 1),
        lessons=2,
    ),
    CourseSpec(
        key="nilai-pertama",
        title="Nilai pertama",
        counting="first",
        review="exam",
        pass_mark=50,
        time_limit=1200,
        attempts=2,
        cooldown=48 * 3600,
        is_drawn=False,
        points=(1, 2, 1, 1),
        lessons=2,
    ),
)


def make_course(spec: CourseSpec, *, unit: Unit, now: datetime) -> Course:
    """Write and publish a course, as loading its folder would."""
    course = courses_actions.create_course(
        key=spec.key, code=spec.key[-8:].upper(), unit=unit, by=None, now=now
    )
    version = courses_actions.write_version(
        course=course, content=version_of(spec), by=None, now=now
    )
    for use in ("pretest", "graded", "practice"):
        _fill_bank(course, spec, use, now)
    quizzes_actions.make_ready(course=course, by=None, now=now)
    courses_actions.publish_version(
        version_id=version.pk,
        change="first",
        grade_items=[
            GradeItemContent("pretest", "pretest", "Pre-test", "2 soal."),
            GradeItemContent(
                "posttest",
                "posttest",
                "Post-test",
                f"{len(spec.points)} soal.",
                opens_after_lessons=True,
            ),
        ],
        image_url=lambda key, written: f"/{key}/{written}",
        by=None,
        now=now,
    )
    for item in version.grade_items.all():
        content = _pretest(spec) if item.key == "pretest" else _posttest(spec)
        quizzes_actions.create_quiz(grade_item=item, content=content)
    course.refresh_from_db()
    return course


def version_of(spec: CourseSpec) -> VersionContent:
    """Return the first version; its minutes are those of 1 JP."""
    lessons = [lesson(number) for number in range(1, spec.lessons + 1)]
    return VersionContent(
        title=spec.title,
        summary=f"Kursus untuk simulasi: {spec.title}.",
        pillar="cakap",
        digcomp=[5],
        jp=1,
        jp_basis="Kurikulum simulasi",
        objectives=[
            ObjectiveContent(key, "C2", f"Menjelaskan {key}.") for key in OBJECTIVES
        ],
        sources=[SourceContent("sumber", "Sumber simulasi, 2026.", CHECKED_ON)],
        requirements=[
            RequirementContent("pretest", "submitted", minutes=5),
            RequirementContent("lessons", "lessons"),
            RequirementContent(
                "posttest",
                "passed",
                pass_mark=Decimal(spec.pass_mark),
                weight=ONE,
                minutes=10,
            ),
        ],
        modules=[ModuleContent("m1", "Modul satu", lessons)],
        plan_title="Rencana tindak",
        plan_source="Pilih satu hal.",
        plan_minutes=MINUTES - 15 - sum(one.minutes for one in lessons),
    )


def lesson(number: int) -> LessonContent:
    """Return a lesson of five minutes."""
    return LessonContent(
        key=f"pelajaran-{number}",
        title=f"Pelajaran {number}",
        minutes=5,
        parts=[
            PartContent("pembuka", "", f"Pembuka {number}.[^sumber]"),
            PartContent("inti", "Inti", "## Inti {#inti}\n\nIsi pelajaran."),
        ],
    )


def _pretest(spec: CourseSpec) -> QuizContent:
    return QuizContent(
        key="pretest",
        title="Pre-test",
        purpose="pretest",
        bank_key=f"{spec.key}-pretest",
        slots=[
            SlotContent(f"s{n}", question_key=f"{spec.key}-pretest-{n}") for n in (1, 2)
        ],
        attempts_per_block=1,
        counting="first",
        asks_all=True,
    )


def _posttest(spec: CourseSpec) -> QuizContent:
    return QuizContent(
        key="posttest",
        title="Post-test",
        purpose="posttest",
        bank_key=f"{spec.key}-graded",
        slots=[
            SlotContent(
                f"s{n}",
                objective_key=OBJECTIVES[n % 2] if spec.is_drawn else "",
                levels=("C1", "C2") if spec.is_drawn else (),
                types=_FIRST_TYPES if spec.is_drawn and n == 1 else (),
                question_key="" if spec.is_drawn else f"{spec.key}-graded-{n}",
                points=Decimal(points),
            )
            for n, points in enumerate(spec.points, 1)
        ],
        review=spec.review,
        counting=spec.counting,
        time_limit=spec.time_limit,
        attempts_per_block=spec.attempts,
        cooldown=spec.cooldown,
    )


def _fill_bank(course: Course, spec: CourseSpec, use: str, now: datetime) -> None:
    sizes = {"pretest": 2, "practice": 6, "graded": len(spec.points)}
    if spec.is_drawn:
        sizes["graded"] = 3 * len(spec.points)
    bank = quizzes_actions.open_bank(
        key=f"{spec.key}-{use}",
        title=use,
        use=use,
        course=course,
        unit=course.unit,
        now=now,
    )
    for number in range(1, sizes[use] + 1):
        content = question(f"{spec.key}-{use}-{number}", number)
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)


def question(key: str, number: int, *, stem: str = "") -> QuestionContent:
    """Return the question of this number: types take turns, so do the objectives."""
    make = (_set, _single, _several, _typed, _number)[number % 5]
    type, scoring, settings, options = make(number)
    return QuestionContent(
        key=key,
        type=type,
        stem=stem or f"Pertanyaan {key}?",
        options=options,
        objective_key=OBJECTIVES[number % 2],
        level="C2",
        feedback="Bacalah pelajaran sekali lagi.",
        scoring=scoring,
        checked_on=CHECKED_ON,
        settings=settings,
    )


_Parts = tuple[str, str, dict[str, str], list[OptionContent]]


def _option(key: str, text: str, worth: Decimal, **over: str) -> OptionContent:
    return OptionContent(key, text, worth, f"Tentang {text}.", **over)


def _single(number: int) -> _Parts:
    # The first one has its key wrong until somebody repairs it.
    right = "b" if number == 1 else "a"
    options = [_option(k, f"Pilihan {k}", Decimal(k == right)) for k in "abc"]
    return "single_choice", "", {}, options


def _set(_number: int) -> _Parts:
    worth = {"satu": ONE, "dua": NONE, "tiga": ONE}
    options = [_option(key, f"Pernyataan {key}", w) for key, w in worth.items()]
    return "true_false_set", "", {}, options


def _several(_number: int) -> _Parts:
    worth = {"a": ONE, "b": ONE, "c": ONE, "d": NONE, "e": NONE}
    options = [_option(key, f"Pilihan {key}", w) for key, w in worth.items()]
    return "multiple_response", "balanced", {}, options


def _typed(_number: int) -> _Parts:
    options = [
        _option("tepat", "sandi", ONE),
        _option("dekat", "kunci", Decimal("0.5")),
    ]
    return "short_text", "normalized", {}, options


def _number(_number: int) -> _Parts:
    options = [
        _option("tepat", "12", ONE, match="0"),
        _option("kira", "12", Decimal("0.5"), match="1"),
    ]
    return "numeric", "", {"unit": "hari"}, options
