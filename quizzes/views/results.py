"""After an attempt: the result, and the questions with their reasons."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from quizzes.fetching import get_attempt_for
from quizzes.models import Attempt
from quizzes.results import explanation_page, result_page
from quizzes.results.own_gain import own_gain
from quizzes.results.submitted import load
from quizzes.results.waiting_page import waiting_page


@require_GET
@signed_in
def attempt_result(request: SignedInRequest, attempt_key: UUID) -> HttpResponse:
    """Show score, objectives and what comes next.

    An attempt that waits for answers said in time has no score to show: its page says
    so, and until when.
    """
    attempt = get_attempt_for(request.user, attempt_key)
    if attempt.state == Attempt.State.CLOSED:
        waiting = {"page": waiting_page(attempt)}
        return render(request, "quizzes/attempt_waiting.html", waiting)
    if attempt.state != Attempt.State.SUBMITTED:
        return redirect("quizzes:attempt_item", attempt.key, 1)
    loaded = load(attempt)
    page = result_page.result_page(loaded, today=timezone.localdate())
    context = {"page": page, "gain": own_gain(loaded)}
    return render(request, "quizzes/attempt_result.html", context)


@require_GET
@signed_in
def attempt_explanation(
    request: SignedInRequest, attempt_key: UUID, position: int
) -> HttpResponse:
    """Show one question with its key, once it may be seen."""
    attempt = get_attempt_for(request.user, attempt_key)
    if attempt.state != Attempt.State.SUBMITTED:
        raise Http404
    page = explanation_page.explanation_page(attempt, position)
    if page is None:
        raise Http404
    return render(request, "quizzes/attempt_review.html", {"page": page})
