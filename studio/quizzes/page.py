"""What the page with a quiz's settings shows."""

from dataclasses import dataclass

from django.http import Http404

from courses.models import Course, CourseVersion
from quizzes.actions import QuizRulesContent
from quizzes.models import Attempt, Quiz, QuizCondition
from quizzes.selectors import draft_rules, rules_content
from studio.fetching import draft_of
from studio.quizzes.filling import quizzes_of


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
    )


def _published_quiz(course: Course, quiz_key: str) -> Quiz:
    current = course.current_version
    for quiz in quizzes_of(current.pk) if current else []:
        if quiz.grade_item and quiz.grade_item.key == quiz_key:
            return quiz
    raise Http404
