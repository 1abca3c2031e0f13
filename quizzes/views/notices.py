"""What the home page tells a person about her scores."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.stamps import SignedInRequest, signed_in
from quizzes import actions
from quizzes.fetching import get_notice_for


@require_POST
@signed_in
def notice_read(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """Take a notice off the home page."""
    notice = get_notice_for(request.user, notice_id)
    actions.read_notice(notice_id=notice.pk, now=timezone.now())
    return redirect("home")
