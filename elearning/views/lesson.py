"""The lesson page: a course's words with the quizzes' practice checks in between."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from courses.invitation import invite
from courses.selectors.fetching import check_lesson_is_offered, find_active_enrollment
from courses.selectors.lesson_page import lesson_page
from elearning.lesson_content import lesson_context


@require_GET
@signed_in
def lesson_detail(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show a lesson to somebody who takes the course."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        check_lesson_is_offered(course_key, lesson_key)
        return invite(request, course_key)
    page = lesson_page(enrollment.course, enrollment, lesson_key)
    if page is None:
        raise Http404
    context = lesson_context(enrollment.course, page)
    return render(request, "courses/lesson_detail.html", context)
