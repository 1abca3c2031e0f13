"""Fetch one row for a person, or answer 404."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import get_for
from courses import policy
from courses.models import Course, CourseVersion, Lesson
from quizzes import policy as quizzes_policy
from quizzes.models import Question, QuestionBank, QuestionVersion, Quiz

AUTHOR_COURSE = "courses.author_course"
REVIEW_COURSE = "courses.review_course"
AUTHOR_QUESTION = "quizzes.author_question"


def get_course_for(user: Any, course_key: str, capability: str) -> Course:
    """Return a course of the person's units, with its current version."""
    return get_for(
        Course.objects.select_related("current_version", "unit"),
        user,
        capability,
        policy.COURSE,
        key=course_key,
    )


def draft_of(course: Course) -> CourseVersion | None:
    """Return the course's open draft."""
    return course.versions.filter(state=CourseVersion.State.DRAFT).first()


def working_version(course: Course) -> CourseVersion:
    """Return the version that Studio shows: the draft, else the published one."""
    version = draft_of(course) or course.current_version
    if version is None:
        raise Http404
    return version


def get_lesson(version: CourseVersion, lesson_key: str) -> Lesson:
    """Return a lesson of the version with its parts."""
    lesson = (
        version.lessons.filter(key=lesson_key)
        .select_related("module")
        .prefetch_related("parts")
        .first()
    )
    if lesson is None:
        raise Http404
    return lesson


def lessons_of(version: CourseVersion) -> list[Lesson]:
    """Return the version's lessons in order."""
    return list(version.lessons.all())


def banks_of(course: Course) -> list[QuestionBank]:
    """Return the course's question banks in order."""
    return list(QuestionBank.objects.filter(course=course))


def get_bank(course: Course, bank_key: str) -> QuestionBank:
    """Return a bank of the course."""
    bank = QuestionBank.objects.filter(course=course, key=bank_key).first()
    if bank is None:
        raise Http404
    return bank


def get_quiz(course: Course, item_key: str) -> Quiz:
    """Return a quiz of what the course has published, by its grade item's key."""
    quiz = (
        Quiz.objects.filter(grade_item__version=course.current_version_id)
        .filter(grade_item__key=item_key)
        .select_related("grade_item")
        .first()
    )
    if quiz is None:
        raise Http404
    return quiz


def get_question_for(
    user: Any, course: Course, bank_key: str, question_key: str, capability: str
) -> Question:
    """Return a question of the course's bank, of a unit of the person's."""
    return get_for(
        Question.objects.select_related("bank__unit"),
        user,
        capability,
        quizzes_policy.QUESTION,
        bank__course=course,
        bank__key=bank_key,
        key=question_key,
    )


def newest_wording(question: Question) -> QuestionVersion | None:
    """Return a question's newest wording with its options, a draft included."""
    return (
        question.versions.select_related("question")
        .prefetch_related("options")
        .order_by("-number")
        .first()
    )


def questions_of(course: Course) -> "QuerySet[Question]":
    """Return every question of the course's banks, in order."""
    return (
        Question.objects.filter(bank__course=course)
        .select_related("bank__course__current_version")
        .order_by("bank__key", "key")
    )
