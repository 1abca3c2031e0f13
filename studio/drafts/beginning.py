"""Beginning a course: empty, from the template, or as a copy of another one."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.content_types import (
    LessonContent,
    ModuleContent,
    ObjectiveContent,
    RequirementContent,
    VersionContent,
)
from courses.models import Course, CourseVersion
from courses.models.catalogue import CompletionRequirement
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.actions import PlanLine, QuizPlan, QuizRulesContent
from quizzes.models import Question, QuestionBank, Quiz
from quizzes.selectors import compositions_of, content_of, planned_quizzes
from studio.drafts.structure import NEW_LESSON_MINUTES
from studio.fetching import banks_of, newest_wordings

_Kind = CompletionRequirement.Kind
_LESSONS = RequirementContent("lessons", _Kind.LESSONS)
# The template: 2 JP are 90 minutes.
TEMPLATE_JP = 2
_PRETEST, _POSTTEST, _PLAN = 10, 15, 5
_TEMPLATE_QUESTIONS = 10


@dataclass(frozen=True)
class CourseStart:
    """What an author says of a course before it has anything."""

    code: str
    title: str
    summary: str
    pillar: str
    jp: int
    jp_basis: str
    objectives: tuple[ObjectiveContent, ...]


@atomic_with_retry
def begin_course(
    *,
    said: CourseStart,
    unit: Unit,
    template: bool = False,
    source: Course | None = None,
    token: UUID,
    by: User,
    now: datetime,
) -> Course:
    """Make a course with its draft: empty, from the template, or as a copy of `source`.

    The same `token` gives the course that it made before. Locks the course. A copy
    has the lessons, quizzes, questions and pictures that Studio shows of the source,
    its questions as drafts.
    """
    version = _working(source) if source else None
    content = _content(said, template, version)
    course, is_new = courses_actions.start_course(
        code=said.code, unit=unit, content=content, token=token, by=by, now=now
    )
    if is_new and source and version:
        _copy_quizzes(source, version, course, by=by, now=now)
        courses_actions.copy_files(source=source, target=course, now=now)
    elif is_new and template:
        _write_template_quizzes(course, said, by=by, now=now)
    return course


def _working(course: Course) -> CourseVersion | None:
    draft = course.versions.filter(state=CourseVersion.State.DRAFT).first()
    return draft or course.current_version


def _content(
    said: CourseStart, template: bool, source: CourseVersion | None
) -> VersionContent:
    before = version_content(source) if source else _blank()
    content = replace(
        before,
        title=said.title,
        summary=said.summary,
        pillar=said.pillar,
        jp=said.jp,
        jp_basis=said.jp_basis,
        objectives=list(said.objectives),
        content_hash="",
    )
    return _template(content) if template else content


def _blank() -> VersionContent:
    return VersionContent(
        title="",
        summary="",
        pillar="",
        digcomp=[],
        jp=1,
        jp_basis="",
        objectives=[],
        modules=[ModuleContent("m1", _("Modul 1"), [])],
        sources=[],
        requirements=[_LESSONS],
    )


# --- the template --------------------------------------------------------------------
def _template(content: VersionContent) -> VersionContent:
    """Return the content with a pre-test, four lessons, a plan and a post-test."""
    lessons = [
        LessonContent(
            key=f"pelajaran-{number}",
            title=_("Pelajaran %(number)d") % {"number": number},
            minutes=NEW_LESSON_MINUTES,
            parts=[],
        )
        for number in range(1, 5)
    ]
    return replace(
        content,
        modules=[
            ModuleContent("m1", _("Modul 1"), lessons[:2]),
            ModuleContent("m2", _("Modul 2"), lessons[2:]),
        ],
        requirements=[
            new_requirement(Quiz.Purpose.PRETEST),
            _LESSONS,
            new_requirement(Quiz.Purpose.POSTTEST),
        ],
        plan_title=_("Rencana tindak"),
        plan_source=_("Tulis satu kebiasaan kecil yang ingin Anda ubah bersama tim."),
        plan_minutes=_PLAN,
    )


def _write_template_quizzes(
    course: Course, said: CourseStart, *, by: User, now: datetime
) -> None:
    draft = course.versions.get()
    uses = QuestionBank.Use
    keys = {
        use: quizzes_actions.open_bank(
            key=f"{course.key}-{use}",
            title=str(use.label),
            use=use,
            course=course,
            unit=course.unit,
            now=now,
        ).key
        for use in (uses.PRETEST, uses.GRADED, uses.PRACTICE)
    }
    for plan in (
        new_plan(Quiz.Purpose.PRETEST, keys[uses.PRETEST]),
        replace(
            new_plan(Quiz.Purpose.POSTTEST, keys[uses.GRADED]),
            lines=_lines_for(said.objectives),
        ),
    ):
        quizzes_actions.write_quiz_plan(version=draft, plan=plan, by=by, now=now)


def new_requirement(purpose: str) -> RequirementContent:
    """Return the line of the completion rule with which a quiz begins."""
    if purpose == Quiz.Purpose.PRETEST:
        return RequirementContent(purpose, _Kind.SUBMITTED, minutes=_PRETEST)
    return RequirementContent(
        purpose,
        _Kind.PASSED,
        pass_mark=Decimal(70),
        weight=Decimal(1),
        minutes=_POSTTEST,
    )


def new_plan(purpose: str, bank_key: str) -> QuizPlan:
    """Return a quiz as it begins: a pre-test asks its bank, once; a post-test draws."""
    is_pretest = purpose == Quiz.Purpose.PRETEST
    return QuizPlan(
        key=purpose,
        title=str(Quiz.Purpose(purpose).label),
        purpose=purpose,
        bank_key=bank_key,
        lines=(),
        asks_all=is_pretest,
        rules=QuizRulesContent(
            time_limit_seconds=None if is_pretest else _POSTTEST * 60,
            attempts_per_block=1 if is_pretest else 3,
            cooldown_seconds=0 if is_pretest else 24 * 3600,
            counting=Quiz.Counting.BEST,
            review=Quiz.Review.TEST,
            shuffles_questions=True,
            shuffles_options=True,
        ),
    )


def _lines_for(objectives: tuple[ObjectiveContent, ...]) -> tuple[PlanLine, ...]:
    """Share ten questions among the objectives, whatever their levels."""
    whole, more = divmod(_TEMPLATE_QUESTIONS, max(1, len(objectives)))
    counts = [whole + (n < more) for n in range(len(objectives))]
    return tuple(
        PlanLine(objective_key=row.key, count=number)
        for row, number in zip(objectives, counts, strict=True)
        if number
    )


# --- the copy ------------------------------------------------------------------------
def _copy_quizzes(
    source: Course, version: CourseVersion, course: Course, *, by: User, now: datetime
) -> None:
    draft = course.versions.get()
    keys = {
        bank.key: _copy_bank(source, bank, course, by=by, now=now)
        for bank in banks_of(source)
    }
    for plan in planned_quizzes(version):
        if plan.bank_key in keys:
            copied = replace(plan, bank_key=keys[plan.bank_key], is_drafted=True)
            quizzes_actions.write_quiz_plan(version=draft, plan=copied, by=by, now=now)


def _copy_bank(
    source: Course, bank: QuestionBank, course: Course, *, by: User, now: datetime
) -> str:
    name = bank.key.removeprefix(f"{source.key}-") or bank.use
    copied = quizzes_actions.open_bank(
        key=f"{course.key}-{name}"[:120],
        title=bank.title,
        use=bank.use,
        course=course,
        unit=course.unit,
        now=now,
    )
    kept = {}
    for newest in newest_wordings(bank):
        if newest.question.state != Question.State.RETIRED:
            content = content_of(newest)
            quizzes_actions.write_question(bank=copied, content=content, by=by, now=now)
            kept[content.key] = newest
    there = compositions_of(bank)
    quizzes_actions.write_composition(
        bank=copied,
        questions={
            key: replace(
                there[key],
                enemies=tuple(enemy for enemy in there[key].enemies if enemy in kept),
            )
            for key in kept
        },
        by=by,
        now=now,
    )
    return copied.key
