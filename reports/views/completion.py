"""Who has finished what: the report on the screen, and its search."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from reports.completion.page import (
    LONGEST_SEARCH,
    SEARCH_KEY,
    completion_page,
    kept_parameters,
    searched_words,
)
from reports.completion.report import COMPLETION_KEY
from reports.completion.why import why_page
from reports.filters.choices import filter_form
from reports.saved.page import views_beside
from reports.units.reach import CAPABILITY


@require_GET
@requires(CAPABILITY)
def completion(request: SignedInRequest) -> HttpResponse:
    """Show the rows that the filters keep, fifty at a time."""
    page = completion_page(
        request.user,
        form=filter_form(request.user, request.GET),
        words=searched_words(request.session, request.GET),
        number=request.GET.get("halaman", ""),
        now=timezone.now(),
    )
    views = views_beside(request.user, COMPLETION_KEY)
    return render(request, "reports/completion.html", {"page": page, "views": views})


@require_GET
@requires(CAPABILITY)
def why(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Show what is missing in each course of a person, and what happened."""
    now = timezone.now()
    page = why_page(request.user, person_key=person_key, now=now)
    note_view(page.person, page="why", by=request.user, now=now)
    return render(request, "reports/why.html", {"page": page})


@require_POST
@requires(CAPABILITY)
def completion_search(request: SignedInRequest) -> HttpResponse:
    """Keep the words in the session and show the report; no words end a search."""
    words = request.POST.get("kata", "").strip()[:LONGEST_SEARCH]
    if words:
        request.session[SEARCH_KEY] = words
    else:
        request.session.pop(SEARCH_KEY, None)
    query = kept_parameters(request.POST, is_search=bool(words))
    address = reverse("reports:completion")
    return redirect(f"{address}?{urlencode(query)}" if query else address)
