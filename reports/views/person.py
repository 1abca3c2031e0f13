"""HR opens one person, and one course of hers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from reports.person.course import person_course_page
from reports.person.page import person_page
from reports.units.reach import CAPABILITY


@require_GET
@requires(CAPABILITY)
def person_detail(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Show what the site knows of a person's learning."""
    now = timezone.now()
    page = person_page(request.user, person_key, now=now)
    note_view(page.person, page="person", by=request.user, now=now)
    return render(request, "reports/person_detail.html", {"page": page})


@require_GET
@requires(CAPABILITY)
def person_course(
    request: SignedInRequest, person_key: UUID, course_key: str
) -> HttpResponse:
    """Show why a course is not finished, and what was done so far."""
    page = person_course_page(request.user, person_key, course_key)
    note_view(page.person, page="course", by=request.user, now=timezone.now())
    return render(request, "reports/person_course.html", {"page": page})
