"""What the page shows on which a learner asks about a question of an attempt.

Nothing of it tells a key: the words of the question were on the paper. What others
asked may tell it, and is there only once keys may be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from courses.inquiries.actions import InquirySubject
from courses.inquiries.page import PublicAnswer, question_answers
from courses.models import Course
from quizzes.models import Attempt, QuestionVersion
from quizzes.questions.stems import stem_of
from quizzes.results.submitted import SubmittedAttempt, load
from quizzes.taking.running import running_of


@dataclass(frozen=True)
class QuestionInquiry:
    """A question of a marked attempt, and what may be read of what others asked.

    `answers` is None while keys are hidden.
    """

    course: Course
    about: InquirySubject
    quiz_title: str
    position: int
    opening: str
    answers: Sequence[PublicAnswer] | None
    back_url: str


def question_inquiry(attempt: Attempt, position: int) -> QuestionInquiry | None:
    """Return what can be asked about a question; None where there is none such.

    Nor is there one while an attempt of hers in the course is not marked yet.
    """
    loaded = load(attempt)
    course = loaded.enrollment.course
    if not 1 <= position <= len(loaded.items):
        return None
    if running_of(attempt.person).filter(enrollment__course=course).exists():
        return None
    item = loaded.items[position - 1]
    versions = QuestionVersion.objects.filter(pk=item.question_version_id)
    bank_key, question_key = versions.values_list(
        "question__bank__key", "question__key"
    ).get()
    about = InquirySubject(bank_key=bank_key, question_key=question_key)
    review = ("quizzes:attempt_review", [attempt.key, position])
    result = ("quizzes:attempt_result", [attempt.key])
    name, args = review if loaded.shows_keys else result
    return QuestionInquiry(
        course=course,
        about=about,
        quiz_title=attempt.quiz.title,
        position=position,
        opening=stem_of(loaded.question_of(item).wording).opening,
        answers=question_answers(course, about) if loaded.shows_keys else None,
        back_url=reverse(name, args=args),
    )


def inquiry_links(loaded: SubmittedAttempt) -> list[tuple[int, str]]:
    """Return position and address of every question that can be asked about.

    Where keys may be seen their pages lead there themselves.
    """
    if loaded.shows_keys or loaded.is_sitting:
        return []
    key = loaded.attempt.key
    return [
        (one.position, reverse("quizzes:question_inquiry", args=[key, one.position]))
        for one in loaded.items
    ]
