"""Addresses that several pages of Studio lead to."""

from django.urls import reverse

from courses.models import Course
from quizzes.models import (
    QuestionBank,
)


def question_url(course: Course, bank: QuestionBank, key: str) -> str:
    """Return the address of a question's editor."""
    return reverse("studio:question_edit", args=[course.key, bank.key, key])
