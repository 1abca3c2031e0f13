"""The course page: the whole way, with what the quizzes know of rests and attempts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from courses.models import Enrollment
from courses.selectors.course_page import course_page
from courses.selectors.fetching import get_course_for
from elearning.offline.keeping import tag_of
from quizzes.selectors import rest_notes, running_attempts


@require_GET
@signed_in
def course_detail(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the whole way: pre-test, lessons, post-test, certificate."""
    course = get_course_for(request.user, course_key, with_due_day=True)
    now = timezone.now()

    def notes(enrollment: Enrollment) -> dict[str, str]:
        return rest_notes(enrollment, now=now)

    page = course_page(course, request.user, item_notes=notes)
    running = (
        running_attempts(request.user, now=now, course_id=course.pk)
        if page.is_enrolled
        else []
    )
    context = {
        "page": page,
        "running": running,
        "is_running": bool(running),
        "keep_tag": tag_of(page.version_id, course.current_version_id)
        if page.is_enrolled
        else "",
    }
    return render(request, "courses/course_detail.html", context)
