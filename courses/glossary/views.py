"""Pages that explain terms."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from courses.glossary.pages import course_glossary, site_glossary
from courses.search.finding import LONGEST_QUERY
from courses.selectors.fetching import find_active_enrollment, get_course_for

_PAGE = "courses/glossary.html"


@require_GET
@signed_in
def glossary_page(request: SignedInRequest) -> HttpResponse:
    """Show the terms of the site and its courses, all or those that were asked for."""
    query = request.GET.get("cari", "").strip()[:LONGEST_QUERY]
    page = site_glossary(query=query, number=request.GET.get("halaman"))
    return render(request, _PAGE, {"page": page})


@require_GET
@signed_in
def course_glossary_page(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the terms of a course in the version that she takes, or of today."""
    enrollment = find_active_enrollment(request.user, course_key)
    course = get_course_for(request.user, course_key)
    version_id = enrollment.version_id if enrollment else course.current_version_id
    page = course_glossary(
        course,
        version_id,
        query=request.GET.get("cari", "").strip()[:LONGEST_QUERY],
        number=request.GET.get("halaman"),
    )
    return render(request, _PAGE, {"page": page})
