"""What the page with a quiz's settings shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from courses.models import Course, CourseVersion
from quizzes.actions import QuizRulesContent
from quizzes.models import Attempt, Quiz, QuizCondition
from quizzes.questions import TYPES
from quizzes.selectors import (
    draft_rules,
    drawn_rows,
    may_take,
    planned_quizzes,
    quizzes_of,
    rules_content,
    supplies,
)
from studio.fetching import draft_of


@dataclass(frozen=True)
class DrawnRule:
    """A row of the blueprint in words; `fitting` questions of the bank fit it."""

    number: int
    objective: str
    levels: str
    types: str
    count: int
    fitting: int


@dataclass(frozen=True)
class QuizSettings:
    """A published quiz, the rules its draft has, and its condition today.

    `running` counts the people who are in the middle of it.
    """

    quiz: Quiz
    key: str
    summary: str
    draft: CourseVersion | None
    rules: QuizRulesContent
    is_changed: bool
    condition: QuizCondition | None
    running: int
    drawn: Sequence[DrawnRule]


def quiz_settings(course: Course, quiz_key: str) -> QuizSettings:
    """Return the settings of a quiz of the published version, or answer 404."""
    quiz = _published_quiz(course, quiz_key)
    draft = draft_of(course)
    published = rules_content(quiz)
    rules = draft_rules(draft).get(quiz_key, published) if draft else published
    return QuizSettings(
        quiz=quiz,
        key=quiz_key,
        summary=quiz.grade_item.summary if quiz.grade_item else "",
        draft=draft,
        rules=rules,
        is_changed=rules != published,
        condition=QuizCondition.objects.filter(
            course=course, quiz_key=quiz.key
        ).first(),
        running=Attempt.objects.open()
        .filter(enrollment__course=course, quiz_key=quiz.key)
        .count(),
        drawn=_drawn(quiz_key, course),
    )


def _drawn(quiz_key: str, course: Course) -> list[DrawnRule]:
    """Return the lines of a published quiz that draw."""
    version = course.current_version
    plans = planned_quizzes(version) if version else []
    plan = next(plan for plan in plans if plan.key == quiz_key)
    rows = drawn_rows(plan.lines)
    pool = supplies(plan.bank_key, with_drafts=False) if rows else []
    return [
        DrawnRule(
            number=number,
            objective=row.objective,
            levels=", ".join(row.levels),
            types=", ".join(TYPES[name].label for name in row.types),
            count=row.count,
            fitting=sum(may_take(supply, row) for supply in pool),
        )
        for number, row in enumerate(rows, 1)
    ]


def _published_quiz(course: Course, quiz_key: str) -> Quiz:
    current = course.current_version
    for quiz in quizzes_of(current.pk) if current else []:
        if quiz.grade_item and quiz.grade_item.key == quiz_key:
            return quiz
    raise Http404
