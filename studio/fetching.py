"""Fetch one row for a person, or answer 404."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from accounts.access import UNIT, get_for
from accounts.models import Unit
from courses import policy
from courses.models import (
    Course,
    CourseVersion,
    Inquiry,
    Lesson,
    Module,
    ReviewComment,
)
from quizzes import policy as quizzes_policy
from quizzes.models import Question, QuestionBank, QuestionVersion, Quiz

AUTHOR_COURSE = "courses.author_course"
REVIEW_COURSE = "courses.review_course"
AUTHOR_QUESTION = "quizzes.author_question"
DECIDE_REVIEW = "courses.decide_review"


def get_course_for(user: Any, course_key: str, capability: str) -> Course:
    """Return a course of the person's units, with its current version."""
    return get_for(
        Course.objects.select_related("current_version", "unit"),
        user,
        capability,
        policy.COURSE,
        key=course_key,
    )


def find_course_for(user: Any, capability: str, **lookup: Any) -> Course | None:
    """Return the course that the lookup names, None where it is not the person's."""
    courses = Course.objects.visible_to(user, capability)
    found: Course | None = (
        courses.select_related("current_version", "unit").filter(**lookup).first()
    )
    return found


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


def find_lesson(version: CourseVersion, lesson_key: str) -> Lesson | None:
    """Return a lesson of the version with its parts, None where it has none such."""
    lessons = version.lessons.filter(key=lesson_key)
    lesson: Lesson | None = lessons.prefetch_related("parts").first()
    return lesson


def get_module(version: CourseVersion, module_key: str) -> Module:
    """Return a module of the version with its lessons."""
    module = version.modules.filter(key=module_key).prefetch_related("lessons").first()
    if module is None:
        raise Http404
    return module


def modules_of(version: CourseVersion) -> list[Module]:
    """Return the version's modules in order."""
    return list(version.modules.all())


def get_unit_for(user: Any, code: str, capability: str) -> Unit:
    """Return a unit on which the person holds the capability."""
    return get_for(Unit.objects.active(), user, capability, UNIT, code=code)


def lessons_of(version: CourseVersion) -> list[Lesson]:
    """Return the version's lessons in order."""
    return list(version.lessons.all())


def get_comment(course: Course, comment_id: int) -> ReviewComment:
    """Return a comment on the course's draft."""
    comments = ReviewComment.objects.filter(review__course=course, pk=comment_id)
    comment: ReviewComment | None = comments.first()
    if comment is None:
        raise Http404
    return comment


def get_inquiry_for(user: Any, inquiry_key: UUID, capability: str) -> Inquiry:
    """Return what a learner asked about a course of the person's units."""
    rows = Inquiry.objects.select_related(
        "course__current_version", "person__unit", "handled_by"
    )
    return get_for(rows, user, capability, policy.INQUIRY, key=inquiry_key)


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


def newest_wordings(bank: QuestionBank) -> list[QuestionVersion]:
    """Return the newest wording of every question of a bank, drafts included."""
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"))
        .order_by("-number")
        .values("pk")[:1]
    )
    return list(
        QuestionVersion.objects.filter(question__bank=bank, pk=Subquery(newest))
        .select_related("question")
        .prefetch_related("options")
        .order_by("question__key")
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
