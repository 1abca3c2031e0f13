"""Admins read the audit trail, and take it as a file."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from lib.kept_search import LONGEST
from reports import actions
from reports.models import ExportJob
from reports.trail.asking import VIEW_TRAIL, people_meant
from reports.trail.forms import trail_form
from reports.trail.page import (
    TRAIL_SEARCH_KEY,
    trail_page,
    trail_parameters,
    trail_url,
    trail_words,
)
from reports.trail.report import TRAIL_KEY
from reports.views.exports import asked_format, handed_over, told_of_waiting


@require_GET
@requires(VIEW_TRAIL)
def trail(request: SignedInRequest) -> HttpResponse:
    """Show a part of the trail."""
    page = trail_page(
        request.user,
        data=request.GET,
        words=trail_words(request.session, request.GET),
    )
    return render(request, "reports/trail.html", {"page": page})


@require_POST
@requires(VIEW_TRAIL)
def trail_search(request: SignedInRequest) -> HttpResponse:
    """Keep in the session whom somebody looks for; no words end a search."""
    kept = {
        name: request.POST.get(name, "").strip()[:LONGEST]
        for name in ("siapa", "tentang")
    }
    others = [one for one in trail_parameters(request.POST) if one[0] != "cari"]
    if not any(kept.values()):
        request.session.pop(TRAIL_SEARCH_KEY, None)
        return redirect(trail_url(others))
    request.session[TRAIL_SEARCH_KEY] = kept
    return redirect(trail_url([*others, ("cari", "1")]))


@require_POST
@requires(VIEW_TRAIL)
def trail_export(request: SignedInRequest) -> HttpResponseBase:
    """Hand over the file of the records asked for, or say that it is on its way."""
    form = trail_form(request.user, request.POST)
    if not form.is_valid():
        return redirect(trail_url(trail_parameters(request.POST)))
    words = trail_words(request.session, request.POST)
    filters = form.filters(
        actors=people_meant(request.user, words.who),
        subjects=people_meant(request.user, words.whom),
    )
    job = actions.ask_for_export(
        report=TRAIL_KEY,
        format=asked_format(request.POST),
        filters=filters.as_json(),
        by=request.user,
        now=timezone.now(),
    )
    if job.state == ExportJob.State.DONE:
        return handed_over(job, request.user)
    messages.add_message(request, *told_of_waiting(job))
    return redirect("reports:export_list")
