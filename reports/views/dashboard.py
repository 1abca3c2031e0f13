"""How far the people of a unit are."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, requires
from certificates.selectors import failed_count
from reports.dashboard.comparing import compare_page
from reports.dashboard.page import dashboard_page
from reports.dashboard.parts import ORDER
from reports.units.reach import CAPABILITY
from reports.units.tree import find_units, get_unit_for

PARTS_PER_PAGE = 50
LONGEST_UNIT_SEARCH = 80


@require_GET
@requires(CAPABILITY)
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Show the chosen unit's figures and those of its parts, the lowest share first."""
    unit = get_unit_for(request.user, request.GET.get("unit", ""))
    words = request.GET.get("cari", "").strip()[:LONGEST_UNIT_SEARCH]
    order = request.GET.get("urut", ORDER.default)
    page = dashboard_page(request.user, unit=unit, now=timezone.now())
    parts = Paginator(ORDER.in_order(page.parts, order), PARTS_PER_PAGE)
    context = {
        "page": page,
        "parts": parts.get_page(request.GET.get("halaman")),
        "heads": ORDER.heads(order),
        "words": words,
        "failed_certificates": failed_count(request.user),
        "found": find_units(request.user, words) if words else [],
    }
    return render(request, "reports/dashboard.html", context)


@require_GET
@requires(CAPABILITY)
def compare(request: SignedInRequest) -> HttpResponse:
    """Show the figures of two to six units side by side."""
    codes = request.GET.getlist("unit")
    page = compare_page(request.user, codes=codes, now=timezone.now())
    return render(request, "reports/compare.html", {"page": page})
