"""The wordings of a question and what changed from one to the next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.stamps import SignedInRequest, requires
from studio.fetching import (
    REVIEW_COURSE,
    get_course_for,
    get_question_for,
    working_version,
)
from studio.links import question_url
from studio.questions.history import history_of


@require_safe
@requires(REVIEW_COURSE)
def question_history(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show every wording of a question, newest first."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    question = get_question_for(
        request.user, course, bank_key, question_key, REVIEW_COURSE
    )
    context = {
        "course": course,
        "version": working_version(course),
        "question": question,
        "wordings": history_of(question),
        "url": question_url(course, question.bank, question.key),
    }
    return render(request, "studio/question_history.html", context)
