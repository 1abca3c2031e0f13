"""What people think of a course, for its authors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.stamps import SignedInRequest, requires
from courses.evaluations.forms import AGREEMENT
from courses.evaluations.page import evaluation_results
from studio.fetching import AUTHOR_COURSE, get_course_for


@require_safe
@requires(AUTHOR_COURSE)
def evaluation_result(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the figures and free answers, in steps of five."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    page = evaluation_results(course, number=request.GET.get("halaman"))
    context = {"page": page, "scale": AGREEMENT, "course": course}
    return render(request, "studio/evaluation_result.html", context)
