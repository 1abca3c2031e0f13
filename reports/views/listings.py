"""Reports that are one table each, and the list of all reports."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import holds
from accounts.stamps import SignedInRequest, requires
from reports import actions
from reports.listings.catalogue import listing_for, listings_of
from reports.listings.forms import listing_form
from reports.listings.page import listing_page, listing_parameters
from reports.models import ExportJob
from reports.saved.page import just_deleted, views_beside, views_of
from reports.units.reach import CAPABILITY
from reports.views.exports import asked_format, handed_over, told_of_waiting


@require_GET
@requires(CAPABILITY)
def report_list(request: SignedInRequest) -> HttpResponse:
    """Show which reports there are, and what she keeps of them."""
    views = views_of(request.user)
    deleted = just_deleted(request.user, now=timezone.now())
    context = {
        "views": replace(views, deleted=deleted),
        "listings": listings_of(request.user),
        "words_evaluations": holds(request.user, "courses.write_evaluation"),
        "sees_questions": holds(request.user, "courses.review_course"),
    }
    return render(request, "reports/report_list.html", context)


@require_GET
@requires(CAPABILITY)
def listing(request: SignedInRequest, report: str) -> HttpResponse:
    """Show a part of the rows that the filters keep."""
    definition = listing_for(request.user, report)
    page = listing_page(
        request.user, listing=definition, data=request.GET, now=timezone.now()
    )
    views = views_beside(request.user, definition.key)
    return render(request, "reports/listing.html", {"page": page, "views": views})


@require_POST
@requires(CAPABILITY)
def listing_export(request: SignedInRequest, report: str) -> HttpResponseBase:
    """Hand over the file of the rows on the screen, or say that it is on its way."""
    definition = listing_for(request.user, report)
    now = timezone.now()
    form = listing_form(
        request.user, request.POST, listing=definition, today=timezone.localdate(now)
    )
    if not form.is_valid():
        query = urlencode(listing_parameters(request.POST))
        return redirect(f"{reverse('reports:listing', args=[report])}?{query}")
    job = actions.ask_for_export(
        report=definition.key,
        format=asked_format(request.POST),
        filters=form.filters().as_json(),
        by=request.user,
        now=now,
    )
    if job.state == ExportJob.State.DONE:
        return handed_over(job, request.user)
    messages.add_message(request, *told_of_waiting(job))
    return redirect("reports:export_list")
