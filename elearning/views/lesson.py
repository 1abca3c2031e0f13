"""The lesson page: a course's words with the quizzes' practice checks in between."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from courses.invitation import invite
from courses.search.finding import LONGEST_QUERY
from courses.search.marking import Marker
from courses.search.words import asked_for
from courses.selectors.fetching import check_lesson_is_offered, find_active_enrollment
from courses.selectors.lesson_page import lesson_page
from elearning.lesson_content import Part, lesson_context


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
    words = request.GET.get("cari", "")[:LONGEST_QUERY]
    if words:
        context["parts"] = marked(context["parts"], words)
    return render(request, "courses/lesson_detail.html", context)


def marked(parts: Iterable[Part], words: str) -> tuple[Part, ...]:
    """Mark the words with which somebody searched and came here."""
    marker = Marker(asked_for(words))
    return tuple(
        replace(
            part,
            blocks=tuple(
                replace(block, html=marker.html(block.html)) for block in part.blocks
            ),
        )
        for part in parts
    )
