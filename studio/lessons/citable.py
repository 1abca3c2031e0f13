"""What a lesson may name, and its whole text."""

from courses.models import Course, CourseVersion, Lesson
from courses.selectors.files import file_names
from quizzes.models import Question, QuestionBank
from studio.lessons.checking import Citable
from studio.lessons.text import join_parts


def citable_in(course: Course, version: CourseVersion) -> Citable:
    """Return what the lessons of a version may name."""
    checks = Question.objects.filter(
        bank__course=course, bank__use=QuestionBank.Use.PRACTICE
    ).exclude(state=Question.State.RETIRED)
    return Citable(
        sources=dict(version.sources.values_list("key", "text")),
        images=file_names(course),
        checks=frozenset(checks.values_list("key", flat=True)),
    )


def lesson_text(lesson: Lesson) -> str:
    """Return the whole text of a lesson."""
    return join_parts([part.source for part in lesson.parts.all()])
