"""Data for tests, made through actions; plain functions with everything defaulted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from accounts import actions as accounts_actions
from accounts.access import as_of
from accounts.actions import PersonContent
from accounts.models import Unit, User
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
from courses.models import Course, CourseVersion, Enrollment
from courses.selectors.content import version_content
from quizzes import actions as quizzes_actions
from quizzes.definition.plans import SlotContent
from quizzes.definition.publishing import QuizContent
from quizzes.models import Attempt, QuestionBank, Quiz
from quizzes.questions.content import OptionContent, QuestionContent
from tests.kept_rows import kept

_serial = count(1)
STARTS_ON = date(2026, 1, 1)


def make_nip(number: int | None = None) -> str:
    """Return a test NIP (serial from 900): a different one for every number."""
    number = next(_serial) if number is None else number
    year, rest = divmod(number, 12 * 28)
    month, day = divmod(rest, 28)
    # Birth dates come again after 8,400 numbers, which a whole suite reaches.
    serial = number + number // 8400
    return f"{1970 + year % 25}{month + 1:02}{day + 1:02}2015041{900 + serial % 100}"


@kept
def make_unit(*, name: str, now: datetime, parent: Unit | None = None) -> Unit:
    """Return a unit under `parent`."""
    return accounts_actions.create_unit(
        code=name.lower().replace(" ", "-"),
        name=name,
        parent=parent,
        starts_on=STARTS_ON,
        by=None,
        now=now,
        agency_name="Kabupaten Contoh",
    )


@kept
def make_person(*, unit: Unit, now: datetime, **over: Any) -> User:
    """Return a person of `unit` with a test NIP."""
    content = {"nip": make_nip(), "name": "Budi Contoh", "employment_status": "PNS"}
    person = accounts_actions.create_person(
        content=PersonContent(**{**content, **over}),
        unit=unit,
        starts_on=STARTS_ON,
        by=None,
        now=now,
    )
    return as_of(person, now)


@dataclass
class World:
    """Two agencies. `people` by role; "learner" sits in a unit below HR's."""

    agency: Unit
    office: Unit
    section: Unit
    other_agency: Unit
    other_office: Unit
    people: dict[str, User] = field(default_factory=dict)
    outsider: User | None = None


@kept
def make_world(*, now: datetime) -> World:
    """Return two agencies, and in the first a person of every role."""
    agency = make_unit(name="Kabupaten Contoh", now=now)
    office = make_unit(name="Dinas Percobaan", now=now, parent=agency)
    section = make_unit(name="Seksi Uji", now=now, parent=office)
    other = make_unit(name="Kabupaten Lain", now=now)
    other_office = make_unit(name="Dinas Lain", now=now, parent=other)
    world = World(agency, office, section, other, other_office)
    world.people["learner"] = make_person(unit=section, now=now, name="Sari Percobaan")
    for role, unit in (
        ("author", agency),
        ("reviewer", agency),
        ("hr", office),
        ("admin", agency),
    ):
        person = make_person(unit=unit, now=now, name=f"{role.title()} Contoh")
        accounts_actions.assign_role(
            person=person, unit=unit, role=role, by=None, now=now
        )
        world.people[role] = person
    world.outsider = make_person(unit=other_office, now=now, name="Orang Luar")
    return world


def make_question(key: str, **over: Any) -> QuestionContent:
    """Return a single-choice question whose key is option "a"."""
    content: dict[str, Any] = {
        "key": key,
        "type": "single_choice",
        "stem": f"Pertanyaan {key}?",
        "objective_key": "t1",
        "level": "C2",
        "options": [
            OptionContent("a", "Benar", Decimal(1), "Tepat karena ini."),
            OptionContent("b", "Belum", Decimal(0), "Belum, karena itu."),
            OptionContent("c", "Lain", Decimal(0), "Belum, karena lain."),
        ],
    }
    return QuestionContent(**{**content, **over})


