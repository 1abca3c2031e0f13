"""Practice checks inside lessons."""

from django.core.exceptions import ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.stamps import SignedInRequest, signed_in
from courses.selectors.fetching import get_active_enrollment
from quizzes import actions
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import PracticeResponse
from quizzes.practice.check_page import practice_check, versions_for


@require_POST
@signed_in
def practice_answer(
    request: SignedInRequest, course_key: str, lesson_key: str, question_key: str
) -> HttpResponse:
    """Mark an answer and show its feedback, alone on a page or swapped in place."""
    enrollment = get_active_enrollment(request.user, course_key)
    version = versions_for(enrollment.course, {question_key}).get(question_key)
    if version is None:
        raise Http404
    response: PracticeResponse | None = None
    problem = ""
    try:
        response = actions.answer_practice(
            version=version,
            person=request.user,
            fields=dict(request.POST.lists()),
            token=UUIDField().clean(request.POST.get("token", "")),
            now=timezone.now(),
        )
    except ResponseNotAccepted as refusal:
        problem = refusal.message
    except ValidationError as malformed:
        raise Http404 from malformed
    check = practice_check(
        enrollment.course,
        version,
        lesson_key=lesson_key,
        response=response,
        problem=problem,
    )
    context = {
        "check": check,
        "course_key": course_key,
        "lesson_key": lesson_key,
    }
    return render(request, "quizzes/practice_answer.html", context)
