"""The people of a superior."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, requires
from reports.team.page import VIEW_TEAM, team_page


@require_GET
@requires(VIEW_TEAM)
def team(request: SignedInRequest) -> HttpResponse:
    """Show what one's own people are to do, have done, and what they have earned."""
    number = request.GET.get("halaman", "")
    page = team_page(request.user, number=number, now=timezone.now())
    return render(request, "reports/team.html", {"page": page})