def make_content(*, lessons: int = 2, **over: Any) -> VersionContent:
    """Return a course of 1 JP: `lessons` lessons, a pre-test and a post-test."""
    minutes = 30 // lessons
    content: dict[str, Any] = {
        "title": "Kursus Contoh",
        "summary": "Kursus untuk mencoba.",
        "pillar": "cakap",
        "digcomp": [5],
        "jp": 1,
        "jp_basis": "Kurikulum contoh",
        "objectives": [ObjectiveContent("t1", "C2", "Menjelaskan contoh.")],
        "sources": [SourceContent("sumber", "Sumber contoh, 2026.", STARTS_ON)],
        "requirements": [
            RequirementContent("pretest", "submitted", minutes=5),
            RequirementContent("lessons", "lessons"),
            RequirementContent(
                "posttest",
                "passed",
                pass_mark=Decimal(70),
                weight=Decimal(1),
                minutes=10 + 30 - minutes * lessons,
            ),
        ],
        "modules": [
            ModuleContent(
                "m1",
                "Modul satu",
                [
                    LessonContent(
                        key=f"pelajaran-{number}",
                        title=f"Pelajaran {number}",
                        minutes=minutes,
                        parts=[
                            PartContent("pembuka", "", f"Pembuka {number}.[^sumber]"),
                            PartContent(
                                "inti", "Inti", "## Inti {#inti}\n\nIsi pelajaran."
                            ),
                        ],
                    )
                    for number in range(1, lessons + 1)
                ],
            )
        ],
    }
    return VersionContent(**{**content, **over})


GRADE_ITEMS = (
    GradeItemContent("pretest", "pretest", "Pre-test", "2 soal."),
    GradeItemContent(
        "posttest", "posttest", "Post-test", "4 soal.", opens_after_lessons=True
    ),
)


@kept
def make_course(
    *, unit: Unit, now: datetime, key: str = "contoh", pool: int = 12, **over: Any
) -> Course:
    """Return a published course with a pre-test of 2 and a post-test of 4 questions.

    The key of every question is option "a"; the post-test draws from `pool`.
    """
    course = courses_actions.create_course(
        key=key, code=key[:12].upper(), unit=unit, by=None, now=now
    )
    version = courses_actions.write_version(
        course=course, content=make_content(**over), by=None, now=now
    )
    _make_bank(course, "pretest", QuestionBank.Use.PRETEST, 2, now)
    _make_bank(course, "posttest", QuestionBank.Use.GRADED, pool, now)
    _make_bank(course, "practice", QuestionBank.Use.PRACTICE, 2, now)
    quizzes_actions.make_ready(course=course, by=None, now=now)
    courses_actions.publish_version(
        version_id=version.pk,
        change="first",
        grade_items=GRADE_ITEMS,
        image_url=lambda course_key, written: f"/{course_key}/{written}",
        by=None,
        now=now,
    )
    for item in version.grade_items.all():
        quizzes_actions.create_quiz(grade_item=item, content=_quiz(course, item.key))
    course.refresh_from_db()
    return course


@kept
def make_reading(*, unit: Unit, now: datetime, key: str, lessons: int = 1) -> Course:
    """Return a published course of lessons only: light, for many rows."""
    content = make_content(
        lessons=lessons,
        title=f"Bacaan {key}",
        requirements=[RequirementContent("lessons", "lessons")],
        plan_minutes=45 - 30 // lessons * lessons,
    )
    course = courses_actions.create_course(
        key=key, code=key[:12].upper(), unit=unit, by=None, now=now
    )
    version = courses_actions.write_version(
        course=course, content=content, by=None, now=now
    )
    courses_actions.publish_version(
        version_id=version.pk,
        change="first",
        grade_items=[],
        image_url=lambda course_key, written: f"/{course_key}/{written}",
        by=None,
        now=now,
    )
    course.refresh_from_db()
    return course


@kept
def finish_reading(*, course: Course, person: User, now: datetime) -> Enrollment:
    """Return a completed enrolment on a course of lessons only."""
    enrollment = enroll(course=course, person=person, now=now)
    read_lessons(enrollment=enrollment, now=now)
    enrollment.refresh_from_db()
    return enrollment


@kept
def republish(
    *,
    course: Course,
    change: str,
    now: datetime,
    content: VersionContent | None = None,
    new_parts: Sequence[Sequence[str]] | None = None,
) -> CourseVersion:
    """Publish a further version, the same words by default, with its quizzes."""
    before = course.current_version
    if before is None:
        raise ValueError("The course has not been published yet.")
    version = courses_actions.write_version(
        course=course, content=content or version_content(before), by=None, now=now
    )
    courses_actions.publish_version(
        version_id=version.pk,
        change=change,
        grade_items=GRADE_ITEMS,
        image_url=lambda course_key, written: f"/{course_key}/{written}",
        new_parts=new_parts,
        by=None,
        now=now,
    )
    quizzes_actions.publish_quizzes(source=before, target=version)
    course.refresh_from_db()
    version.refresh_from_db()
    return version


