"""Asking the author about a question, after the attempt."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, signed_in
from courses.inquiries.forms import InquiryForm
from courses.inquiries.views import is_taken
from quizzes.fetching import get_attempt_for
from quizzes.models import Attempt
from quizzes.results.inquiry_page import question_inquiry as inquiry_page

_PAGE = "quizzes/question_inquiry.html"


@require_http_methods(["GET", "POST"])
@signed_in
def question_inquiry(
    request: SignedInRequest, attempt_key: UUID, position: int
) -> HttpResponse:
    """Show a question without its key, and take what is asked or reported."""
    attempt = get_attempt_for(request.user, attempt_key)
    if attempt.state != Attempt.State.SUBMITTED:
        raise Http404
    page = inquiry_page(attempt, position)
    if page is None:
        raise Http404
    if request.method == "GET":
        return render(request, _PAGE, {"page": page, "form": InquiryForm()})
    form = InquiryForm(request.POST)
    if form.is_valid() and is_taken(
        request, form, course=page.course, about=page.about
    ):
        return redirect(page.back_url)
    return render(request, _PAGE, {"page": page, "form": form}, status=400)
