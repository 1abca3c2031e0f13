"""What people still know weeks after a course."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, requires
from reports.retention.page import retention_page
from reports.units.reach import CAPABILITY
from reports.units.tree import get_unit_for


@require_GET
@requires(CAPABILITY)
def retention(request: SignedInRequest) -> HttpResponse:
    """Compare what is known after 30 and 90 days with the final grade, per course."""
    unit = get_unit_for(request.user, request.GET.get("unit", ""))
    page = retention_page(request.user, unit=unit)
    return render(request, "reports/retention.html", {"page": page})