def _make_bank(course: Course, name: str, use: str, size: int, now: datetime) -> None:
    bank = quizzes_actions.open_bank(
        key=f"{course.key}-{name}",
        title=name,
        use=use,
        course=course,
        unit=course.unit,
        now=now,
    )
    for number in range(1, size + 1):
        quizzes_actions.write_question(
            bank=bank,
            content=make_question(f"{course.key}-{name}-{number}"),
            by=None,
            now=now,
        )


def _quiz(course: Course, key: str) -> QuizContent:
    if key == "pretest":
        return QuizContent(
            key=key,
            title="Pre-test",
            purpose="pretest",
            bank_key=f"{course.key}-pretest",
            slots=[
                SlotContent(f"s{n}", question_key=f"{course.key}-pretest-{n}")
                for n in (1, 2)
            ],
            asks_all=True,
            attempts_per_block=1,
        )
    return QuizContent(
        key=key,
        title="Post-test",
        purpose="posttest",
        bank_key=f"{course.key}-posttest",
        slots=[
            SlotContent(f"s{n}", objective_key="t1", levels=("C1", "C2"))
            for n in range(1, 5)
        ],
        time_limit=600,
        attempts_per_block=3,
        cooldown=24 * 3600,
    )


@kept
def enroll(*, course: Course, person: User, now: datetime) -> Enrollment:
    """Return the person's place on the course."""
    return courses_actions.enroll(
        course_id=course.pk, person=person, by=person, now=now
    )


@kept
def start(*, enrollment: Enrollment, quiz_key: str, now: datetime) -> Attempt:
    """Return a new attempt of the person at the quiz of her version."""
    quiz = Quiz.objects.get(
        grade_item__version=enrollment.version_id, grade_item__key=quiz_key
    )
    return quizzes_actions.start_attempt(
        quiz_id=quiz.pk,
        enrollment_id=enrollment.pk,
        by=enrollment.person,
        now=now,
        seed=next(_serial),
    )


@kept
def answer(*, attempt: Attempt, right: int, now: datetime) -> None:
    """Answer the whole attempt: the first `right` questions right, the rest wrong."""
    from uuid import UUID

    from quizzes.taking.reading_saves import SaidAnswer

    for item in attempt.items.all():
        quizzes_actions.save_response(
            attempt_id=attempt.pk,
            said=SaidAnswer(
                position=item.position,
                fields={"answer": ["a" if item.position <= right else "b"]},
                flagged=False,
                device=UUID(int=1),
                sequence=None,
            ),
            now=now,
        )


@kept
def sit(*, enrollment: Enrollment, quiz_key: str, right: int, now: datetime) -> Attempt:
    """Return a submitted attempt with so many right answers."""
    attempt = start(enrollment=enrollment, quiz_key=quiz_key, now=now)
    answer(attempt=attempt, right=right, now=now)
    return quizzes_actions.submit_attempt(
        attempt_id=attempt.pk, by=enrollment.person, now=now
    )


@kept
def sit_together(
    *,
    course: Course,
    unit: Unit,
    rights: Sequence[int],
    enrolled_at: datetime,
    now: datetime,
    quiz_key: str = "pretest",
) -> list[Attempt]:
    """Return submitted attempts of new people of a unit, so many right answers each."""
    return [
        sit(
            enrollment=enroll(
                course=course,
                person=make_person(unit=unit, now=enrolled_at),
                now=enrolled_at,
            ),
            quiz_key=quiz_key,
            right=right,
            now=now,
        )
        for right in rights
    ]


@kept
def read_lessons(*, enrollment: Enrollment, now: datetime) -> None:
    """Mark every lesson as done."""
    for lesson in enrollment.version.lessons.all():
        courses_actions.complete_lesson(
            enrollment_id=enrollment.pk,
            lesson_key=lesson.key,
            by=enrollment.person,
            now=now,
        )


@kept
def complete(*, course: Course, person: User, now: datetime) -> Enrollment:
    """Return an enrolment that went the whole way."""
    enrollment = enroll(course=course, person=person, now=now)
    sit(enrollment=enrollment, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=enrollment, now=now)
    sit(enrollment=enrollment, quiz_key="posttest", right=4, now=now)
    enrollment.refresh_from_db()
    return enrollment
