"""Days: outages of a unit, and which days are holidays."""

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from courses import actions
from courses.assigning import pages
from courses.assigning.fetching import get_unit_coded
from courses.assigning.forms import HolidayForm, OutageForm
from courses.assigning.people import ASSIGN, MANAGE_HOLIDAYS
from courses.assigning.workdays import holidays_between
from lib.refusals import ActionRefused


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def outage_list(request: SignedInRequest) -> HttpResponse:
    """Show outages and declare one: deadlines that fall into it move to later."""
    form = OutageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            outage = actions.declare_outage(
                unit=get_unit_coded(request.user, said["unit"]),
                first_day=said["first_day"],
                last_day=said["last_day"],
                reason=said["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            moved = pages.moved_by(outage)
            text = ngettext(
                "Gangguan dicatat. Tenggat %(count)d penugasan diperpanjang.",
                "Gangguan dicatat. Tenggat %(count)d penugasan diperpanjang.",
                moved,
            )
            messages.success(request, text % {"count": moved})
            return redirect("assigning:outage_list")
    rows = pages.outage_rows(request.user, page=request.GET.get("halaman"))
    return render(request, "courses/outage_list.html", {"form": form, "rows": rows})


@require_http_methods(["GET", "POST"])
@requires(MANAGE_HOLIDAYS)
def holiday_list(request: SignedInRequest) -> HttpResponse:
    """Show a year's holidays and change what the list says of a day."""
    now = timezone.now()
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        actions.change_holiday(
            day=said["day"],
            name=said["name"],
            is_holiday=bool(said["is_holiday"]),
            by=request.user,
            now=now,
        )
        messages.success(request, _("Hari libur disimpan."))
        return redirect(f"{request.path}?tahun={said['day'].year}")
    this_year = now.astimezone(ZoneInfo(request.user.time_zone)).year
    typed = request.GET.get("tahun", "")
    years = (this_year - 1, this_year, this_year + 1)
    year = next((one for one in years if str(one) == typed), this_year)
    context = {
        "form": form,
        "year": year,
        "years": years,
        "rows": holidays_between(date(year, 1, 1), date(year, 12, 31)).items(),
    }
    return render(request, "courses/holiday_list.html", context)
