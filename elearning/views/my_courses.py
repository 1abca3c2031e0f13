"""A person's courses, with the tests that run and wait for her."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from courses.selectors.my_courses import my_courses
from quizzes.selectors import running_attempts


@require_GET
@signed_in
def own_courses(request: SignedInRequest) -> HttpResponse:
    """Show a running test first, then what is late, due, open and done."""
    now = timezone.now()
    today = now.astimezone(ZoneInfo(request.user.time_zone)).date()
    running = running_attempts(request.user, now=now)
    context = {
        "running": running,
        # The head of every page asks too.
        "running_now": running,
        "page": my_courses(request.user, today=today),
    }
    return render(request, "courses/my_courses.html", context)
