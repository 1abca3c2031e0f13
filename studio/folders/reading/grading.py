"""From the quizzes of course.yaml to the completion rule, grade items and quizzes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from courses.content_types import GradeItemContent, RequirementContent
from courses.models.catalogue import CompletionRequirement, GradeItem
from quizzes.actions import (
    PlanLine,
    QuizContent,
    QuizPlan,
    QuizRulesContent,
    SlotContent,
)
from quizzes.models import QuestionBank
from quizzes.questions import QuestionContent
from quizzes.selectors import slots_of
from studio.folders.reading.course_file import CourseFile, QuizRow
from studio.quizzes.summary import quiz_summary

_Kind = CompletionRequirement.Kind
QUIZ_BANK_USES: Mapping[str, str] = {
    GradeItem.Kind.PRETEST: QuestionBank.Use.PRETEST,
    GradeItem.Kind.POSTTEST: QuestionBank.Use.GRADED,
}


def bank_key(course_key: str, name: str) -> str:
    """Return the key of a course's bank, unique on the site."""
    return f"{course_key}-{name}"


def bank_use(course: CourseFile, name: str) -> str:
    """Return what a bank is for: as course.yaml says, or as its quiz; else practice."""
    for bank in course.banks:
        if bank.name == name:
            return bank.use
    for quiz in course.quizzes:
        if quiz.bank == name:
            return QUIZ_BANK_USES[GradeItem.Kind(quiz.purpose)]
    return QuestionBank.Use.PRACTICE


def requirements(course: CourseFile) -> tuple[RequirementContent, ...]:
    """Return the completion rule: pre-test handed in, lessons done, post-test passed.

    (ARCHITECTURE, "completion, first rule".)
    """
    before = [q for q in course.quizzes if q.purpose == GradeItem.Kind.PRETEST]
    after = [q for q in course.quizzes if q.purpose == GradeItem.Kind.POSTTEST]
    return (
        *(
            RequirementContent(
                quiz.key, _Kind.SUBMITTED, minutes=course.minutes[quiz.key]
            )
            for quiz in before
        ),
        RequirementContent("lessons", _Kind.LESSONS),
        *(
            RequirementContent(
                quiz.key,
                _Kind.PASSED,
                pass_mark=Decimal(quiz.pass_mark),
                weight=Decimal(1),
                minutes=course.minutes[quiz.key],
            )
            for quiz in after
        ),
    )


def grade_item_content(
    course: CourseFile, quiz: QuizRow, questions: Sequence[QuestionContent]
) -> GradeItemContent:
    """Return the graded thing as people read of it before they open it."""
    return GradeItemContent(
        key=quiz.key,
        kind=quiz.purpose,
        title=quiz.title,
        summary=quiz_summary(
            count=len(slots(quiz, questions)),
            time_limit_minutes=quiz.time_limit_minutes,
            planned_minutes=course.minutes[quiz.key],
            pass_mark=quiz.pass_mark,
            attempts=quiz.attempts,
        ),
        opens_after_lessons=quiz.purpose == GradeItem.Kind.POSTTEST,
    )


def quiz_content(
    course_key: str, quiz: QuizRow, questions: Sequence[QuestionContent]
) -> QuizContent:
    """Return the quiz with its slots."""
    return QuizContent(
        key=quiz.key,
        title=quiz.title,
        purpose=quiz.purpose,
        bank_key=bank_key(course_key, quiz.bank),
        slots=slots(quiz, questions),
        time_limit=quiz.time_limit_minutes * 60 or None,
        attempts_per_block=quiz.attempts or None,
        cooldown=quiz.cooldown_hours * 3600,
        counting=quiz.counting,
        review=quiz.review,
        asks_all=not quiz.draw,
        shuffles_questions=quiz.shuffles_questions,
        shuffles_options=quiz.shuffles_options,
    )


def quiz_plan(course_key: str, quiz: QuizRow) -> QuizPlan:
    """Return the quiz as a draft holds it."""
    return QuizPlan(
        key=quiz.key,
        title=quiz.title,
        purpose=quiz.purpose,
        bank_key=bank_key(course_key, quiz.bank),
        lines=plan_lines(quiz),
        asks_all=not quiz.draw,
        rules=QuizRulesContent(
            time_limit_seconds=quiz.time_limit_minutes * 60 or None,
            attempts_per_block=quiz.attempts or None,
            cooldown_seconds=quiz.cooldown_hours * 3600,
            counting=quiz.counting,
            review=quiz.review,
            shuffles_questions=quiz.shuffles_questions,
            shuffles_options=quiz.shuffles_options,
        ),
    )


def plan_lines(quiz: QuizRow) -> tuple[PlanLine, ...]:
    """Return the lines of a quiz; none where it asks its whole bank."""
    return tuple(
        PlanLine(row.question, row.objective, row.levels, row.types, row.count)
        for row in quiz.draw
    )


def slots(quiz: QuizRow, questions: Sequence[QuestionContent]) -> list[SlotContent]:
    """Return every question once, or the blueprint place by place."""
    if not quiz.draw:
        return slots_of((), [question.key for question in questions])
    return slots_of(plan_lines(quiz))
