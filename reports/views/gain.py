"""What people gained between pre-test and post-test."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from reports import actions
from reports.fetching import get_course
from reports.filters.choices import gain_form
from reports.gain import report as definition
from reports.gain.page import gain_page
from reports.models import ExportJob
from reports.saved.page import views_beside
from reports.units.reach import CAPABILITY
from reports.units.tree import get_unit_for
from reports.views.exports import asked_format, handed_over, told_of_waiting

GAINS_PER_PAGE = 50


@require_GET
@requires(CAPABILITY)
def gain(request: SignedInRequest) -> HttpResponse:
    """Show the gain on a course, per objective and per part of the chosen unit."""
    unit = get_unit_for(request.user, request.GET.get("unit", ""))
    course = get_course(request.GET.get("kursus", ""))
    if course is None:
        return render(request, "reports/gain.html", {"page": None})
    page = gain_page(request.user, course=course, unit=unit, now=timezone.now())
    parts = Paginator(page.parts, GAINS_PER_PAGE)
    context = {
        "page": page,
        "parts": parts.get_page(request.GET.get("halaman")),
        "form": gain_form(request.user, course=course, unit=unit),
        "views": views_beside(request.user, definition.GAIN_KEY),
    }
    return render(request, "reports/gain.html", context)


@require_POST
@requires(CAPABILITY)
def gain_export(request: SignedInRequest) -> HttpResponseBase:
    """Hand over the file of what the screen tells."""
    unit = get_unit_for(request.user, request.POST.get("unit", ""))
    course = get_course(request.POST.get("kursus", ""))
    if course is None:
        return redirect("reports:gain")
    filters = definition.GainFilters(course.key, unit.code if unit else "")
    job = actions.ask_for_export(
        report=definition.GAIN_KEY,
        format=asked_format(request.POST),
        filters=filters.as_json(),
        by=request.user,
        now=timezone.now(),
    )
    if job.state == ExportJob.State.DONE:
        return handed_over(job, request.user)
    messages.add_message(request, *told_of_waiting(job))
    return redirect("reports:export_list")
